// A sheet with the hash of the last entry: printed at once, never seen in the window.
import { useEffect, useRef } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import type { ActivityHead, Connection } from "../../generated/types";
import { useFormat } from "../../shared/format/useFormat";
import classes from "./PrintedHead.module.css";
import { grouped } from "./view";

type Props = { connection: Connection; head: ActivityHead; onPrinted: () => void };

export function PrintedHead({ connection, head, onPrinted }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const printed = useRef(onPrinted);
  printed.current = onPrinted;
  useEffect(() => {
    document.documentElement.dataset.printing = "sheet";
    const end = () => printed.current();
    // Where printing does not wait for the person, the sheet stays until it was printed.
    window.addEventListener("afterprint", end, { once: true });
    window.print();
    return () => {
      window.removeEventListener("afterprint", end);
      delete document.documentElement.dataset.printing;
    };
  }, []);
  const lines: [string, string][] = [
    [t("activity.sheet.connection"), `${connection.name} · ${t(`platforms.${connection.platform}`)}`],
    [t("activity.sheet.id"), connection.id],
    [t("activity.sheet.entries"), format.number(head.entries)],
    [t("activity.sheet.last"), head.at === null ? "" : format.momentExact(head.at / 1000)],
    [t("activity.sheet.printed"), format.momentExact(Date.now() / 1000)],
  ];
  return createPortal(
    <section className={classes.sheet} data-testid="sheet">
      <h1>{t("activity.sheet.title")}</h1>
      <dl>
        {lines.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
      </dl>
      <p className={classes.hash}>{grouped(head.hash)}</p>
      <p>{t("activity.sheet.use", { no: format.number(head.entries) })}</p>
      <p className={classes.command}>
        musterctl activity verify {connection.id} --head {head.hash}
      </p>
      <p className={classes.sign}>{t("activity.sheet.signature")}</p>
    </section>,
    document.body,
  );
}
