// A column's header: sorts by it, or says why it cannot.
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import type { IHeaderParams } from "ag-grid-community";
import { createContext, use, useEffect, useRef } from "react";
import type { Direction } from "../../generated/types";
import { Hint } from "../keys/Hint";
import classes from "./Grid.module.css";

export type Sort = {
  by: string;
  direction: Direction;
  onSort: (by: string) => void;
  /** Why a column cannot be sorted by; null if it can. */
  refusal: (by: string) => string | null;
};

export const SortContext = createContext<Sort | null>(null);

export function SortHeader({ column, displayName, eGridHeader }: IHeaderParams) {
  const sort = use(SortContext);
  const id = column.getColId();
  const refusal = sort?.refusal(id) ?? null;
  const sorted = sort?.by === id ? sort.direction : null;
  const run = useRef(() => {});
  run.current = () => !refusal && sort?.onSort(id);

  useEffect(() => {
    eGridHeader.setAttribute(
      "aria-sort",
      sorted === "ASC" ? "ascending" : sorted === "DESC" ? "descending" : "none",
    );
    if (refusal) eGridHeader.setAttribute("aria-description", refusal);
    else eGridHeader.removeAttribute("aria-description");
  }, [eGridHeader, sorted, refusal]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      run.current();
    };
    eGridHeader.addEventListener("keydown", onKey);
    return () => eGridHeader.removeEventListener("keydown", onKey);
  }, [eGridHeader]);

  const Arrow = sorted === "DESC" ? IconArrowDown : IconArrowUp;
  return (
    <Hint label={refusal ?? ""} disabled={!refusal} position="bottom">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the header cell around it has the role and the keys */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the header cell around it has the role and the keys */}
      <div
        className={classes.header}
        data-refused={refusal !== null || undefined}
        onClick={() => run.current()}
      >
        <span className={classes.headerName}>{displayName}</span>
        <Arrow size={14} className={classes.arrow} data-sorted={sorted !== null || undefined} aria-hidden />
      </div>
    </Hint>
  );
}
