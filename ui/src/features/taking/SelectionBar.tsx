// What is selected, the step from these to all that match, and what can be done with them.
import { ActionIcon, Button, Menu } from "@mantine/core";
import { IconCopy, IconFileExport, IconPencil, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { CopyFormat } from "../../generated/types";
import { useFormat } from "../../shared/format/useFormat";
import { EVERYBODY, type Selection, selectedOf } from "../../shared/grid/selection";
import { Hint } from "../../shared/keys/Hint";
import { useLeavingFocus } from "../../shared/keys/useLeavingFocus";
import type { Part } from "../acts/intents";
import classes from "./SelectionBar.module.css";

/** A name is one person's own: all would have the same. */
const BULK_PARTS = ["preferences", "subscription"] as const satisfies readonly Part[];

export const COPY_FORMATS: readonly CopyFormat[] = ["csv", "json", "markdown"];

type Props = {
  selection: Selection;
  total: number;
  onSelection: (selection: Selection) => void;
  onClear: () => void;
  onCopy: (format: CopyFormat) => void;
  onExport: () => void;
  /** Opens one form for all of them. */
  onChange: (part: Part) => void;
  /** Takes the focus to the rows: what had it here is not needed any more. */
  toRows: () => void;
};

export function SelectionBar(props: Props) {
  const { selection, total, onSelection, onClear, onCopy, onExport, onChange, toRows } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const leaving = useLeavingFocus(toRows);
  const count = selectedOf(selection, total);
  if (count === 0) return null;
  const all = count >= total;
  return (
    <section className={classes.bar} aria-label={t("selection.label")} ref={leaving}>
      <span className={classes.count} data-testid="selected">
        {all && total > 1
          ? t("selection.all", { count, n: format.number(count) })
          : t("selection.count", { count, n: format.number(count) })}
      </span>
      {!all && (
        <Button
          ref={leaving}
          size="compact-sm"
          variant="subtle"
          className={classes.step}
          onClick={() => onSelection(EVERYBODY)}
        >
          {t("selection.select_all", { count: total, n: format.number(total) })}
        </Button>
      )}
      <div className={classes.acts}>
        <Menu position="top-end">
          <Menu.Target>
            <Button size="compact-sm" variant="default" leftSection={<IconPencil size={15} stroke={1.7} />}>
              {t("acts.change.title")}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {BULK_PARTS.map((part) => (
              <Menu.Item key={part} onClick={() => onChange(part)}>
                {t(`acts.change.${part}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        <Menu position="top-end">
          <Menu.Target>
            <Button size="compact-sm" variant="default" leftSection={<IconCopy size={15} stroke={1.7} />}>
              {t("taking.copy")}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {COPY_FORMATS.map((own) => (
              <Menu.Item key={own} onClick={() => onCopy(own)}>
                {t(`taking.copy_as.${own}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconFileExport size={15} stroke={1.7} />}
          onClick={onExport}
        >
          {t("taking.export")}
        </Button>
        <Hint label={t("selection.clear")} position="top">
          <ActionIcon size="md" aria-label={t("selection.clear")} onClick={onClear}>
            <IconX size={16} />
          </ActionIcon>
        </Hint>
      </div>
    </section>
  );
}
