// What the activity place reads: entries page by page, and whether the record holds.
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { ActivityVerification } from "../../generated/types";
import { call } from "../../host";
import { queryClient } from "../../shared/reads/client";
import { keys } from "../../shared/reads/keys";
import { type ActivityView, nextPage, toQuestion } from "./view";

export function useEntries(connection: string, view: ActivityView) {
  return useInfiniteQuery({
    queryKey: [...keys.activity(connection), view],
    queryFn: ({ pageParam }) => call("activity_query", toQuestion(connection, view, pageParam)),
    initialPageParam: null as number | null,
    getNextPageParam: ({ entries }) => nextPage(entries),
    placeholderData: keepPreviousData,
  });
}

/** Every entry is looked at when the place is opened first, and when the person asks. */
export function useVerification(connection: string) {
  return useQuery({
    queryKey: keys.activityCheck(connection),
    queryFn: () => call("activity_verify", { connection, head: null }),
  });
}

/** Looks at every entry, and where a hash stands that was noted. */
export async function compareWith(connection: string, head: string): Promise<ActivityVerification> {
  const found = await call("activity_verify", { connection, head });
  queryClient.setQueryData<ActivityVerification>(keys.activityCheck(connection), { ...found, anchor: null });
  return found;
}
