// Two questions side by side: only in the first, in both, only in the second, and which conditions keep people out.
import { Autocomplete, Button, Modal, Skeleton } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ComparedPart, Comparison, FilterReading, Who } from "../../../generated/types";
import { call, toApiError } from "../../../host";
import { ErrorBanner } from "../../../shared/errors/ErrorBanner";
import { useAct } from "../../../shared/errors/notify";
import { useFormat } from "../../../shared/format/useFormat";
import { LAYERS } from "../../../shared/theme/mantine";
import { ProblemLine } from "../ProblemLine";
import { filterKeys, readFilter, readingOf } from "../reads";
import classes from "./CompareDialog.module.css";

/** A question to compare with: a recent one, a saved view. */
export type Comparable = { name: string; text: string };

type Props = {
  opened: boolean;
  onClose: () => void;
  /** The first question, and its text. */
  who: Who;
  text: string;
  others: readonly Comparable[];
  /** Part of the comparison becomes the question. */
  onShow: (reading: FilterReading) => void;
};

export function CompareDialog({ opened, onClose, ...rest }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="54rem"
      title={t("query.compare.title")}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Compare {...rest} onClose={onClose} />
    </Modal>
  );
}

const REST_MS = 150;

function Compare({ who, text, others, onShow, onClose }: Omit<Props, "opened">) {
  const { t } = useTranslation();
  const problemId = useId();
  const [typed, setTyped] = useState("");
  const [other] = useDebouncedValue(others.find(({ name }) => name === typed)?.text ?? typed, REST_MS);
  const reading = useQuery({
    ...readingOf(who.connection, "text", other),
    enabled: other.trim() !== "",
  });
  const problems = reading.data?.problems ?? [];
  const b = other.trim() !== "" && reading.data && problems.length === 0 ? reading.data.filter : undefined;
  const request = { a: { ...who, ids: null, truth: "matching" as const }, b: b ?? null };
  const found = useQuery({
    queryKey: filterKeys.compare(request),
    queryFn: () => call("people_compare", request),
    enabled: b !== undefined,
    placeholderData: keepPreviousData,
  });
  const names = [...new Set(others.map(({ name }) => name))];
  return (
    <div className={classes.compare}>
      <dl className={classes.questions}>
        <dt className={classes.letter}>{t("query.compare.a")}</dt>
        <dd>
          <code className={`${classes.text} selectable`}>{text || t("query.compare.everybody")}</code>
        </dd>
        <dt className={classes.letter}>{t("query.compare.b")}</dt>
        <dd>
          <Autocomplete
            aria-label={t("query.compare.other")}
            placeholder={t("query.compare.other_example")}
            data={names}
            value={typed}
            onChange={setTyped}
            data-autofocus
            spellCheck={false}
            error={problems.length > 0}
            aria-describedby={problems.length > 0 ? problemId : undefined}
            limit={12}
            comboboxProps={{ portalProps: { target: `#${LAYERS}` } }}
            renderOption={({ option }) => (
              <span className={classes.option} title={option.value}>
                {option.value}
              </span>
            )}
          />
          {other !== typed && other.trim() !== "" && (
            <code className={`${classes.text} selectable`}>{other}</code>
          )}
          <ProblemLine id={problemId} problems={problems} />
        </dd>
      </dl>
      {reading.error && (
        <ErrorBanner error={toApiError(reading.error)} remedies={{ try_again: () => reading.refetch() }} />
      )}
      {found.error && (
        <ErrorBanner error={toApiError(found.error)} remedies={{ try_again: () => found.refetch() }} />
      )}
      {b === undefined ? (
        !reading.error && <p className={classes.quiet}>{t("query.compare.hint")}</p>
      ) : found.data ? (
        <Columns
          comparison={found.data}
          stale={found.isPlaceholderData}
          connection={who.connection}
          onShow={onShow}
          onClose={onClose}
        />
      ) : (
        found.isPending && <Skeleton height={120} />
      )}
    </div>
  );
}

const PARTS = ["only_a", "both", "only_b"] as const;

type ColumnsProps = {
  comparison: Comparison;
  /** It is of the question before: it stays until the next is there, and nothing of it is shown as rows. */
  stale: boolean;
  connection: string;
  onShow: (reading: FilterReading) => void;
  onClose: () => void;
};

function Columns({ comparison, stale, connection, onShow, onClose }: ColumnsProps) {
  const { t } = useTranslation();
  const act = useAct();
  const show = (filter: string) =>
    act(async () => {
      onShow(await readFilter(connection, "json", filter));
      onClose();
    });
  return (
    <div className={classes.columns} data-stale={stale || undefined} aria-busy={stale}>
      {PARTS.map((part) => (
        <Column
          key={part}
          part={comparison[part]}
          stale={stale}
          title={t(`query.compare.${part}`)}
          onShow={show}
        />
      ))}
    </div>
  );
}

function Column({
  part,
  stale,
  title,
  onShow,
}: {
  part: ComparedPart;
  stale: boolean;
  title: string;
  onShow: (filter: string) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section className={classes.column} aria-label={title}>
      <h3>{title}</h3>
      <p className={`${classes.count} num`}>
        {format.number(part.count)}{" "}
        {part.possible > 0 && (
          <span className={classes.possible}>
            {t("query.possible.note", { count: part.possible, n: format.number(part.possible) })}
          </span>
        )}
      </p>
      {part.because.length > 0 && (
        <>
          <p className={classes.quiet}>{t("query.compare.because")}</p>
          <ul className={classes.because}>
            {part.because.map(({ text, count }) => (
              <li key={text}>
                <code className="selectable">{text}</code>
                <span className="num">{format.number(count)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <Button
        size="xs"
        variant="default"
        className={classes.show}
        disabled={stale || part.count + part.possible === 0}
        aria-label={`${t("query.compare.show")}: ${title}`}
        onClick={() => onShow(part.filter)}
      >
        {t("query.compare.show")}
      </Button>
    </section>
  );
}
