// Reads of the query bar. What they say hangs on the mirror: a sync makes them stale.
import type { CompareRequest, FilterFace, FilterReading, Who } from "../../generated/types";
import { call } from "../../host";
import { queryClient } from "../../shared/reads/client";

export const filterKeys = {
  reading: (connection: string, face: FilterFace, written: string) =>
    ["mirror", connection, "filter", face, written] as const,
  complete: (connection: string, text: string, cursor: number) =>
    ["mirror", connection, "complete", text, cursor] as const,
  explain: (who: Who, id: number) => [who.source, who.connection, "explain", who, id] as const,
  compare: (request: CompareRequest) => [request.a.source, request.a.connection, "compare", request] as const,
};

/** How long a reading is kept once nothing shows it. */
const KEPT_MS = 60_000;

export const readingOf = (connection: string, face: FilterFace, written: string) => ({
  queryKey: filterKeys.reading(connection, face, written),
  queryFn: () => call("filter_read", { connection, face, written }),
  gcTime: KEPT_MS,
});

/** What is understood of a writing; the same writing is read once. */
export function readFilter(connection: string, face: FilterFace, written: string): Promise<FilterReading> {
  return queryClient.ensureQueryData(readingOf(connection, face, written));
}
