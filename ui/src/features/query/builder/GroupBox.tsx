// A group of the builder: how its parts are joined, its parts, what can be added.
import { Button, NativeSelect } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { RuleGroupBodyComponents, type RuleGroupProps, useRuleGroup } from "react-querybuilder";
import classes from "./Builder.module.css";
import { type Combinator, freshGroup, freshRule, type Group, isGroup, MOST_LEVELS } from "./builder";
import { useBuilding } from "./context";
import { DragGrip, NotToggle, PartActions } from "./PartActions";
import { usePart } from "./usePart";

export function GroupBox(props: RuleGroupProps) {
  const box = useRuleGroup(props);
  const { t } = useTranslation();
  const { focusLater } = useBuilding();
  const part = usePart(props);
  const group = box.ruleGroup as unknown as Group;
  const isRoot = box.path.length === 0;
  const shownOff = Boolean(box.muted);

  const add = (made: Group["rules"][number]) => {
    const first = isGroup(made) ? made.rules[0] : made;
    focusLater(first?.id ?? made.id, "field");
    part.change((now) => (isGroup(now) ? { ...now, rules: [...now.rules, made] } : now));
  };
  const join = (combinator: Combinator) =>
    part.change((now) => (isGroup(now) ? { ...now, combinator } : now));

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset draws a frame of its own
    <div
      ref={box.previewRef}
      className={classes.group}
      role="group"
      aria-label={t(`query.builder.group_${group.combinator}`)}
      data-part={group.id}
      data-odd={box.path.length % 2 === 1 || undefined}
      data-join={group.combinator}
      data-off={shownOff || undefined}
      data-dragging={box.isDragging || undefined}
      data-over={box.isOver || undefined}
    >
      <div ref={box.dropRef} className={classes.head}>
        {!isRoot && <DragGrip dragRef={box.dragRef ?? null} />}
        <NotToggle not={Boolean(group.not)} onToggle={part.toggleNot} />
        <NativeSelect
          size="xs"
          className={classes.join}
          aria-label={t("query.builder.join")}
          data-act="join"
          value={group.combinator}
          onChange={(event) => join(event.currentTarget.value as Combinator)}
          data={[
            { value: "and", label: t("query.builder.and") },
            { value: "or", label: t("query.builder.or") },
          ]}
        />
        {group.muted && <span className={classes.offWord}>{t("query.runs.off")}</span>}
        <PartActions
          id={group.id}
          off={Boolean(group.muted)}
          onOff={part.toggleOff}
          {...(!isRoot && {
            onMove: part.move,
            upDisabled: box.shiftUpDisabled,
            downDisabled: box.shiftDownDisabled,
            onRemove: part.remove,
          })}
        />
      </div>
      <div className={classes.body}>
        {group.rules.length === 0 && <p className={classes.empty}>{t("query.builder.empty")}</p>}
        <RuleGroupBodyComponents {...box} />
        <div className={classes.adds}>
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconPlus size={13} />}
            data-act="add"
            onClick={() => add(freshRule())}
          >
            {t("query.builder.add")}
          </Button>
          {box.path.length < MOST_LEVELS - 1 && (
            <Button
              size="compact-xs"
              variant="subtle"
              leftSection={<IconPlus size={13} />}
              onClick={() => add(freshGroup(group.combinator))}
            >
              {t("query.builder.add_group")}
            </Button>
          )}
        </div>
      </div>
    </div>
  );
}
