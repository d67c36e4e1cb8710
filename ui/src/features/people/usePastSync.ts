// The past sync whose rows are shown.
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { SyncMark } from "../../generated/types";
import { syncsOf } from "./PastPanel";

/** Null while the rows are of now. */
export function usePastSync(
  connection: string,
  as_of: number | null,
  onPast: (as_of: number | null) => void,
): SyncMark | null {
  const syncs = useQuery({ ...syncsOf(connection), enabled: as_of !== null }).data;
  const then = syncs?.find(({ id }) => id === as_of) ?? null;
  const isGone = as_of !== null && syncs !== undefined && then === null;
  // A mirror that was made anew has other syncs.
  useEffect(() => {
    if (isGone) onPast(null);
  }, [isGone, onPast]);
  return then;
}
