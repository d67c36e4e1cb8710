// An order by one or several columns, and what a click on a header makes of it.
import type { Direction } from "../../generated/types";

export type SortKey<By extends string = string> = { by: By; direction: Direction };

/** How many columns an order has at most: more than anybody can follow. */
const MOST = 4;

const turned = (direction: Direction): Direction => (direction === "ASC" ? "DESC" : "ASC");

/**
 * The order after a click on a column. Alone, the column becomes the order, or turns round. Added, it comes
 * behind the others; a second time it turns round, a third time it goes.
 */
export function sortedBy<By extends string>(
  sort: readonly SortKey<By>[],
  by: By,
  added: boolean,
): SortKey<By>[] {
  const before = sort.find((key) => key.by === by);
  if (!added || sort.length === 0) {
    const direction = before && sort[0]?.by === by ? turned(before.direction) : "ASC";
    return [{ by, direction }];
  }
  if (!before) return [...sort.slice(0, MOST - 1), { by, direction: "ASC" }];
  if (before.direction === "DESC" && sort.length > 1) return sort.filter((key) => key.by !== by);
  return sort.map((key) => (key.by === by ? { by, direction: turned(key.direction) } : key));
}
