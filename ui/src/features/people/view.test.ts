import { describe, expect, it } from "vitest";
import type { FilterReading } from "../../generated/types";
import { EVERYBODY, NOBODY, withRows } from "../../shared/grid/selection";
import {
  columnIdsOf,
  FRESH_VIEW,
  narrowedBy,
  readView,
  sameState,
  selectedWho,
  toSort,
  toViewState,
  toWho,
  withQuestion,
  withRead,
  withViewState,
} from "./view";

const understood: FilterReading = {
  filter: '{"organization":12}',
  text: "org:12",
  clauses: [],
  sent: null,
  sent_is_all: true,
  problems: [],
};
const problem = { from: 0, until: 1, message: "no", code: null, values: {}, expected: [], path: null };

const query = { ...FRESH_VIEW.query, text: "org:12", filter: '{"organization":12}' };

describe("the view of People", () => {
  it("is whole whatever was kept", () => {
    expect(readView(null)).toEqual(FRESH_VIEW);
    expect(readView({ source: "moon", sort: [{ by: "shoe" }], columns: [{ id: "shoe" }] })).toEqual(
      FRESH_VIEW,
    );
  });

  it("comes back as it was kept", () => {
    const view = {
      ...FRESH_VIEW,
      query: { ...query, text: "org:12 and", face: "builder" as const, open: true },
      asked: { text: query.text, filter: query.filter },
      search: "peeters",
      as_of: 3,
      truth: "possible" as const,
      sort: [
        { by: "organization" as const, direction: "ASC" as const },
        { by: "name" as const, direction: "DESC" as const },
      ],
      columns: [{ id: "vat", width: 120, pinned: true }],
      panels: { facets: true, side: "right" as const, folded: ["role" as const], past: true },
      saved: "abc",
    };
    expect(readView(JSON.parse(JSON.stringify(view)))).toEqual(view);
  });

  it("reads what was kept before there were queries without losing any of it", () => {
    const old = {
      source: "mirror",
      search: "an",
      seen: "missing",
      sort: { by: "updated_at", direction: "DESC" },
      organization: { id: 12, name: "Apotheek" },
      widths: { name: 300, shoe: 4 },
    };
    const view = readView(old);
    expect(view.query.text).toBe("org:12 and (seen:missing or seen:gone)");
    expect(JSON.parse(view.query.filter ?? "")).toEqual({
      and: [{ organization: 12 }, { or: [{ "muster.seen": "missing" }, { "muster.seen": "gone" }] }],
    });
    expect(view.search).toBe("an");
    expect(view.sort).toEqual([{ by: "updated_at", direction: "DESC" }]);
    expect(view.columns.find(({ id }) => id === "name")?.width).toBe(300);
    expect(readView({ ...old, seen: "present" }).query.text).toBe("org:12");
    expect(readView({ ...old, organization: null }).query.text).toBe("seen:missing or seen:gone");
  });

  it("asks live only what the vendor can answer", () => {
    const live = { ...FRESH_VIEW, source: "live" as const, search: "x", as_of: 4 };
    expect(toWho(live, "c")).toMatchObject({ search: null, as_of: null, source: "live" });
    expect(toSort(live)).toEqual([{ by: "id", direction: "ASC" }]);
    expect(toSort({ ...live, sort: [{ by: "id", direction: "DESC" }] })).toEqual([
      { by: "id", direction: "DESC" },
    ]);
  });

  it("says what narrows the list", () => {
    expect(narrowedBy(FRESH_VIEW)).toBeNull();
    expect(narrowedBy({ ...FRESH_VIEW, search: "a" })).toBe("search");
    expect(narrowedBy(withQuestion(FRESH_VIEW, query))).toBe("filters");
    expect(narrowedBy({ ...withQuestion(FRESH_VIEW, query), search: "a" })).toBe("both");
  });

  it("offers the identifiers of the platform only", () => {
    expect(columnIdsOf({ identifiers: ["finess", "cip"] })).not.toContain("vat");
    expect(columnIdsOf({ identifiers: ["finess", "cip"] })).toContain("cip");
  });
});

describe("whom a selection means", () => {
  const who = toWho(withQuestion(FRESH_VIEW, query), "c");

  it("is those that were picked", () => {
    expect(selectedWho(who, withRows(NOBODY, [3, 4], true))).toMatchObject({
      ids: [3, 4],
      filter: who.filter,
    });
  });

  it("is all that match but those that were taken out", () => {
    expect(selectedWho(who, EVERYBODY)).toEqual(who);
    const most = selectedWho(who, withRows(EVERYBODY, [3], false));
    expect(most.ids).toBeNull();
    expect(JSON.parse(most.filter ?? "")).toEqual({ and: [{ organization: 12 }, { not: { id: [3] } }] });
    const large = { ...who, filter: '{"apbNr":18446744073709551615}' };
    expect(selectedWho(large, withRows(EVERYBODY, [3], false)).filter, "no number is rounded").toBe(
      '{"and":[{"apbNr":18446744073709551615},{"not":{"id":[3]}}]}',
    );
    const all = selectedWho({ ...who, filter: null }, withRows(EVERYBODY, [3], false));
    expect(JSON.parse(all.filter ?? "")).toEqual({ not: { id: [3] } });
  });
});

describe("a saved view", () => {
  it("is dirty when text, columns, order or source differ, and not by a blank", () => {
    const state = toViewState(withQuestion(FRESH_VIEW, query));
    expect(sameState(state, { ...state, text: " org:12 " })).toBe(true);
    expect(sameState(state, { ...state, text: "org:13" })).toBe(false);
    expect(sameState(state, { ...state, source: "live" })).toBe(false);
    expect(sameState(state, { ...state, sort: [{ by: "name", direction: "DESC" }] })).toBe(false);
    expect(sameState(state, { ...state, columns: state.columns.slice(1) })).toBe(false);
  });

  it("shows now, without search, what it says", () => {
    const view = { ...FRESH_VIEW, search: "x", as_of: 2, truth: "possible" as const };
    const state = { ...toViewState(FRESH_VIEW), text: "org:12", source: "live" as const };
    const opened = withViewState(view, state, understood);
    expect(opened).toMatchObject({ search: "", as_of: null, truth: "matching", source: "live", query });
    expect(opened.asked).toEqual({ text: query.text, filter: query.filter });
  });

  it("whose text has a problem is in the bar alone: the rows keep their own question", () => {
    const view = withQuestion(FRESH_VIEW, query);
    const broken = { ...understood, filter: null, problems: [problem] };
    const state = { ...toViewState(view), text: "org:12 and" };
    for (const opened of [withViewState(view, state, broken), withRead(view, state.text, broken)]) {
      expect(opened.query).toMatchObject({ text: "org:12 and", filter: query.filter });
      expect(opened.asked, "exported under its own text").toEqual({ text: "org:12", filter: query.filter });
    }
  });

  it("leaves JSON that could not be read yet where it was", () => {
    const view = withQuestion(FRESH_VIEW, { ...query, json: '{"id": ' });
    for (const reading of [understood, { ...understood, problems: [problem] }])
      expect(withRead(view, "org:15", reading).query.json).toBe('{"id": ');
    const laidOut = withQuestion(FRESH_VIEW, { ...query, json: '{ "organization": 12 }' });
    expect(withRead(laidOut, "org:15", understood).query.json).toBeNull();
  });
});
