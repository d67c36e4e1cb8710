// Whom a person selected among those who are asked for; another question begins with nobody.
import { useCallback, useEffect, useState } from "react";
import { NOBODY, type Selection } from "../../shared/grid/selection";

const isEmpty = ({ kind, ids }: Selection) => kind === "ids" && ids.size === 0;

/** `question`: names who is asked for. `onDropped`: somebody was selected, and is not any more. */
export function useSelection(question: string, onDropped: () => void) {
  const [kept, setKept] = useState({ of: question, value: NOBODY });
  useEffect(() => {
    if (kept.of === question) return;
    if (!isEmpty(kept.value)) onDropped();
    setKept({ of: question, value: NOBODY });
  }, [kept, question, onDropped]);
  const select = useCallback((value: Selection) => setKept({ of: question, value }), [question]);
  return [kept.of === question ? kept.value : NOBODY, select] as const;
}
