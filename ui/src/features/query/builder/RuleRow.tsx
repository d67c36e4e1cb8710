// A condition of the builder on its line; or a part that is kept as it is.
import { Button, NativeSelect } from "@mantine/core";
import { IconPackage } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { type RuleProps, useRule } from "react-querybuilder";
import { useFormat } from "../../../shared/format/useFormat";
import classes from "./Builder.module.css";
import {
  fieldsOf,
  freshValue,
  isComplete,
  isIdentifier,
  isOpaque,
  type Opaque,
  operatorsOf,
  type Part,
  type Rule,
  type RuleField,
  type RuleOperator,
  withOperator,
} from "./builder";
import { useBuilding } from "./context";
import { DragGrip, NotToggle, PartActions } from "./PartActions";
import { usePart } from "./usePart";
import { ValueEditor } from "./values/ValueEditor";

export function RuleRow(props: RuleProps) {
  const row = useRule(props);
  const { t } = useTranslation();
  const part = usePart(props);
  const rule = row.rule as unknown as Rule | Opaque;
  const words = useFieldWords();
  const hidden = isOpaque(rule as Part);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset draws a frame of its own
    <div
      ref={row.dndRef}
      className={classes.row}
      role="group"
      aria-label={hidden ? t("query.builder.part") : words(rule.field as RuleField)}
      data-part={rule.id}
      data-off={row.muted || undefined}
      data-dragging={row.isDragging || undefined}
      data-over={row.isOver || undefined}
    >
      <DragGrip dragRef={row.dragRef ?? null} />
      <NotToggle not={Boolean(rule.not)} onToggle={part.toggleNot} />
      {isOpaque(rule as Part) ? (
        <Kept piece={rule as Opaque} />
      ) : (
        <Condition rule={rule as Rule} onChange={(next) => part.change(() => next)} />
      )}
      {rule.muted && <span className={classes.offWord}>{t("query.runs.off")}</span>}
      <PartActions
        id={rule.id}
        off={Boolean(rule.muted)}
        onOff={part.toggleOff}
        onMove={part.move}
        upDisabled={row.shiftUpDisabled}
        downDisabled={row.shiftDownDisabled}
        onRemove={part.remove}
      />
    </div>
  );
}

function useFieldWords() {
  const { t } = useTranslation();
  return (field: RuleField): string =>
    isIdentifier(field) ? t(`identifiers.${field}`) : t(`query.fields.${field}`);
}

function Condition({ rule, onChange }: { rule: Rule; onChange: (next: Rule) => void }) {
  const { t } = useTranslation();
  const { connection } = useBuilding();
  const words = useFieldWords();
  const choose = (field: RuleField) => {
    const [operator = "is"] = operatorsOf(field);
    const kept = operatorsOf(field).includes(rule.operator) ? rule.operator : operator;
    onChange({ ...rule, field, operator: kept, value: freshValue(field, kept) });
  };
  return (
    <>
      <NativeSelect
        size="xs"
        className={classes.field}
        aria-label={t("query.builder.field")}
        data-act="field"
        value={rule.field}
        onChange={(event) => choose(event.currentTarget.value as RuleField)}
        data={fieldsOf(connection.identifiers).map((field) => ({ value: field, label: words(field) }))}
      />
      <NativeSelect
        size="xs"
        className={classes.operator}
        aria-label={t("query.builder.operator")}
        value={rule.operator}
        onChange={(event) => onChange(withOperator(rule, event.currentTarget.value as RuleOperator))}
        data={operatorsOf(rule.field).map((operator) => ({
          value: operator,
          label:
            rule.field === "name" && operator === "contains"
              ? t("query.operators.holds")
              : t(`query.operators.${operator}`),
        }))}
      />
      <div className={classes.value}>
        <ValueEditor
          key={`${rule.field} ${typeof freshValue(rule.field, rule.operator)}`}
          rule={rule}
          onChange={(value) => onChange({ ...rule, value })}
        />
        {!isComplete(rule) && <span className={classes.incomplete}>{t("query.builder.incomplete")}</span>}
      </div>
    </>
  );
}

/** What the builder cannot show stays whole: it can be negated, turned off, moved, removed. */
function Kept({ piece }: { piece: Opaque }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { onText } = useBuilding();
  return (
    <div className={classes.kept}>
      <IconPackage size={16} stroke={1.7} aria-hidden />
      <span>{t("query.builder.kept", { count: piece.conditions, n: format.number(piece.conditions) })}</span>
      <Button size="compact-xs" variant="default" onClick={onText}>
        {t("query.builder.as_text")}
      </Button>
    </div>
  );
}
