// How the grid's scrolling becomes questions: blocks of rows that fit the vendor's pages.

/** Rows of a question; also a page size the vendor accepts. */
export const BLOCK = 100;

export type Block<Row> = { total: number; offset: number; rows: Row[] };

/** The offset of the block that holds a row: always a multiple of the block's size. */
export function blockOffset(row: number): number {
  return Math.floor(row / BLOCK) * BLOCK;
}

/** What the grid takes for rows `start` (included) to `end` (excluded), and how many there are in all. */
export function rowsFor<Row>(block: Block<Row>, start: number, end: number): { rows: Row[]; total: number } {
  const from = Math.max(0, start - block.offset);
  return { rows: block.rows.slice(from, from + (end - start)), total: block.total };
}
