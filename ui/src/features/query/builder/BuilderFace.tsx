// The question as nested groups: react-querybuilder keeps, moves and drags the tree; what it looks like is ours.
import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import {
  draggable,
  dropTargetForElements,
  monitorForElements,
} from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { QueryBuilderDnD } from "@react-querybuilder/dnd";
import { createPragmaticDndAdapter } from "@react-querybuilder/dnd/pragmatic-dnd";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { QueryBuilder, type RuleGroupType } from "react-querybuilder";
import type { Connection, FilterProblem, FilterReading } from "../../../generated/types";
import { useProblemSaid } from "../problemWords";
import classes from "./Builder.module.css";
import { fieldsOf, fromCriteria, type Group, MOST_LEVELS, toCriteria } from "./builder";
import { Building, useFocusLater } from "./context";
import { GroupBox } from "./GroupBox";
import { RuleRow } from "./RuleRow";

const dnd = createPragmaticDndAdapter({ draggable, dropTargetForElements, monitorForElements, combine });
const controlElements = { rule: RuleRow, ruleGroup: GroupBox };

type Props = {
  connection: Connection;
  filter: string | null;
  onChange: (filter: string | null) => Promise<FilterReading | null>;
  onRun: () => void;
  /** To the text, for a part that is not shown here. */
  onText: () => void;
};

// The library's type of a tree is wider than ours; what it is given and gives back is ours.
const theirs = (root: Group) => root as unknown as RuleGroupType;
const ours = (root: RuleGroupType) => root as unknown as Group;

export function BuilderFace({ connection, filter, onChange, onRun, onText }: Props) {
  const { t } = useTranslation();
  const said = useProblemSaid();
  const [root, setRoot] = useState(() => fromCriteria(filter));
  const [problems, setProblems] = useState<FilterProblem[]>([]);
  const told = useRef(filter);
  const latest = useRef(onChange);
  latest.current = onChange;
  const frame = useRef<HTMLDivElement>(null);
  const focusLater = useFocusLater(frame, root);

  // The question changed in another face; what was told by this one is the same already.
  useEffect(() => {
    if (filter === told.current) return;
    told.current = filter;
    setProblems([]);
    setRoot(fromCriteria(filter));
  }, [filter]);

  const change = useCallback((next: RuleGroupType) => {
    const tree = ours(next);
    setRoot(tree);
    const criteria = toCriteria(tree);
    if (criteria === told.current) return;
    told.current = criteria;
    latest.current(criteria).then((found) => {
      if (criteria === told.current) setProblems(found?.problems ?? []);
    });
  }, []);

  const fields = useMemo(
    () => fieldsOf(connection.identifiers).map((name) => ({ name, label: name })),
    [connection.identifiers],
  );
  const acts = useRef({ onRun, onText });
  acts.current = { onRun, onText };
  const building = useMemo(
    () => ({
      connection,
      focusLater,
      onRun: () => acts.current.onRun(),
      onText: () => acts.current.onText(),
    }),
    [connection, focusLater],
  );

  return (
    <Building.Provider value={building}>
      <div ref={frame} className={classes.face}>
        {problems[0] && (
          <p className={classes.problem}>{`${t("query.builder.refused")} ${said(problems[0])}`}</p>
        )}
        <QueryBuilderDnD dnd={dnd} controlElements={controlElements}>
          <QueryBuilder
            fields={fields}
            query={theirs(root)}
            onQueryChange={change}
            enableMountQueryChange={false}
            maxLevels={MOST_LEVELS}
            suppressStandardClassnames
          />
        </QueryBuilderDnD>
      </div>
    </Building.Provider>
  );
}
