// Which kinds of entries are shown: those that there are, with how many.
import { Button, Checkbox, Popover } from "@mantine/core";
import { IconChevronDown, IconFilter } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { ActivityCount } from "../../generated/types";
import { useFormat } from "../../shared/format/useFormat";
import classes from "./KindFilter.module.css";
import { useEntryWords } from "./words";

type Props = {
  counts: readonly ActivityCount[];
  chosen: readonly string[];
  onChoose: (kinds: string[]) => void;
};

export function KindFilter({ counts, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useEntryWords();
  const toggle = (kind: string) =>
    onChoose(chosen.includes(kind) ? chosen.filter((own) => own !== kind) : [...chosen, kind]);
  const only = chosen.length === 1 && chosen[0] !== undefined ? words.kind(chosen[0]) : null;
  // What was chosen stays there to be taken back, even if there is none of it.
  const gone = chosen.filter((kind) => counts.every((own) => own.kind !== kind));
  const all = [...counts, ...gone.map((kind) => ({ kind, count: 0 }))].sort((a, b) =>
    words.kind(a.kind).localeCompare(words.kind(b.kind), format.language),
  );
  return (
    <Popover position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant={chosen.length > 0 ? "light" : "default"}
          leftSection={<IconFilter size={16} stroke={1.7} />}
          rightSection={<IconChevronDown size={14} />}
          className={classes.button}
        >
          {only ??
            (chosen.length === 0
              ? t("activity.all_kinds")
              : t("activity.some_kinds", { count: chosen.length, n: format.number(chosen.length) }))}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.menu} aria-label={t("activity.kinds_label")}>
        <div className={classes.kinds}>
          {all.map(({ kind, count }) => (
            <Checkbox
              key={kind}
              size="sm"
              checked={chosen.includes(kind)}
              onChange={() => toggle(kind)}
              classNames={{ body: classes.kind, labelWrapper: classes.label }}
              label={
                <>
                  <span>{words.kind(kind)}</span>{" "}
                  <span className={classes.count}>{format.number(count)}</span>
                </>
              }
            />
          ))}
        </div>
        <Button variant="subtle" size="xs" disabled={chosen.length === 0} onClick={() => onChoose([])}>
          {t("activity.all_kinds")}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
