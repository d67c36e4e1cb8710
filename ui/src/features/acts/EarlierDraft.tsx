// A draft of the same act that was left before: offered, so that it is not typed twice.
import { Button } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call } from "../../host";
import { useFormat, useNow } from "../../shared/format/useFormat";
import classes from "./Acts.module.css";
import { openActForm } from "./dialogs";
import { type Asked, askedOf, isEmpty } from "./intents";

/** What makes two forms the same one: the act, the part of it, and to whom it is done. */
const about = ({ act, part, targets }: Asked) => JSON.stringify([act, part, targets.map(({ id }) => id)]);

/** A minute, in seconds: before it is over a draft is from just now. */
const MINUTE = 60;

export function EarlierDraft({ asked }: { asked: Asked }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(60);
  const { connection } = asked;
  // Those that are there when the form opens: its own comes later.
  const { data } = useQuery({
    queryKey: ["acts", connection, "earlier", asked] as const,
    queryFn: () => call("drafts_list", { connection }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  if (asked.draft !== null || !isEmpty(asked.values)) return null;
  const fits = data?.flatMap((draft) => {
    const own = askedOf(connection, draft);
    return own && about(own) === about(asked) ? [{ draft, own }] : [];
  })[0];
  if (!fits) return null;
  const { changed_at } = fits.draft;
  return (
    <div className={classes.offer}>
      <span className={classes.words}>
        {now - changed_at < MINUTE
          ? t("acts.draft.earlier_now")
          : t("acts.draft.earlier", { ago: format.ago(changed_at, now) })}
      </span>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconPencil size={15} />}
        onClick={() => openActForm({ ...fits.own, known: asked.known })}
      >
        {t("acts.draft.continue")}
      </Button>
    </div>
  );
}
