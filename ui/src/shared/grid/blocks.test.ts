import { describe, expect, it } from "vitest";
import { BLOCK, blockOffset, rowsFor } from "./blocks";

const block = (offset: number, count: number, total: number) => ({
  total,
  offset,
  rows: Array.from({ length: count }, (_, index) => offset + index),
});

describe("blocks", () => {
  it("asks at multiples of a size that the vendor has", () => {
    expect([10, 50, 100, 250]).toContain(BLOCK);
    expect(blockOffset(0)).toBe(0);
    expect(blockOffset(99)).toBe(0);
    expect(blockOffset(1_999)).toBe(1_900);
  });

  it("gives the grid the rows it asked for and the true total", () => {
    expect(rowsFor(block(100, 100, 2_000), 100, 200)).toEqual({
      rows: block(100, 100, 0).rows,
      total: 2_000,
    });
  });

  it("gives a short last block as it is", () => {
    expect(rowsFor(block(1_900, 42, 1_942), 1_900, 2_000).rows).toHaveLength(42);
  });

  it("gives nothing beyond the end", () => {
    expect(rowsFor(block(2_000, 0, 1_942), 2_000, 2_100)).toEqual({ rows: [], total: 1_942 });
  });
});
