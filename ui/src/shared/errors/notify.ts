// A short notice in the corner, for what an act in passing could not do.
import { useCallback } from "react";
import { toApiError } from "../../host";
import { showNotice } from "../states/notice";
import { useErrorWords } from "./useErrorWords";

/** Runs an act; if it is refused, says so. */
export function useAct() {
  const words = useErrorWords();
  return useCallback(
    async (act: () => Promise<unknown>): Promise<boolean> => {
      try {
        await act();
        return true;
      } catch (refusal) {
        const { title, body, vendor } = words(toApiError(refusal));
        showNotice({ tone: "warn", title, message: [body, vendor].filter(Boolean).join(" ") });
        return false;
      }
    },
    [words],
  );
}
