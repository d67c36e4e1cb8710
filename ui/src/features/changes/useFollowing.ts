// While a plan is applied, what is read of it is read anew as it goes on.
import { useEffect, useRef } from "react";
import type { Job } from "../../generated/types";
import { queryClient } from "../../shared/reads/client";
import { keys } from "../../shared/reads/keys";

/** Reading all of a long plan takes a moment: not for every step. */
const PACE_MS = 1000;

export function useFollowing(connection: string, plan: string, job: Job | null): void {
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const running = job?.state === "running";
  const done = job?.done ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: how far it is, is what is followed
  useEffect(() => {
    if (!running || timer.current !== null) return;
    timer.current = setTimeout(() => {
      timer.current = null;
      queryClient.invalidateQueries({ queryKey: keys.plan(connection, plan) });
      queryClient.invalidateQueries({ queryKey: ["plans", connection, "steps", plan] });
    }, PACE_MS);
  }, [connection, plan, running, done]);
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
    },
    [],
  );
}
