// The rows of a question: its first block is followed, the others are read as the grid scrolls.
import { type QueryKey, useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import type { ApiError } from "../../generated/types";
import { toApiError } from "../../host";
import { queryClient } from "../reads/client";
import type { Block } from "./blocks";

/** How long blocks that nobody looks at stay in memory. */
const KEEP_MS = 60_000;

type Question<Answer> = {
  /** Names the question, without its page. */
  name: string;
  /** Rows of one origin never stand in for rows of another. */
  origin: string;
  keyOf: (offset: number) => QueryKey;
  ask: (offset: number) => Promise<Answer>;
  enabled: boolean;
};

export function useRows<Answer extends Block<unknown>>(question: Question<Answer>) {
  const { keyOf, ask, name, origin } = question;
  const first = useQuery({
    queryKey: keyOf(0),
    queryFn: () => ask(0),
    enabled: question.enabled,
    gcTime: KEEP_MS,
  });
  const [blockError, setBlockError] = useState<ApiError | null>(null);

  // The grid goes on reading the question it shows until the first block of the next one is there.
  const settled = useRef({ keyOf, ask, name, origin, version: "", answer: null as Answer | null });
  const { data } = first;
  const fresh = data !== undefined;
  if (fresh) {
    const version = `${name} ${first.dataUpdatedAt}`;
    settled.current = { keyOf, ask, name, origin, version, answer: data };
  }
  const shown = settled.current;

  const askBlock = useCallback(async (offset: number): Promise<Answer> => {
    const now = settled.current;
    const queryKey = now.keyOf(offset);
    try {
      return await queryClient.fetchQuery({
        queryKey,
        queryFn: () => now.ask(offset),
        gcTime: KEEP_MS,
        staleTime: Number.POSITIVE_INFINITY,
      });
    } catch (refusal) {
      // Rows that were read before stay, under the banner that says why there are no newer ones.
      const before = queryClient.getQueryData<Answer>(queryKey);
      if (!before) throw refusal;
      return before;
    }
  }, []);

  const { refetch } = first;
  const again = useCallback(() => {
    setBlockError(null);
    refetch();
  }, [refetch]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: an error belongs to the question it was met in
  useEffect(() => setBlockError(null), [name]);

  return {
    /** While the next question waits or is refused, the answer to the one before, if of the same origin. */
    answer: shown.origin === origin ? shown.answer : null,
    /** The answer belongs to an earlier question; the one to this question is on its way. */
    stale: !fresh,
    loading: first.isFetching,
    error: first.isError ? toApiError(first.error) : blockError,
    shownQuestion: shown.name,
    version: shown.version,
    askBlock,
    again,
    setBlockError,
  };
}
