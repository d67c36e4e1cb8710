// What can be done with a part of the tree, whichever it is.
import { useMemo } from "react";
import type { RuleGroupProps, RuleProps } from "react-querybuilder";
import { type Group, isGroup, type Part, replaceAt } from "./builder";
import type { Act } from "./context";
import { useBuilding } from "./context";

type Props = Pick<RuleProps | RuleGroupProps, "path" | "schema" | "actions">;

/** The part at a path; null if none. */
function partAt(root: Part, path: readonly number[]): Part | null {
  return path.reduce<Part | null>(
    (part, index) => (part && isGroup(part) ? (part.rules[index] ?? null) : null),
    root,
  );
}

export function usePart({ path, schema, actions }: Props) {
  const { focusLater } = useBuilding();
  return useMemo(() => {
    const root = () => schema.getQuery() as unknown as Group;
    const change = (to: (part: Part) => Part) =>
      schema.dispatchQuery(
        replaceAt(root(), path, to) as unknown as Parameters<typeof schema.dispatchQuery>[0],
      );
    const parentPath = path.slice(0, -1);
    return {
      change,
      toggleNot: () => change((part) => ({ ...part, not: !part.not })),
      toggleOff: () => change((part) => ({ ...part, muted: !part.muted })),
      move: (id: string, way: "up" | "down") => {
        focusLater(id, way);
        actions.moveRule([...path], way);
      },
      /** The focus goes to the next part, or to where one is added. */
      remove: () => {
        const parent = partAt(root(), parentPath);
        if (!parent || !isGroup(parent)) return;
        const index = path[path.length - 1] ?? 0;
        const next = parent.rules[index + 1] ?? parent.rules[index - 1];
        const act: Act = next
          ? isGroup(next)
            ? "join"
            : "field" in next && next.field === "opaque"
              ? "not"
              : "field"
          : "add";
        focusLater(next?.id ?? parent.id, act);
        actions.onRuleRemove([...path]);
      },
    };
  }, [path, schema, actions, focusLater]);
}
