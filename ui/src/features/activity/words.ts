// An entry in words: what was done, to what, what came of it.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ActivityEntry, ActivityTarget } from "../../generated/types";
import { useActWords } from "../../shared/acts/useActWords";
import { useFormat } from "../../shared/format/useFormat";
import { useRuleWords } from "../../shared/rules/useRuleWords";

const KINDS = [
  "sync",
  "mirror_set_aside",
  "export",
  "copy",
  "secret_read",
  "secret_written",
  "secret_removed",
  "secret_created",
  "secret_copied",
  "connection_added",
  "connection_renamed",
  "plan_made",
  "plan_queued",
  "plan_started",
  "plan_paused",
  "plan_ended",
  "plan_exported",
  "approval_given",
  "approval_read",
  "second_person_set",
  "colleague_confirmed",
  "colleague_forgotten",
  "act_sent",
  "act_answered",
  "evidence",
] as const;
const OUTCOMES = ["started", "done", "refused", "failed", "canceled", "unknown"] as const;
const PURPOSES = ["sync", "live", "export", "test", "apply", "sign"] as const;
const TARGETS = [
  "connection",
  "mirror",
  "file",
  "clipboard",
  "person",
  "organization",
  "api_key",
  "plan",
] as const;
const DETAILS = [
  "sync",
  "people",
  "added",
  "changed",
  "missing",
  "returned",
  "gone",
  "organizations",
  "question",
  "source",
  "format",
  "columns",
  "bytes",
  "sha256",
  "message",
  "status",
  "code",
  "purpose",
  "vendor",
  "platform",
  "base_url",
  "name_before",
  "color_before",
  "color",
  "path",
  "plan",
  "step",
  "act",
  "made",
  "key",
  "action",
  "rule",
] as const;
/** How the rules left open what was tried, and what the vendor made of it. */
const TRIED = ["undocumented_done", "undocumented_refused", "contested_done", "contested_refused"] as const;

/** What stands in an entry may come from a newer version: then it is shown as it is. */
const known = <T extends string>(words: readonly T[], word: unknown): T | null =>
  words.find((own) => own === word) ?? null;

export type Outcome = (typeof OUTCOMES)[number];
export const outcomeOf = (entry: ActivityEntry): Outcome | null => known(OUTCOMES, entry.outcome);

/** The details of an entry as lines; what stands in an error stands among them. */
export function detailsOf(entry: ActivityEntry): [string, unknown][] {
  const detail: unknown = entry.detail;
  if (typeof detail !== "object" || detail === null || Array.isArray(detail))
    return detail === null || detail === "" ? [] : [["", detail]];
  return Object.entries(detail).flatMap(([key, value]): [string, unknown][] => {
    if (key === "error" && typeof value === "object" && value !== null) return Object.entries(value);
    // Words say it: "replaced the secret".
    return key === "first" || value === false ? [] : [[key, value]];
  });
}

const detail = (entry: ActivityEntry, key: string): unknown =>
  typeof entry.detail === "object" && entry.detail !== null && !Array.isArray(entry.detail)
    ? entry.detail[key]
    : undefined;

/** Something of the vendor's by its name and id: "Zoë (12)". */
function named(value: unknown): string | null {
  if (typeof value !== "object" || value === null) return null;
  const { id, name } = value as { id?: unknown; name?: unknown };
  const has = (own: unknown) => (typeof own === "string" && own !== "") || typeof own === "number";
  if (has(name) && has(id)) return `${name} (${id})`;
  return has(name) || has(id) ? String(name ?? id) : null;
}

/** The last part of a path, on whatever system it was written. */
export const fileName = (path: string): string => path.split(/[\\/]/).at(-1) || path;

export function useEntryWords() {
  const { t } = useTranslation();
  const format = useFormat();
  const acts = useActWords();
  const rules = useRuleWords();
  return useMemo(() => {
    const kind = (name: string): string => {
      const own = known(KINDS, name);
      return own ? t(`activity.kinds.${own}`) : name;
    };
    const people = (entry: ActivityEntry, key: "synced" | "exported" | "copied"): string | null => {
      const count = detail(entry, "people");
      return typeof count === "number" ? t(`activity.what.${key}`, { count, n: format.number(count) }) : null;
    };
    const special = (entry: ActivityEntry): string | null => {
      switch (entry.kind) {
        case "sync":
          return people(entry, "synced");
        case "export":
          return people(entry, "exported");
        case "copy":
          return people(entry, "copied");
        case "secret_read": {
          const purpose = known(PURPOSES, detail(entry, "purpose"));
          return purpose && t(`activity.read_for.${purpose}`);
        }
        case "secret_written":
          return detail(entry, "first") === false ? t("activity.what.secret_replaced") : null;
        case "connection_renamed": {
          const name = detail(entry, "name_before");
          return typeof name === "string"
            ? t("activity.what.renamed", { name })
            : t("activity.what.recolored");
        }
        case "act_sent":
        case "act_answered": {
          const act = detail(entry, "act");
          return typeof act === "string" ? t(`activity.what.${entry.kind}`, { act: acts.act(act) }) : null;
        }
        case "evidence": {
          const action = detail(entry, "action");
          const tried = known(TRIED, `${detail(entry, "rule")}_${entry.outcome}`);
          return tried && typeof action === "string"
            ? t(`activity.tried.${tried}`, { action: rules.act(action) })
            : null;
        }
        default:
          return null;
      }
    };
    const targetKind = ({ what }: ActivityTarget): string => {
      const own = known(TARGETS, what);
      return own ? t(`activity.targets.${own}`) : what;
    };
    /** The name of something of which only the id was noted. */
    const calledNow = ({ what, id }: ActivityTarget): string | null => {
      if (id === null || (what !== "person" && what !== "organization")) return null;
      return acts.called({ thing: what, id, name: "" });
    };
    return {
      kind,
      targetKind,
      what: (entry: ActivityEntry): string => special(entry) ?? kind(entry.kind),
      /** Shortly: a file by its name alone, a person or an organization by what it is called now. */
      target: (target: ActivityTarget): string => {
        if (target.name) return target.what === "file" ? fileName(target.name) : target.name;
        return calledNow(target) ?? target.id ?? targetKind(target);
      },
      calledNow,
      outcome: (entry: ActivityEntry): string => {
        const own = outcomeOf(entry);
        return own ? t(`activity.outcomes.${own}`) : entry.outcome;
      },
      detailName: (key: string): string => {
        const own = known(DETAILS, key);
        return own ? t(`activity.details.${own}`) : key;
      },
      detailText: (key: string, value: unknown): string => {
        if (key === "action" && typeof value === "string") return rules.act(value);
        if (key === "rule" && (value === "undocumented" || value === "contested"))
          return t(`plans.permitted.${value}`);
        if (key === "act" && typeof value === "string") return acts.act(value);
        if (key === "bytes" && typeof value === "number") return format.bytes(value);
        if (key === "status" || key === "sync" || key === "step" || key === "key") return String(value);
        if (typeof value === "number") return format.number(value);
        if (value === true) return t("activity.yes");
        if (Array.isArray(value) && value.every((own) => typeof own === "string")) return value.join(", ");
        return typeof value === "string" ? value : (named(value) ?? JSON.stringify(value));
      },
    };
  }, [t, format, acts, rules]);
}

export type EntryWords = ReturnType<typeof useEntryWords>;
