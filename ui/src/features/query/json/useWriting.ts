// What is written in the JSON face: read when it rests, and never replaced by an earlier reading of itself.
import { useEffect, useRef, useState } from "react";
import type { FilterReading } from "../../../generated/types";
import type { Outside } from "../editor/useEditor";
import { readFilter } from "../reads";

const REST_MS = 120;

type Options = {
  connection: string;
  /** The JSON of the question, or the own writing that is kept beside it. */
  shown: string;
  onType: (written: string) => Promise<FilterReading | null>;
};

export function useWriting({ connection, shown, onType }: Options) {
  /** What stands in the editor. */
  const written = useRef(shown);
  /** What was handed on last: it comes back as what is shown, when more may stand in the editor already. */
  const handed = useRef<string | null>(null);
  const [outside, setOutside] = useState<Outside>({ text: shown });
  const [own, setOwn] = useState<FilterReading | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const pending = useRef(false);
  const latest = useRef(onType);
  latest.current = onType;

  // The question changed in another face.
  useEffect(() => {
    if (shown === written.current || shown === handed.current) return;
    written.current = shown;
    handed.current = null;
    pending.current = false;
    setOwn(null);
    setOutside({ text: shown });
  }, [shown]);
  // What was kept with problems shows them again.
  useEffect(() => {
    // If it cannot be read now, the line under the text says why.
    if (written.current !== "") readFilter(connection, "json", written.current).then(setOwn, () => null);
  }, [connection]);

  const settle = useRef(() => {});
  settle.current = () => {
    clearTimeout(timer.current);
    if (!pending.current) return;
    pending.current = false;
    const now = written.current;
    handed.current = now;
    latest.current(now).then((found) => {
      if (found && now === written.current) setOwn(found);
    });
  };
  useEffect(() => () => settle.current(), []);
  const onWritten = (text: string) => {
    written.current = text;
    pending.current = true;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => settle.current(), REST_MS);
  };
  return {
    outside,
    /** What was understood of the own writing. */
    own,
    onWritten,
    /** Reads at once what was typed last. */
    settle: () => settle.current(),
    written: () => written.current,
  };
}
