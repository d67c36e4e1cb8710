// How the people who match are divided; clicking a part narrows the question to it.
import { ActionIcon, Skeleton, UnstyledButton } from "@mantine/core";
import {
  IconChevronRight,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarRightCollapse,
  IconMinus,
  IconSwitchHorizontal,
} from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useId, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Facet, FacetBy, FacetGroup, Who } from "../../generated/types";
import { call, toApiError } from "../../host";
import { ErrorBanner } from "../../shared/errors/ErrorBanner";
import { useFormat } from "../../shared/format/useFormat";
import { Hint } from "../../shared/keys/Hint";
import { useLeavingFocus } from "../../shared/keys/useLeavingFocus";
import { keys } from "../../shared/reads/keys";
import type { Panels } from "../people/view";
import { type Meant, withChosen } from "./chosen";
import classes from "./FacetsPanel.module.css";
import { type FacetState, stateOf } from "./narrow";
import { useFacetWords } from "./useFacetWords";

type Props = {
  /** Whose facets; always of the mirror. */
  who: Who;
  text: string;
  side: "left" | "right";
  folded: readonly FacetBy[];
  /** Said above the groups; null if nothing needs to be said. */
  note: string | null;
  /** The person folds a group, moves the panel to the other side, or closes it. */
  onArrange: (panels: Partial<Panels>) => void;
  /** The question is to be narrowed to a part, to all but it, or by neither. */
  onPick: (clause: string, state: FacetState) => void;
  /** Takes the focus to the rows, when the panel goes with the focus in it. */
  toRows: () => void;
};

/** What parts meant when they were listed, so that one with nobody in it keeps its name. */
const seen = new Map<string, Map<string, Meant>>();

function remember(connection: string, groups: readonly FacetGroup[]) {
  const names = seen.get(connection) ?? new Map<string, Meant>();
  seen.set(connection, names);
  for (const { by, parts } of groups) for (const { clause, value } of parts) names.set(clause, { by, value });
}

export function FacetsPanel({ who, text, side, folded, note, onArrange, onPick, toRows }: Props) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  const leaving = useLeavingFocus(toRows);
  const facets = useQuery({
    queryKey: keys.facets(who),
    queryFn: async () => {
      const found = await call("people_facets", who);
      remember(who.connection, found.groups);
      return found;
    },
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  const groups = useMemo(
    () => withChosen(facets.data?.groups ?? [], text, seen.get(who.connection) ?? new Map()),
    [facets.data, text, who.connection],
  );
  const isEmpty = facets.data !== undefined && groups.every(({ parts }) => parts.length === 0);
  const otherSide = side === "left" ? t("facets.to_right") : t("facets.to_left");
  const Collapse = side === "left" ? IconLayoutSidebarLeftCollapse : IconLayoutSidebarRightCollapse;
  return (
    <aside className={classes.panel} data-side={side} aria-label={t("facets.title")} ref={leaving}>
      <header className={classes.head}>
        <h2>{t("facets.title")}</h2>
        <Hint label={otherSide}>
          <ActionIcon
            size="sm"
            aria-label={otherSide}
            onClick={() => onArrange({ side: side === "left" ? "right" : "left" })}
          >
            <IconSwitchHorizontal size={15} stroke={1.7} />
          </ActionIcon>
        </Hint>
        <Hint label={t("facets.close")} action="facets">
          <ActionIcon size="sm" aria-label={t("facets.close")} onClick={() => onArrange({ facets: false })}>
            <Collapse size={16} stroke={1.7} />
          </ActionIcon>
        </Hint>
      </header>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows step between the buttons in it */}
      <div
        className={classes.groups}
        ref={list}
        onKeyDown={(event) => step(event, list.current)}
        aria-busy={facets.isFetching}
        data-stale={facets.isPlaceholderData || undefined}
      >
        {note && <p className={classes.note}>{note}</p>}
        {facets.isError && (
          <ErrorBanner error={toApiError(facets.error)} remedies={{ try_again: facets.refetch }} />
        )}
        {facets.isPending && <Waiting />}
        {isEmpty && <p className={classes.note}>{t("facets.empty")}</p>}
        {groups
          .filter(({ parts }) => parts.length > 0)
          .map((group) => (
            <Group
              key={group.by}
              group={group}
              text={text}
              folded={folded.includes(group.by)}
              onFold={(fold) =>
                onArrange({
                  folded: fold ? [...folded, group.by] : folded.filter((other) => other !== group.by),
                })
              }
              onPick={onPick}
            />
          ))}
      </div>
    </aside>
  );
}

