// The query bar of People with its buttons. It is much to draw and has nothing to do with quick search, which
// draws the rest of the place at every key.
import { memo } from "react";
import type { Connection, RecentQuestion } from "../../generated/types";
import { QueryBar } from "../query/QueryBar";
import { PeopleActions } from "./PeopleActions";
import type { PeopleDialog } from "./PeopleDialogs";
import { asAsked, type Panels, type PeopleView } from "./view";

type Props = Pick<PeopleView, "source" | "query" | "columns"> & {
  connection: Connection;
  change: (update: (view: PeopleView) => PeopleView) => void;
  /** The criteria that were asked last. */
  asked: string | null;
  answered: boolean;
  /** The answer to them is on its way. */
  asking: boolean;
  facets: boolean;
  onArrange: (panels: Partial<Panels>) => void;
  onAsk: (question: RecentQuestion) => void;
  onDialog: (dialog: PeopleDialog) => void;
  /** Why two questions cannot be compared now; null if they can. */
  compareRefusal: string | null;
  exportRefusal: string | null;
  toRows: () => void;
};

export const PeopleBar = memo(function PeopleBar(props: Props) {
  const { connection, source, query, columns, change, asked, answered, asking, facets, onDialog } = props;
  return (
    <QueryBar
      connection={connection}
      source={source}
      query={query}
      onChange={(next) => change((now) => ({ ...now, query: next }))}
      onRun={(next) => change((now) => ({ ...now, query: next, asked: asAsked(next), truth: "matching" }))}
      result={answered ? { filter: asked, busy: asking } : null}
      onLeave={props.toRows}
      actions={
        <PeopleActions
          connection={connection}
          shown={columns}
          facets={facets}
          onShown={(shown) => change((now) => ({ ...now, columns: shown }))}
          onFacets={() => props.onArrange({ facets: !facets })}
          onAsk={props.onAsk}
          onCompare={() => onDialog("compare")}
          onExport={() => onDialog("export")}
          compareRefusal={props.compareRefusal}
          exportRefusal={props.exportRefusal}
        />
      }
    />
  );
});
