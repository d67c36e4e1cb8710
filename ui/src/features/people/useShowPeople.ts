// From elsewhere to People, with a question.
import { useCallback } from "react";
import { useAct } from "../../shared/errors/notify";
import { arrange } from "../../shared/reads/workspace";
import { withReading } from "../query/query";
import { readFilter } from "../query/reads";
import { readView, withQuestion } from "./view";

/** Asks People for those who match a text, from the mirror, and goes there. */
export function useShowPeople(connection: string, onPeople: () => void) {
  const act = useAct();
  return useCallback(
    async (text: string) => {
      const arranged = await act(async () => {
        const reading = await readFilter(connection, "text", text);
        await arrange(connection, "people", readView, (now) => ({
          ...withQuestion(now, withReading(now.query, reading)),
          source: "mirror" as const,
          search: "",
          as_of: null,
          truth: "matching" as const,
        }));
      });
      if (arranged) onPeople();
    },
    [act, connection, onPeople],
  );
}
