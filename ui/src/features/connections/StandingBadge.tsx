// A connection's standing, as a coloured word.
import { useTranslation } from "react-i18next";
import type { Connection } from "../../generated/types";
import classes from "./StandingBadge.module.css";
import { standingOf } from "./standing";

export function StandingBadge({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  const standing = standingOf(connection);
  return (
    <span className={classes.badges}>
      {connection.practice && <span className={classes.practice}>{t("connections.practice")}</span>}
      <span className={classes.standing} data-standing={standing}>
        <span className={classes.mark} aria-hidden />
        {t(`connections.standing.${standing}`)}
      </span>
    </span>
  );
}
