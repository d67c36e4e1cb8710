import { describe, expect, it } from "vitest";
import { nearest, placesOf } from "./past";

const at = (...times: number[]) => times.map((own) => ({ at: own }));

describe("syncs on the line of time", () => {
  it("stand by time, from one end to the other", () => {
    const [first, second, third] = placesOf(at(0, 10, 100)) as [number, number, number];
    expect(first).toBe(0);
    expect(third).toBe(1);
    expect(second).toBeLessThan(0.5);
  });

  it("never stand on one another, however close in time", () => {
    const places = placesOf(at(0, 1, 2, 1_000_000));
    const gaps = places.slice(1).map((place, index) => place - (places[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(0.1);
  });

  it("are there when there is only one, or all at once", () => {
    expect(placesOf(at(5))).toEqual([1]);
    expect(placesOf(at(5, 5, 5))).toEqual([0, 0.5, 1]);
    expect(placesOf([])).toEqual([]);
  });

  it("are found by the nearest place", () => {
    expect(nearest([0, 0.4, 1], 0.6)).toBe(1);
    expect(nearest([0, 0.4, 1], 0.9)).toBe(2);
  });
});
