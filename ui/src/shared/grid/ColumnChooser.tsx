// Which columns are shown, in which order, which are pinned: a menu for the mouse and for the keyboard.
import { ActionIcon, Button, Checkbox, Popover } from "@mantine/core";
import { IconColumns3, IconGripVertical, IconPin, IconPinFilled } from "@tabler/icons-react";
import { type KeyboardEvent, type PointerEvent, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ViewColumn } from "../../generated/types";
import { Hint } from "../keys/Hint";
import target from "../keys/Hint.module.css";
import { ToolIcon } from "../keys/ToolButton";
import { useAction } from "../keys/useAction";
import { announce } from "../states/announce";
import { type Arrangement, moved, sameColumns, withColumn, withPin } from "./arrangement";
import classes from "./ColumnChooser.module.css";

type Props = {
  /** Every column that there is, in the order in which hidden ones are offered. */
  columns: ReadonlyArray<{ id: string; header: string }>;
  shown: Arrangement;
  usual: Arrangement;
  onShown: (shown: ViewColumn[]) => void;
};

export function ColumnChooser({ columns, shown, usual, onShown }: Props) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const isUsual = sameColumns(shown, usual);
  useAction("columns", () => setOpened((now) => !now));
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      shadow="md"
      trapFocus
      returnFocus
      width={288}
    >
      <Hint label={t("chooser.title")} action="columns" disabled={opened}>
        <span className={target.around}>
          <Popover.Target>
            <ToolIcon label={t("chooser.title")} action="columns" onClick={() => setOpened(!opened)}>
              <IconColumns3 size={17} stroke={1.7} />
            </ToolIcon>
          </Popover.Target>
        </span>
      </Hint>
      <Popover.Dropdown className={classes.menu} aria-label={t("chooser.title")}>
        <Choices columns={columns} shown={shown} onShown={onShown} />
        <footer className={classes.foot}>
          <span>{t("chooser.keys")}</span>
          <Button
            size="compact-sm"
            variant="subtle"
            // Not `disabled`: pressed, it would lose the focus.
            aria-disabled={isUsual || undefined}
            data-disabled={isUsual || undefined}
            onClick={() => !isUsual && onShown([...usual])}
          >
            {t("chooser.reset")}
          </Button>
        </footer>
      </Popover.Dropdown>
    </Popover>
  );
}

function Choices({ columns, shown, onShown }: Omit<Props, "usual">) {
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  const keys = useId();
  const [dragged, setDragged] = useState<string | null>(null);
  const header = (id: string) => columns.find((column) => column.id === id)?.header ?? id;
  const hidden = columns.filter(({ id }) => shown.every((column) => column.id !== id));

  const move = (id: string, to: number) => {
    const next = moved(shown, id, to);
    const place = next.findIndex((column) => column.id === id);
    if (place < 0 || sameColumns(next, shown)) return;
    onShown(next);
    announce(t("chooser.moved", { name: header(id), place: place + 1, count: next.length }));
  };
  const onKey = (event: KeyboardEvent<HTMLUListElement>) => {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    const item = (event.target as Element).closest("li");
    const id = item?.dataset.column;
    if (!item || !id) return;
    event.preventDefault();
    const by = event.key === "ArrowUp" ? -1 : 1;
    const place = shown.findIndex((column) => column.id === id);
    if (event.altKey) {
      if (place >= 0) move(id, place + by);
      return;
    }
    const next = by < 0 ? item.previousElementSibling : item.nextElementSibling;
    next?.querySelector<HTMLElement>("input")?.focus();
  };
  const onDrag = (event: PointerEvent<HTMLElement>, id: string) => {
    if (dragged !== id || !list.current) return;
    const rows = [...list.current.querySelectorAll<HTMLElement>("li[data-shown]")];
    const under = rows.findIndex((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return event.clientY >= top && event.clientY < bottom;
    });
    if (under >= 0) move(id, under);
  };
  const item = (id: string, place: ViewColumn | null) => (
    <li
      key={id}
      className={classes.item}
      data-column={id}
      data-shown={place ? true : undefined}
      data-dragged={dragged === id || undefined}
    >
      <span
        className={classes.grip}
        data-off={place === null || undefined}
        aria-hidden
        onPointerDown={(event) => {
          if (!place) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setDragged(id);
        }}
        onPointerMove={(event) => onDrag(event, id)}
        onPointerUp={() => setDragged(null)}
        onPointerCancel={() => setDragged(null)}
      >
        <IconGripVertical size={14} stroke={1.7} />
      </span>
      <Checkbox
        size="xs"
        className={classes.check}
        label={header(id)}
        aria-describedby={keys}
        checked={place !== null}
        disabled={place !== null && shown.length === 1}
        onChange={(event) => onShown(withColumn(shown, id, event.currentTarget.checked))}
      />
      {place && (
        <ActionIcon
          size="sm"
          className={classes.pin}
          aria-pressed={place.pinned}
          aria-label={t("chooser.pin", { name: header(id) })}
          title={t("chooser.pin", { name: header(id) })}
          onClick={() => onShown(withPin(shown, id, !place.pinned))}
        >
          {place.pinned ? <IconPinFilled size={14} /> : <IconPin size={14} stroke={1.7} />}
        </ActionIcon>
      )}
    </li>
  );
  return (
    <>
      <span id={keys} className="sr-only">
        {t("chooser.keys")}
      </span>
      <ul ref={list} className={classes.list} onKeyDown={onKey}>
        {/* One list, so that an item that is shown or hidden is moved, with the focus in it, not made anew. */}
        {[...shown.map((place) => item(place.id, place)), ...hidden.map(({ id }) => item(id, null))]}
      </ul>
    </>
  );
}
