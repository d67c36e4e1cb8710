// One cell of the matrix: the verdict in words, every page that it follows from, what trying has shown,
// and the same asked for somebody.
import { useTranslation } from "react-i18next";
import type { Connection, RulesMatrix } from "../../generated/types";
import { SidePanel } from "../../shared/panel/SidePanel";
import { AnswerMark } from "../../shared/rules/AnswerMark";
import { Because, Tried } from "../../shared/rules/Because";
import { useRuleWords } from "../../shared/rules/useRuleWords";
import { AskFor } from "./AskFor";
import { cellOf } from "./matrix";
import classes from "./Panels.module.css";
import { Part } from "./Part";

type Props = {
  connection: Connection;
  matrix: RulesMatrix;
  role: string;
  action: string;
  onClose: () => void;
};

export function RulePanel({ connection, matrix, role: id, action, onClose }: Props) {
  const { t } = useTranslation();
  const words = useRuleWords();
  const role = matrix.roles.find((own) => own.id === id);
  const row = matrix.groups.flatMap(({ actions }) => actions).find((own) => own.action === action);
  const cell = row && cellOf(row, id);
  const evidence = matrix.evidence.filter((own) => own.action === action);
  if (!role || !cell) return null;
  const open = cell.answer === "undocumented" || cell.answer === "contested";
  return (
    <SidePanel
      label={t("rules.panel")}
      title={words.act(action)}
      sub={
        <p className={classes.sub}>
          <span>{role.name}</span>
          <code className="selectable">{action}</code>
        </p>
      }
      onClose={onClose}
    >
      <div className={classes.body}>
        <div className={classes.verdict} aria-live="polite">
          <AnswerMark answer={cell.answer} word={words.answer(cell.answer)} big />
          <p>{words.sentence(role.name, cell)}</p>
          {cell.limit !== null && <p className={classes.quiet}>{words.limit(cell.limit)}</p>}
          {open && <p className={classes.quiet}>{t("rules.server_decides")}</p>}
        </div>
        {cell.rows.length > 0 && (
          <Part title={t("rules.because")}>
            <Because cell={cell} />
          </Part>
        )}
        {evidence.length > 0 && (
          <Part title={t("rules.tried.title")}>
            <Tried evidence={evidence} />
          </Part>
        )}
        <Part title={t("rules.ask.title")}>
          <AskFor key={`${id} ${action}`} connection={connection} matrix={matrix} role={id} action={action} />
        </Part>
      </div>
    </SidePanel>
  );
}
