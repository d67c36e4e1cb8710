// The platform has no request for it: the vendor is asked by hand, by a message that is ready to be sent.
import { Button, SegmentedControl } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy, IconMail } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Connection } from "../../generated/types";
import { call } from "../../host";
import { useAct } from "../../shared/errors/notify";
import { useFormat } from "../../shared/format/useFormat";
import panel from "../../shared/plans/StepPanel.module.css";
import type { StepRow } from "../../shared/plans/steps";
import { keys } from "../../shared/reads/keys";
import classes from "./PlanDetail.module.css";
import { REQUEST_LANGUAGES, type RequestLanguage, requestMail } from "./requestMail";

/** A message that one reads; longer plans are asked for in parts. */
const MOST = 200;

type Props = { connection: Connection; plan: string; row: StepRow };

export function VendorRequest({ connection, plan, row }: Props) {
  const { t, i18n } = useTranslation();
  const act = useAct();
  const format = useFormat();
  const clipboard = useClipboard({ timeout: 1500 });
  const spoken = REQUEST_LANGUAGES.find((own) => own === i18n.language) ?? "en";
  const [language, setLanguage] = useState<RequestLanguage>(spoken);
  const { step, asked_at, proved_at } = row;
  const question = {
    connection: connection.id,
    plan,
    states: ["rejected" as const, "waiting" as const],
    mark: null,
    offset: 0,
    limit: MOST,
  };
  const rows = useQuery({
    queryKey: keys.steps(question),
    queryFn: () => call("plan_steps", question),
    enabled: proved_at === null,
  });
  const alike = (rows.data?.rows ?? []).filter((own) => own.step.kind === step.kind);
  const mail = requestMail(language, connection, alike.length > 0 ? alike.map((own) => own.step) : [step]);
  const asked = () => act(() => call("plan_requested", { connection: connection.id, plan }));
  if (asked_at !== null && proved_at !== null) {
    return (
      <section className={panel.section} aria-label={t("plans.request.title")}>
        <h4>{t("plans.request.title")}</h4>
        <p>{t("plans.request.proved", { asked: format.date(asked_at), proved: format.moment(proved_at) })}</p>
      </section>
    );
  }
  return (
    <section className={panel.section} aria-label={t("plans.request.title")}>
      <h4>{t("plans.request.title")}</h4>
      <p>
        {asked_at === null
          ? t("plans.request.text")
          : t("plans.request.waits", { asked: format.date(asked_at) })}
      </p>
      <SegmentedControl
        size="xs"
        aria-label={t("plans.request.language")}
        value={language}
        onChange={(value) => setLanguage(value as RequestLanguage)}
        data={REQUEST_LANGUAGES.map((own) => ({
          value: own,
          label: t(`acts.languages.${own}`, { defaultValue: own }),
        }))}
      />
      <pre className={`${classes.mail} selectable`} lang={language}>
        {`${mail.subject}\n\n${mail.body}`}
      </pre>
      <div className={classes.buttons}>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconCopy size={15} />}
          onClick={() => clipboard.copy(`${mail.subject}\n\n${mail.body}`)}
        >
          {clipboard.copied ? t("copied") : t("plans.request.copy")}
        </Button>
        <Button
          size="xs"
          variant="default"
          component="a"
          href={mail.link}
          leftSection={<IconMail size={15} />}
        >
          {t("plans.request.mail")}
        </Button>
        {asked_at === null && (
          <Button size="xs" leftSection={<IconCheck size={15} />} onClick={asked}>
            {t("plans.request.asked")}
          </Button>
        )}
      </div>
    </section>
  );
}