/** Up and down step from button to button, Home and End to the first and the last. */
function step(event: KeyboardEvent, list: HTMLElement | null) {
  if (!["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key) || !list) return;
  const buttons = [...list.querySelectorAll<HTMLElement>("button[data-step]")];
  const now = buttons.indexOf(
    (event.target as Element).closest<HTMLElement>("button[data-step]") as HTMLElement,
  );
  const to = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: buttons.length - 1 }[event.key] ?? now;
  event.preventDefault();
  buttons[Math.max(0, Math.min(to, buttons.length - 1))]?.focus();
}

function Waiting() {
  return (
    <div className={classes.waiting}>
      {[64, 82, 48, 71, 58].map((width) => (
        <Skeleton key={width} height={12} width={`${width}%`} />
      ))}
    </div>
  );
}

/** Parts of a group at first, so that the next groups are in sight. */
const FEW = 6;

type GroupProps = {
  group: FacetGroup;
  text: string;
  folded: boolean;
  onFold: (folded: boolean) => void;
  onPick: Props["onPick"];
};

function Group({ group, text, folded, onFold, onPick }: GroupProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useFacetWords();
  const id = useId();
  const [whole, setWhole] = useState(false);
  const most = Math.max(...group.parts.map(({ count }) => count), 1);
  // What narrows already is always in sight.
  const first = group.parts.filter(({ clause }, index) => index < FEW || stateOf(text, clause) !== null);
  const shown = whole ? group.parts : first;
  const hidden = group.parts.length - first.length;
  const more = group.parts_in_all - group.parts.length;
  return (
    <section className={classes.group}>
      <h3>
        <UnstyledButton
          className={classes.fold}
          aria-expanded={!folded}
          aria-controls={id}
          onClick={() => onFold(!folded)}
          data-step
        >
          <IconChevronRight size={14} stroke={2} aria-hidden />
          <span>{words.group(group.by)}</span>
        </UnstyledButton>
      </h3>
      <ul id={id} hidden={folded}>
        {!folded &&
          shown.map((facet) => (
            <Part
              key={facet.clause}
              by={group.by}
              facet={facet}
              share={facet.count / most}
              state={stateOf(text, facet.clause)}
              onPick={onPick}
            />
          ))}
        {!folded && hidden > 0 && (
          <li>
            <UnstyledButton
              className={classes.whole}
              aria-expanded={whole}
              onClick={() => setWhole(!whole)}
              data-step
            >
              {whole ? t("facets.fewer") : t("facets.show", { count: hidden, n: format.number(hidden) })}
            </UnstyledButton>
          </li>
        )}
        {!folded && more > 0 && (whole || hidden === 0) && (
          <li className={classes.more}>{t("facets.more", { count: more, n: format.number(more) })}</li>
        )}
      </ul>
    </section>
  );
}

type PartProps = { by: FacetBy; facet: Facet; share: number; state: FacetState; onPick: Props["onPick"] };

function Part({ by, facet, share, state, onPick }: PartProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useFacetWords();
  const name = words.part(by, facet.value);
  const count = format.number(facet.count);
  const pick = (wanted: "in" | "out") => onPick(facet.clause, state === wanted ? null : wanted);
  return (
    <li className={classes.part} data-state={state ?? undefined}>
      <UnstyledButton
        className={classes.pick}
        aria-pressed={state === "in"}
        aria-keyshortcuts="Enter Alt+Enter"
        title={`${name}\n${t("facets.hint")}`}
        onClick={(event) => pick(event.altKey ? "out" : "in")}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !event.altKey) return;
          event.preventDefault();
          pick("out");
        }}
        data-step
      >
        <span
          className={classes.bar}
          style={{ width: `calc((100% - 1.875rem) * ${Math.max(0.015, share)})` }}
          aria-hidden
        />
        <span
          className={facet.value.known === "yes" ? classes.name : `${classes.name} ${facet.value.known}`}
          dir="auto"
        >
          {name}
        </span>
        <span className={`${classes.count} num`} aria-hidden>
          {count}
        </span>
        <span className="sr-only">{t("people.count", { count: facet.count, n: count })}</span>
      </UnstyledButton>
      <ActionIcon
        size="sm"
        className={classes.not}
        tabIndex={-1}
        aria-pressed={state === "out"}
        aria-label={t("facets.without", { name })}
        title={t("facets.without", { name })}
        onClick={() => pick("out")}
      >
        <IconMinus size={14} stroke={2} />
      </ActionIcon>
    </li>
  );
}
