// The column of boxes, and the marks of a row: selected, open in the drawer.
import type { ColDef, IHeaderComp, IHeaderParams, IRowNode } from "ag-grid-community";
import classes from "./Grid.module.css";
import { takenFromGrid } from "./keys";

export const SELECT = "select";

/** A box, drawn by us: a thousand native ones are slow to make. */
function box(label: string): HTMLElement {
  const element = document.createElement("span");
  element.className = classes.box ?? "";
  element.setAttribute("role", "checkbox");
  element.setAttribute("aria-label", label);
  return element;
}

const check = (element: Element, checked: "true" | "false" | "mixed") =>
  element.setAttribute("aria-checked", checked);

/** What the boxes read when they are drawn, and who is told when it changed. */
export type Boxes<Row> = {
  isSelected: (row: Row) => boolean;
  summary: () => "none" | "some" | "all";
  label: (row: Row) => string;
  labelOfAll: string;
  onAll: () => void;
  headers: Set<{ draw: () => void }>;
};

type Params<Row> = IHeaderParams & { boxes: Boxes<Row> };

class AllHeader<Row> implements IHeaderComp {
  private params!: Params<Row>;
  private gui!: HTMLElement;

  init(params: Params<Row>) {
    this.params = params;
    this.gui = box(params.boxes.labelOfAll);
    this.gui.addEventListener("click", this.onClick);
    params.eGridHeader.addEventListener("keydown", this.onKey);
    params.boxes.headers.add(this);
    this.draw();
  }

  getGui() {
    return this.gui;
  }

  refresh(params: Params<Row>) {
    this.params = params;
    this.gui.setAttribute("aria-label", params.boxes.labelOfAll);
    this.draw();
    return true;
  }

  destroy() {
    this.params.boxes.headers.delete(this);
    this.params.eGridHeader.removeEventListener("keydown", this.onKey);
  }

  draw() {
    const summary = this.params.boxes.summary();
    check(this.gui, summary === "all" ? "true" : summary === "some" ? "mixed" : "false");
  }

  private readonly onClick = () => {
    this.params.boxes.onAll();
    this.draw();
  };

  private readonly onKey = (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    this.onClick();
  };
}

export function boxColumn<Row>(boxes: Boxes<Row>, pinned: boolean): ColDef<Row> {
  return {
    colId: SELECT,
    headerName: boxes.labelOfAll,
    headerComponent: AllHeader<Row>,
    headerComponentParams: { boxes },
    headerClass: classes.boxHeader,
    cellClass: classes.boxCell,
    width: 44,
    minWidth: 44,
    maxWidth: 44,
    flex: null,
    resizable: false,
    suppressMovable: true,
    lockPosition: "left",
    lockPinned: true,
    pinned: pinned ? "left" : null,
    valueGetter: ({ data }) => (data ? boxes.label(data) : ""),
    cellRenderer: ({ data }: { data?: Row }) => {
      if (!data) return "";
      const element = box(boxes.label(data));
      check(element, boxes.isSelected(data) ? "true" : "false");
      return element;
    },
    suppressKeyboardEvent: ({ event }) => event.key === "Enter" || takenFromGrid(event),
  };
}

type Marks<Row> = { isSelected: ((row: Row) => boolean) | null; active: number | null };

/** Marks a row on the screen as selected, and as the one that is open. */
export function markRow<Row extends { id: number }>(
  element: HTMLElement,
  node: IRowNode<Row> | undefined,
  { isSelected, active }: Marks<Row>,
) {
  const row = node?.data;
  element.toggleAttribute("data-active", row !== undefined && row.id === active);
  if (row !== undefined && row.id === active) element.setAttribute("aria-current", "true");
  else element.removeAttribute("aria-current");
  if (!isSelected) return;
  const selected = row !== undefined && isSelected(row);
  element.toggleAttribute("data-selected", selected);
  element.setAttribute("aria-selected", String(selected));
  const drawn = element.querySelector(`.${classes.box}`);
  if (drawn) check(drawn, selected ? "true" : "false");
}
