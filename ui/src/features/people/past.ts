// Where the syncs stand on the line of time, and which is meant by a place on it.
import type { SyncMark } from "../../generated/types";

/** The least part of the line between two syncs, so that each can be seen. */
const LEAST = 0.35;

/**
 * The places of syncs (oldest first) on a line from 0 to 1: by time, but never so close that two stand on one
 * another.
 */
export function placesOf(syncs: readonly Pick<SyncMark, "at">[]): number[] {
  const [first, last] = [syncs[0], syncs.at(-1)];
  if (!first || !last || syncs.length === 1) return syncs.map(() => 1);
  const span = last.at - first.at;
  const even = (index: number) => index / (syncs.length - 1);
  const timely = (at: number, index: number) => (span > 0 ? (at - first.at) / span : even(index));
  return syncs.map(({ at }, index) => (1 - LEAST) * timely(at, index) + LEAST * even(index));
}

/** The index of the place that is nearest. */
export function nearest(places: readonly number[], place: number): number {
  let best = 0;
  places.forEach((own, index) => {
    if (Math.abs(own - place) < Math.abs((places[best] ?? 0) - place)) best = index;
  });
  return best;
}
