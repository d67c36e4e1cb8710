// A column's header: sorts by it, or says why it cannot. Plain, as the cells under it are.
import type { IHeaderComp, IHeaderParams } from "ag-grid-community";
import classes from "./Grid.module.css";
import type { SortKey } from "./sorting";

export type Sort = {
  keys: readonly SortKey[];
  /** `added`: behind the columns that are sorted by already. */
  onSort: (by: string, added: boolean) => void;
  /** Why a column cannot be sorted by; null if it can. */
  refusal: (by: string) => string | null;
};

/** What headers read when they are drawn, and who is told when it changed. */
export type Board = { sort: () => Sort; headers: Set<{ draw: () => void }> };

const ARROW = "M12 5v14M18 11l-6 -6l-6 6";

function arrow(): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [name, value] of Object.entries({
    viewBox: "0 0 24 24",
    width: "14",
    height: "14",
    fill: "none",
    stroke: "currentColor",
    "stroke-width": "2",
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
    "aria-hidden": "true",
    class: classes.arrow ?? "",
  }))
    svg.setAttribute(name, value);
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ARROW);
  svg.append(path);
  return svg;
}

type Params = IHeaderParams & { board: Board };

export class SortHeader implements IHeaderComp {
  private params!: Params;
  private readonly gui = document.createElement("div");
  private readonly name = document.createElement("span");
  private readonly order = document.createElement("span");
  private readonly arrow = arrow();

  init(params: Params) {
    this.params = params;
    this.gui.className = classes.header ?? "";
    this.name.className = classes.headerName ?? "";
    this.order.className = classes.order ?? "";
    this.gui.append(this.name, this.arrow, this.order);
    this.gui.addEventListener("click", this.onClick);
    params.eGridHeader.addEventListener("keydown", this.onKey);
    params.board.headers.add(this);
    this.draw();
  }

  getGui() {
    return this.gui;
  }

  refresh(params: Params) {
    this.params = params;
    this.draw();
    return true;
  }

  destroy() {
    this.params.board.headers.delete(this);
    this.params.eGridHeader.removeEventListener("keydown", this.onKey);
  }

  draw() {
    const { column, displayName, eGridHeader, board } = this.params;
    const { keys, refusal } = board.sort();
    const id = column.getColId();
    const why = refusal(id);
    const place = keys.findIndex(({ by }) => by === id);
    const direction = why === null ? keys[place]?.direction : undefined;
    this.name.textContent = displayName;
    this.gui.toggleAttribute("data-refused", why !== null);
    this.gui.title = why ?? "";
    this.arrow.toggleAttribute("data-sorted", direction !== undefined);
    this.arrow.toggleAttribute("data-down", direction === "DESC");
    this.order.textContent = direction && keys.length > 1 ? String(place + 1) : "";
    const sorted = { ASC: "ascending", DESC: "descending" } as const;
    eGridHeader.setAttribute("aria-sort", direction ? sorted[direction] : "none");
    if (why) eGridHeader.setAttribute("aria-description", why);
    else eGridHeader.removeAttribute("aria-description");
  }

  private sort(added: boolean) {
    const { column, board } = this.params;
    const { refusal, onSort } = board.sort();
    if (refusal(column.getColId()) === null) onSort(column.getColId(), added);
  }

  private readonly onClick = ({ shiftKey }: MouseEvent) => this.sort(shiftKey);

  private readonly onKey = (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    this.sort(event.shiftKey);
  };
}
