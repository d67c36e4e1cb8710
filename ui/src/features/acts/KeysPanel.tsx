// The API keys of a person, as the vendor says now: to name, enable and disable, each as a plan.
import { Badge, Button, Skeleton } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ActTarget, ApiKeyRow, PlanMade } from "../../generated/types";
import { call, toApiError } from "../../host";
import { useActWords } from "../../shared/acts/useActWords";
import { ErrorBanner } from "../../shared/errors/ErrorBanner";
import { useAct } from "../../shared/errors/notify";
import { showNotice } from "../../shared/states/notice";
import classes from "./Acts.module.css";
import { openActForm } from "./dialogs";
import { intentsOf } from "./intents";

const UPDATE = "api_key.update";

type Props = { connection: string; person: ActTarget; onPlan: (made: PlanMade) => void };

export function KeysPanel({ connection, person, onPlan }: Props) {
  const { t } = useTranslation();
  const words = useActWords();
  const act = useAct();
  const [busy, setBusy] = useState<number | null>(null);
  const keys = useQuery({
    queryKey: ["acts", connection, "keys", person.id] as const,
    queryFn: () => call("api_keys", { connection, person: Number(person.id) }),
    gcTime: 0,
  });
  const targetOf = ({ id, name }: ApiKeyRow): ActTarget => ({
    thing: "api_key",
    id: String(id),
    name: name ?? t("acts.keys.unnamed", { id }),
  });
  const enable = async (key: ApiKeyRow, isEnabled: boolean) => {
    setBusy(key.id);
    await act(async () => {
      const target = targetOf(key);
      const title = `${isEnabled ? t("acts.keys.enable") : t("acts.keys.disable")}: ${target.name}`;
      const intents = intentsOf(UPDATE, [target], { isEnabled });
      const made = await call("plan_make", { connection, title, intents, secrets: [], partly: false });
      if (made.plan) return onPlan(made);
      const why = made.problems.flatMap(({ violations }) => violations).map(words.violation);
      showNotice({
        tone: "warn",
        title: t("acts.no_plan"),
        message: why.join("; ") || t("acts.nothing_to_do"),
      });
    });
    setBusy(null);
  };
  return (
    <div className={classes.form}>
      <p className={classes.quiet}>{t("acts.keys.text")}</p>
      {keys.isPending && <Skeleton height={96} radius="md" role="status" aria-label={t("loading")} />}
      {keys.isError && <ErrorBanner error={toApiError(keys.error)} remedies={{ try_again: keys.refetch }} />}
      {keys.data?.length === 0 && <p>{t("acts.keys.none")}</p>}
      {keys.data && keys.data.length > 0 && (
        <ul className={classes.list}>
          {keys.data.map((key) => {
            const { name } = targetOf(key);
            return (
              <li key={key.id}>
                <span className={classes.item}>
                  <strong dir="auto">{name}</strong>
                  <span className={`${classes.quiet} num`}>{key.id}</span>
                </span>
                <EnabledBadge enabled={key.enabled} />
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() =>
                    openActForm({
                      connection,
                      act: UPDATE,
                      targets: [targetOf(key)],
                      known: {
                        name: key.name === null ? { known: "unknown" } : { known: "yes", value: key.name },
                        isEnabled:
                          key.enabled === null ? { known: "unknown" } : { known: "yes", value: key.enabled },
                      },
                    })
                  }
                  aria-label={`${t("acts.keys.change")}: ${name}`}
                >
                  {t("acts.keys.change")}
                </Button>
                {[true, false]
                  .filter((wanted) => wanted !== key.enabled)
                  .map((wanted) => (
                    <Button
                      key={String(wanted)}
                      size="compact-sm"
                      variant="default"
                      loading={busy === key.id}
                      disabled={busy !== null}
                      onClick={() => enable(key, wanted)}
                      aria-label={`${wanted ? t("acts.keys.enable") : t("acts.keys.disable")}: ${name}`}
                    >
                      {wanted ? t("acts.keys.enable") : t("acts.keys.disable")}
                    </Button>
                  ))}
              </li>
            );
          })}
        </ul>
      )}
      <div>
        <Button
          leftSection={<IconKey size={16} />}
          onClick={() => openActForm({ connection, act: "api_key.create", targets: [person] })}
        >
          {words.act("api_key.create")}
        </Button>
      </div>
    </div>
  );
}

/** Whether a key can be used; not known is no "no". */
export function EnabledBadge({ enabled }: { enabled: boolean | null }) {
  const { t } = useTranslation();
  if (enabled === null) return <span className="unknown">{t("value.unknown")}</span>;
  return (
    <Badge variant="light" color={enabled ? "muster" : "gray"}>
      {enabled ? t("acts.keys.enabled") : t("acts.keys.disabled")}
    </Badge>
  );
}
