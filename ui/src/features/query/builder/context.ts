// What every part of the builder needs, and where the focus goes after a part has moved.
import { createContext, type RefObject, useCallback, useContext, useEffect, useRef } from "react";
import type { Connection } from "../../../generated/types";

/** A control of a part, by the value of its `data-act`. */
export type Act = "field" | "up" | "down" | "add" | "join" | "not";

type Build = {
  connection: Connection;
  /** Gives a part's control the focus once the tree is drawn anew. */
  focusLater: (part: string, act: Act) => void;
  onRun: () => void;
  onText: () => void;
};

export const Building = createContext<Build | null>(null);

export function useBuilding(): Build {
  const building = useContext(Building);
  if (!building) throw new Error("outside the builder");
  return building;
}

export function useFocusLater(frame: RefObject<HTMLElement | null>, drawn: unknown) {
  const wanted = useRef<{ part: string; act: Act } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each drawing may bring what is waited for
  useEffect(() => {
    const now = wanted.current;
    if (!now) return;
    const own = `[data-part="${CSS.escape(now.part)}"]`;
    const control = frame.current?.querySelector<HTMLElement>(
      `${own} > * [data-act="${now.act}"], ${own} [data-act="${now.act}"]`,
    );
    if (!control) return;
    wanted.current = null;
    control.focus();
  }, [drawn]);
  return useCallback((part: string, act: Act) => {
    wanted.current = { part, act };
  }, []);
}
