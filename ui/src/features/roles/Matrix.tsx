// The matrix: roles as columns, actions as rows in groups, an answer in each cell.
import { ActionIcon } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy, IconFlask, IconInfoCircle } from "@tabler/icons-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { RuleCell, RuleRole, RulesMatrix } from "../../generated/types";
import { useFormat } from "../../shared/format/useFormat";
import { Hint } from "../../shared/keys/Hint";
import { AnswerMark } from "../../shared/rules/AnswerMark";
import type { Spot } from "../../shared/rules/rules";
import { useRuleWords } from "../../shared/rules/useRuleWords";
import classes from "./Matrix.module.css";
import { cellOf, type Shown } from "./matrix";
import { type At, HEAD, useMatrixKeys } from "./useMatrixKeys";
import { usePeopleWords } from "./usePeopleWords";

type Props = {
  matrix: RulesMatrix;
  shown: Shown;
  spot: Spot | null;
  onSpot: (spot: Spot | null) => void;
  onPeople: (role: string) => void;
};

export function Matrix({ matrix, shown, spot, onSpot, onPeople }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useRuleWords();
  const actions = shown.groups.flatMap((group) => group.actions);
  const spotAt = ({ row, column }: At): Spot | null => {
    const role = shown.roles[column]?.role.id;
    const action = row === HEAD ? null : actions[row]?.action;
    return role === undefined || action === undefined ? null : { role, action };
  };
  const keys = useMatrixKeys({
    rows: actions.length,
    columns: shown.roles.length,
    onMove: (at) => spot && onSpot(spotAt(at)),
    onOpen: (at) => onSpot(spotAt(at)),
    onClose: () => onSpot(null),
  });
  const { setAt } = keys;
  const chosen = spot && {
    row: spot.action === null ? HEAD : actions.findIndex(({ action }) => action === spot.action),
    column: shown.roles.findIndex(({ role }) => role.id === spot.role),
  };
  const [row, column] = [chosen?.row, chosen?.column];
  // Who comes from elsewhere goes on from the cell that is shown.
  useEffect(() => {
    if (row === undefined || column === undefined || column < 0) return;
    setAt({ row, column });
    document
      .querySelector(`[data-row="${row}"][data-column="${column}"]`)
      ?.scrollIntoView?.({ block: "nearest" });
  }, [row, column, setAt]);

  const props = (at: At) => ({
    "data-row": at.row,
    "data-column": at.column,
    tabIndex: keys.at.row === at.row && keys.at.column === at.column ? 0 : -1,
    "data-chosen": (row === at.row && column === at.column) || undefined,
    onFocus: () => keys.setAt(at),
    onClick: () => onSpot(spotAt(at)),
  });
  let next = 0;
  return (
    <div className={classes.scroll}>
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells take the focus is a grid
        role="grid"
        ref={keys.table}
        className={classes.matrix}
        aria-label={t("rules.matrix")}
        aria-rowcount={actions.length + 1}
        aria-colcount={shown.roles.length + 1}
        onKeyDown={keys.onKeyDown}
      >
        <thead>
          <tr>
            <th scope="col" className={classes.corner} aria-label={t("rules.action")}>
              <p className={classes.dated}>
                {t("rules.dated", { date: format.date(Date.parse(matrix.dated) / 1000) })}
              </p>
            </th>
            {shown.roles.map(({ role }, at) => (
              <th
                key={role.id}
                scope="col"
                className={classes.head}
                data-own={matrix.actor.role === role.id || undefined}
                {...props({ row: HEAD, column: at })}
              >
                <RoleHead
                  role={role}
                  unknown={matrix.people_unknown ?? 0}
                  isOwn={matrix.actor.role === role.id}
                  onPeople={() => onPeople(role.id)}
                />
              </th>
            ))}
          </tr>
        </thead>
        {shown.groups.map((group) => (
          <tbody key={group.prefix}>
            <tr className={classes.group}>
              <th scope="rowgroup" colSpan={shown.roles.length + 1}>
                <span>{words.group(group.prefix)}</span>
              </th>
            </tr>
            {group.actions.map((own) => {
              const at = next++;
              return (
                <tr key={own.action} className={classes.row}>
                  <th scope="row" className={classes.action} title={own.action}>
                    <span>{words.verb(own.action)}</span>
                    <code>{own.action}</code>
                  </th>
                  {shown.roles.map(({ role }, index) => {
                    const cell = cellOf(own, role.id);
                    return (
                      <td
                        key={role.id}
                        className={classes.cell}
                        data-own={matrix.actor.role === role.id || undefined}
                        {...props({ row: at, column: index })}
                      >
                        {cell && <Cell cell={cell} tried={isTried(matrix, own.action, role.id)} />}
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        ))}
      </table>
    </div>
  );
}

const isTried = (matrix: RulesMatrix, action: string, role: string) =>
  matrix.evidence.some((own) => own.action === action && (own.role === null || own.role === role));

type HeadProps = {
  role: RuleRole;
  /** People whose role is not known. */
  unknown: number;
  isOwn: boolean;
  onPeople: () => void;
};

function RoleHead({ role, unknown, isOwn, onPeople }: HeadProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.role}>
      <span className={classes.name}>{role.name}</span>
      <span className={classes.value}>
        <code>{breakable(role.id)}</code>
        <CopyValue value={role.id} />
      </span>
      <span className={classes.facts}>
        <People people={role.people} unknown={unknown} onPeople={onPeople} />
        {isOwn && <span className={classes.own}>{t("rules.this_key")}</span>}
      </span>
    </div>
  );
}

type PeopleProps = { people: number | null; unknown: number; onPeople: () => void };

/** How many people have a role: of whom it is not known is not counted as having another one. */
function People({ people, unknown, onPeople }: PeopleProps) {
  const words = usePeopleWords();
  const text = words(people, unknown);
  if (text === null) return null;
  if (people === 0) return <span className={unknown > 0 ? "unknown" : "none"}>{text}</span>;
  return (
    <button
      type="button"
      tabIndex={-1}
      className={classes.people}
      onClick={(event) => {
        event.stopPropagation();
        onPeople();
      }}
    >
      {text}
    </button>
  );
}

/** An API value that may break between its words: only to look at, the buttons copy the value itself. */
const breakable = (value: string) => value.replaceAll("_", "_\u200b");

/** For whoever points; by keyboard the same is in the panel of the role. */
function CopyValue({ value }: { value: string }) {
  const { t } = useTranslation();
  const clipboard = useClipboard({ timeout: 1500 });
  const label = clipboard.copied ? t("copied") : t("copy_value", { name: value });
  return (
    <Hint label={label}>
      <ActionIcon
        size={20}
        tabIndex={-1}
        className={classes.copy}
        aria-label={label}
        onClick={(event) => {
          event.stopPropagation();
          clipboard.copy(value);
        }}
      >
        {clipboard.copied ? <IconCheck size={13} /> : <IconCopy size={13} />}
      </ActionIcon>
    </Hint>
  );
}

function Cell({ cell, tried }: { cell: RuleCell; tried: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useRuleWords();
  const notes = cell.rows.flatMap(({ note, only_role }) => [
    ...(note === null ? [] : [note]),
    ...(only_role === null ? [] : [t("rules.only_role", { role: words.role(only_role) })]),
  ]);
  return (
    <span className={classes.said}>
      {cell.answer === "yes_within" && <span className="sr-only">{t("rules.answers.yes_within")}: </span>}
      <AnswerMark answer={cell.answer} word={words.cell(cell)} />
      {cell.limit !== null && (
        <Hint label={words.limit(cell.limit)}>
          <span className={classes.limit}>
            <span aria-hidden>{`≤ ${format.number(cell.limit)}`}</span>
            <span className="sr-only">{words.limit(cell.limit)}</span>
          </span>
        </Hint>
      )}
      {notes.length > 0 && (
        <Hint label={notes.join(" · ")}>
          <span className={classes.note}>
            <IconInfoCircle size={15} stroke={1.8} aria-hidden />
            <span className="sr-only">{notes.join(". ")}</span>
          </span>
        </Hint>
      )}
      {tried && (
        <Hint label={t("rules.was_tried")}>
          <span className={classes.note} data-tried>
            <IconFlask size={15} stroke={1.8} aria-hidden />
            <span className="sr-only">{t("rules.was_tried")}</span>
          </span>
        </Hint>
      )}
    </span>
  );
}
