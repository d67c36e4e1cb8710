// A short notice in the corner, for what an act in passing could not do.
import { notifications } from "@mantine/notifications";
import { useCallback } from "react";
import { toApiError } from "../../host";
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
        notifications.show({
          color: "red",
          title,
          message: [body, vendor].filter(Boolean).join(" "),
          autoClose: 9000,
        });
        return false;
      }
    },
    [words],
  );
}
