// Below the text: the builder or the JSON of the question, each loaded when it is first opened.
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import type { Connection, FilterReading, Source } from "../../generated/types";
import classes from "./QueryBar.module.css";
import type { Face, QueryState } from "./query";

const BuilderFace = lazy(() =>
  import("./builder/BuilderFace").then(({ BuilderFace }) => ({ default: BuilderFace })),
);
const JsonFace = lazy(() => import("./json/JsonFace").then(({ JsonFace }) => ({ default: JsonFace })));

type Props = {
  id: string;
  face: Exclude<Face, "text">;
  connection: Connection;
  source: Source;
  query: QueryState;
  reading: FilterReading | undefined;
  /** Criteria from the builder become the question. */
  onTake: (filter: string | null) => Promise<FilterReading | null>;
  onJson: (written: string) => Promise<FilterReading | null>;
  onDropJson: () => void;
  onRun: () => void;
  onText: () => void;
};

export function FacePanel({ id, face, connection, source, query, reading, ...on }: Props) {
  const { t } = useTranslation();
  const isLastValid = (reading?.problems.length ?? 0) > 0;
  return (
    <section className={classes.panel} id={id} aria-label={t(`query.faces.${face}`)}>
      {isLastValid && <p className={classes.note}>{t("query.last_valid")}</p>}
      <Suspense fallback={<div className={classes.loading} aria-busy />}>
        {face === "builder" ? (
          <BuilderFace
            connection={connection}
            filter={query.filter}
            onChange={on.onTake}
            onRun={on.onRun}
            onText={on.onText}
          />
        ) : (
          <JsonFace
            connection={connection}
            source={source}
            query={query}
            reading={isLastValid ? undefined : reading}
            onType={on.onJson}
            onDrop={on.onDropJson}
          />
        )}
      </Suspense>
    </section>
  );
}
