// Where the focus goes when the part of the window that has it is taken away: else it falls to the top of the window.
import { type RefCallback, useCallback, useRef } from "react";

/** The ref of a part. Taken away with the focus in it, it passes the focus on by `to`. */
export function useLeavingFocus(to: () => void): RefCallback<HTMLElement> {
  const latest = useRef(to);
  latest.current = to;
  return useCallback((element: HTMLElement | null) => {
    // While the ref is let go, the element still stands in the window.
    return () => {
      if (element?.contains(document.activeElement)) latest.current();
    };
  }, []);
}
