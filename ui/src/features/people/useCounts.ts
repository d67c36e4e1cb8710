// How many matched at each sync: asked one by one, newest first, while somebody looks.
import { useEffect, useState } from "react";
import type { ApiError, SyncMark, Who } from "../../generated/types";
import { call, toApiError } from "../../host";
import { queryClient } from "../../shared/reads/client";
import { keys } from "../../shared/reads/keys";

/** By the sync's id: how many matched, or why that cannot be told. */
type Counts = ReadonlyMap<number, number | ApiError>;
const NONE: Counts = new Map();
/** How long counts stay in memory when nobody looks. */
const KEEP_MS = 300_000;

/** `syncs`: newest first. */
export function useCounts(who: Who, syncs: readonly SyncMark[]): Counts {
  const [counts, setCounts] = useState<{ of: string; found: Counts }>({ of: "", found: NONE });
  const of = JSON.stringify({ ...who, as_of: null });
  useEffect(() => {
    let looking = true;
    setCounts({ of, found: NONE });
    (async () => {
      const found = new Map<number, number | ApiError>();
      for (const { id } of syncs) {
        const question = {
          who: { ...(JSON.parse(of) as Who), as_of: id },
          sort: [],
          offset: 0,
          limit: 0,
          remember: null,
        };
        const count = await queryClient
          .fetchQuery({
            queryKey: keys.people(question),
            queryFn: () => call("people_query", question),
            gcTime: KEEP_MS,
          })
          .then(
            ({ possible, total }) => (who.truth === "possible" ? possible : total),
            // A sync whose count cannot be had has no bar, and says why; the others have theirs.
            toApiError,
          );
        if (!looking) return;
        found.set(id, count);
        setCounts({ of, found: new Map(found) });
      }
    })();
    return () => {
      looking = false;
    };
  }, [of, syncs, who.truth]);
  return counts.of === of ? counts.found : NONE;
}
