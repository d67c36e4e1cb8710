// Keeps what is typed as a draft, so that closing, Esc or a crash lose nothing. Secrets are not kept.
import { useCallback, useEffect, useRef, useState } from "react";
import type { Intent } from "../../generated/types";
import { call } from "../../host";

const REST_MS = 400;

export type DraftState = "none" | "saving" | "kept" | "failed";

/** `wanted`: what to keep; null: nothing was said, so nothing is kept. */
export function useDraft(connection: string, opened: string | null, title: string, wanted: Intent[] | null) {
  const [state, setState] = useState<DraftState>(opened ? "kept" : "none");
  const draft = useRef(opened);
  const queue = useRef<Promise<unknown>>(Promise.resolve());
  const over = useRef(false);
  const content = JSON.stringify([title, wanted]);
  const saved = useRef(content);
  const latest = useRef({ title, wanted, content });
  latest.current = { title, wanted, content };

  const save = useCallback(() => {
    const now = latest.current;
    if (over.current || now.content === saved.current) return;
    saved.current = now.content;
    setState("saving");
    // One after the other: the second one replaces the draft that the first one makes.
    queue.current = queue.current.then(async () => {
      try {
        if (now.wanted === null) {
          if (draft.current) await call("draft_delete", { connection, draft: draft.current });
          draft.current = null;
          setState("none");
          return;
        }
        const own = { connection, id: draft.current, title: now.title, intents: now.wanted };
        draft.current = (await call("draft_save", own)).id;
        setState("kept");
      } catch {
        saved.current = "";
        setState("failed");
      }
    });
  }, [connection]);

  useEffect(() => {
    if (content === saved.current) return;
    const timer = setTimeout(save, REST_MS);
    return () => clearTimeout(timer);
  }, [content, save]);

  // What was typed in the last moment is kept too.
  useEffect(() => {
    window.addEventListener("pagehide", save);
    return () => {
      window.removeEventListener("pagehide", save);
      save();
    };
  }, [save]);

  /** Removes the draft: a plan was made of it, or nobody wants it. */
  const drop = useCallback(async () => {
    over.current = true;
    await queue.current;
    const own = draft.current;
    draft.current = null;
    // One that stays is in the list, and is removed there: the plan was made all the same.
    if (own) await call("draft_delete", { connection, draft: own }).catch(() => undefined);
  }, [connection]);

  return { state, drop };
}
