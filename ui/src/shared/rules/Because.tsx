// The pages that an answer follows from, each with where it stands and what trying it has shown.
import { IconBook2, IconFlask, IconNotes } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Evidence, RuleCell, RuleRow } from "../../generated/types";
import classes from "./Because.module.css";
import { useRuleWords } from "./useRuleWords";

export function Because({ cell }: { cell: RuleCell }) {
  if (cell.rows.length === 0) return null;
  return (
    <ul className={classes.rows}>
      {cell.rows.map((row) => (
        <Row
          key={`${row.role} ${row.action} ${row.scope} ${row.verdict} ${row.source.id}`}
          row={row}
          role={cell.role}
        />
      ))}
    </ul>
  );
}

function Row({ row, role }: { row: RuleRow; role: string }) {
  const { t } = useTranslation();
  const words = useRuleWords();
  const Icon = row.source.kind === "vendor" ? IconBook2 : IconNotes;
  return (
    <li className={classes.row}>
      <Icon size={16} stroke={1.7} aria-hidden />
      <div>
        <p>{words.row(row)}</p>
        {row.role !== role && (
          <p className={classes.more}>{t("rules.same_as", { role: words.role(row.role) })}</p>
        )}
        {row.only_role && (
          <p className={classes.more}>{t("rules.only_role", { role: words.role(row.only_role) })}</p>
        )}
        {row.limit !== null && <p className={classes.more}>{words.limit(row.limit)}</p>}
        {row.note && (
          <p className={classes.more} lang="en">
            {row.note}
          </p>
        )}
        <p className={classes.source}>
          <span>{words.source(row.source)}</span>
          <code className="selectable">{row.action}</code>
        </p>
      </div>
    </li>
  );
}

/** What the vendor answered when somebody tried. */
export function Tried({ evidence }: { evidence: readonly Evidence[] }) {
  const words = useRuleWords();
  if (evidence.length === 0) return null;
  return (
    <ul className={classes.rows}>
      {evidence.map((own) => (
        <li key={`${own.role} ${own.allowed} ${own.status}`} className={classes.row} data-tried>
          <IconFlask size={16} stroke={1.7} aria-hidden />
          <div>
            <p>{words.tried(own)}</p>
            {own.role && <p className={classes.more}>{words.role(own.role)}</p>}
          </div>
        </li>
      ))}
    </ul>
  );
}
