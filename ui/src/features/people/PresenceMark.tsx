// A name with the word that the vendor no longer returns it.
import { useTranslation } from "react-i18next";
import type { Presence } from "../../generated/types";
import classes from "./PresenceMark.module.css";

export function PresenceMark({ name, presence }: { name: string; presence: Exclude<Presence, "present"> }) {
  const { t } = useTranslation();
  return (
    <span className={classes.line}>
      {name && <span className={classes.name}>{name}</span>}
      <span className={classes.mark} data-presence={presence}>
        {t(`presence.${presence}`)}
      </span>
    </span>
  );
}
