// Why a person matches a question or not: each condition with the value that decided it, the
// smallest edit that would turn it round, and the syncs at which it held.
import { Button, Skeleton } from "@mantine/core";
import { IconCheck, IconEyeOff, IconHelp, IconX } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { ExplainedNode, Explanation, FilterEdit, TextFact, Truth, Who } from "../../../generated/types";
import { call, toApiError } from "../../../host";
import { ErrorBanner } from "../../../shared/errors/ErrorBanner";
import { useFormat } from "../../../shared/format/useFormat";
import { filterKeys } from "../reads";
import classes from "./ExplainPanel.module.css";

type Props = {
  /** The question: its filter is what is explained. */
  who: Who;
  id: number;
  /** An edit becomes the text of the question. */
  onEdit: (text: string) => void;
};

export function ExplainPanel({ who, id, onEdit }: Props) {
  const { t } = useTranslation();
  const asked = { ...who, ids: null };
  const found = useQuery({
    queryKey: filterKeys.explain(asked, id),
    queryFn: () => call("people_explain", { who: asked, id }),
    placeholderData: keepPreviousData,
  });
  return (
    <section className={classes.panel} aria-label={t("query.explain.label")} aria-busy={found.isFetching}>
      {found.error && (
        <ErrorBanner error={toApiError(found.error)} remedies={{ try_again: () => found.refetch() }} />
      )}
      {found.data ? (
        <Explained explanation={found.data} stale={found.isPlaceholderData} onEdit={onEdit} />
      ) : (
        found.isPending && <Skeleton height={11} width="60%" />
      )}
    </section>
  );
}

type ExplainedProps = {
  explanation: Explanation;
  /** It is of the person, or of the question, before: it stays until the next is there, and nothing follows from it. */
  stale: boolean;
  onEdit: (text: string) => void;
};

function Explained({ explanation, stale, onEdit }: ExplainedProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { truth, tree, include, exclude, first_match, last_match } = explanation;
  if (!tree) {
    return (
      <p className={classes.quiet} data-stale={stale || undefined}>
        {t("query.explain.everybody")}
      </p>
    );
  }
  const first = first_match && format.moment(first_match.at);
  const last = last_match && format.moment(last_match.at);
  return (
    <div className={classes.explained} data-stale={stale || undefined}>
      <h3 className={classes.verdict} data-truth={truth}>
        <Mark truth={truth} />
        {t(`query.explain.verdict.${truth}`)}
      </h3>
      <ul>
        <Node node={tree} />
      </ul>
      {include && <Edit title={t("query.explain.include")} edit={include} stale={stale} onEdit={onEdit} />}
      {exclude && <Edit title={t("query.explain.exclude")} edit={exclude} stale={stale} onEdit={onEdit} />}
      <p className={classes.quiet}>
        {first && last
          ? first === last
            ? t("query.explain.matched_once", { at: first })
            : t("query.explain.matched", { first, last })
          : t("query.explain.never_matched")}
      </p>
    </div>
  );
}

const ICONS = { yes: IconCheck, no: IconX, unknown: IconHelp };

function Mark({ truth }: { truth: Truth }) {
  const Icon = ICONS[truth];
  return (
    <span className={classes.mark} data-truth={truth}>
      <Icon size={13} stroke={2.4} aria-hidden />
    </span>
  );
}

/** Of a long list first what decided; the rest is counted. */
const MOST_PARTS = 24;

function shownParts(node: ExplainedNode): ExplainedNode[] {
  if (node.parts.length <= MOST_PARTS) return node.parts;
  const decided = node.parts.filter(({ truth }) => truth === node.truth);
  return (decided.length > 0 ? decided : node.parts).slice(0, MOST_PARTS);
}

function Node({ node, off = false }: { node: ExplainedNode; off?: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const isOff = off || node.kind === "off";
  const parts = shownParts(node);
  const left = node.parts.length - parts.length;
  return (
    <li className={classes.node} data-off={isOff || undefined}>
      <div className={classes.line}>
        {isOff ? (
          <span className={classes.word}>
            <IconEyeOff size={13} stroke={1.8} aria-hidden />
            {node.kind === "off" && t("query.runs.off")}
          </span>
        ) : (
          <span className={classes.word} data-truth={node.truth}>
            <Mark truth={node.truth} />
            {t(`query.truth.${node.truth}`)}
          </span>
        )}
        {node.kind === "clause" ? (
          <span className={classes.clause}>
            <code className="selectable">{node.text}</code>
            {node.value && !isOff && <Value value={node.value} />}
          </span>
        ) : (
          node.kind !== "off" && <span className={classes.kind}>{t(`query.explain.kinds.${node.kind}`)}</span>
        )}
      </div>
      {parts.length > 0 && (
        <ul className={classes.parts}>
          {parts.map((part, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts have no names, and stand in their order
            <Node key={index} node={part} off={isOff} />
          ))}
          {left > 0 && (
            <li className={classes.quiet}>
              {t("query.explain.more", { count: left, n: format.number(left) })}
            </li>
          )}
        </ul>
      )}
    </li>
  );
}

function Value({ value }: { value: TextFact }) {
  const { t } = useTranslation();
  const text = value.known === "yes" ? value.text : t(`value.${value.known}`);
  return (
    <span className={classes.value}>
      {t("query.explain.here")}{" "}
      <span className={value.known === "yes" ? "selectable" : value.known}>{text}</span>
    </span>
  );
}

type EditProps = { title: string; edit: FilterEdit; stale: boolean; onEdit: (text: string) => void };

function Edit({ title, edit, stale, onEdit }: EditProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.edit}>
      <strong>{title}</strong>
      <ul>
        {edit.changes.map(({ act, part }) => (
          <li key={`${act} ${part}`}>
            {t(`query.explain.acts.${act}`)} <code className="selectable">{part}</code>
          </li>
        ))}
      </ul>
      {/* Not `disabled`, which would take the focus from whoever pressed it. */}
      <Button
        size="compact-sm"
        variant="default"
        data-disabled={stale || undefined}
        aria-disabled={stale || undefined}
        onClick={() => !stale && onEdit(edit.text)}
      >
        {t("query.explain.apply")}
      </Button>
    </div>
  );
}
