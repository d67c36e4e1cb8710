// Every keyboard action of the window: its id, its default keys, where it is listed.

/** "mod" is Cmd on macOS and Ctrl elsewhere. */
export type Combo = { mod?: boolean; shift?: boolean; key: string };

export type ActionGroup = "everywhere" | "people" | "grid";
type Action = { combos: Combo[]; group: ActionGroup; listedOnly?: boolean };

export const ACTIONS = {
  palette: { combos: [{ mod: true, key: "k" }], group: "everywhere" },
  search: { combos: [{ mod: true, key: "f" }], group: "everywhere" },
  refresh: { combos: [{ mod: true, key: "r" }], group: "everywhere" },
  undo: { combos: [{ mod: true, key: "z" }], group: "everywhere" },
  new_person: { combos: [{ mod: true, key: "n" }], group: "everywhere" },
  import: { combos: [{ mod: true, key: "i" }], group: "everywhere" },
  people: { combos: [{ mod: true, key: "1" }], group: "everywhere" },
  organizations: { combos: [{ mod: true, key: "2" }], group: "everywhere" },
  roles: { combos: [{ mod: true, key: "3" }], group: "everywhere" },
  changes: { combos: [{ mod: true, key: "4" }], group: "everywhere" },
  activity: { combos: [{ mod: true, key: "7" }], group: "everywhere" },
  settings: {
    combos: [
      { mod: true, key: "," },
      { mod: true, key: "8" },
    ],
    group: "everywhere",
  },
  shortcuts: { combos: [{ key: "?" }], group: "everywhere" },
  query: { combos: [{ mod: true, shift: true, key: "f" }], group: "people" },
  run: { combos: [{ key: "Enter" }], group: "people", listedOnly: true },
  views: { combos: [{ mod: true, key: "o" }], group: "people" },
  save_view: { combos: [{ mod: true, key: "s" }], group: "people" },
  save_view_as: { combos: [{ mod: true, shift: true, key: "s" }], group: "people" },
  recents: { combos: [{ mod: true, shift: true, key: "h" }], group: "people" },
  facets: { combos: [{ mod: true, key: "b" }], group: "people" },
  as_of: { combos: [{ mod: true, key: "d" }], group: "people" },
  possible: { combos: [{ mod: true, shift: true, key: "p" }], group: "people" },
  columns: { combos: [{ mod: true, shift: true, key: "l" }], group: "people" },
  compare: { combos: [{ mod: true, shift: true, key: "d" }], group: "people" },
  export: { combos: [{ mod: true, shift: true, key: "e" }], group: "people" },
  move: { combos: [{ key: "ArrowUp" }, { key: "ArrowDown" }], group: "grid", listedOnly: true },
  page: { combos: [{ key: "PageUp" }, { key: "PageDown" }], group: "grid", listedOnly: true },
  ends: { combos: [{ key: "Home" }, { key: "End" }], group: "grid", listedOnly: true },
  open: { combos: [{ key: "Enter" }], group: "grid", listedOnly: true },
  select: { combos: [{ key: "Space" }], group: "grid", listedOnly: true },
  extend: {
    combos: [
      { shift: true, key: "ArrowUp" },
      { shift: true, key: "ArrowDown" },
    ],
    group: "grid",
    listedOnly: true,
  },
  select_all: { combos: [{ mod: true, key: "a" }], group: "grid", listedOnly: true },
  copy: { combos: [{ mod: true, key: "c" }], group: "grid", listedOnly: true },
  sort_more: { combos: [{ shift: true, key: "Enter" }], group: "grid", listedOnly: true },
  close: { combos: [{ key: "Escape" }], group: "grid" },
  leave: { combos: [{ key: "Tab" }], group: "grid", listedOnly: true },
} as const satisfies Record<string, Action>;

export type ActionId = keyof typeof ACTIONS;
export const ACTION_IDS = Object.keys(ACTIONS) as ActionId[];

export const isMac = /Mac|iPhone|iPad/.test(typeof navigator === "undefined" ? "" : navigator.platform);

type KeyPress = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

function fits(combo: Combo, press: KeyPress, mac: boolean): boolean {
  const mod = mac ? press.metaKey : press.ctrlKey;
  const otherMod = mac ? press.ctrlKey : press.metaKey;
  if (mod !== Boolean(combo.mod) || otherMod || press.altKey) return false;
  // Digits by place, because they need Shift on a French or Belgian keyboard.
  if (/^\d$/.test(combo.key)) return press.code === `Digit${combo.key}` || press.key === combo.key;
  if (combo.mod && press.shiftKey !== Boolean(combo.shift)) return false;
  return press.key.toLowerCase() === combo.key.toLowerCase();
}

/** The action of a key press; null if none. */
export function actionOf(press: KeyPress, mac: boolean = isMac): ActionId | null {
  return (
    ACTION_IDS.find((id) => {
      const action: Action = ACTIONS[id];
      return !action.listedOnly && action.combos.some((combo) => fits(combo, press, mac));
    }) ?? null
  );
}

/** Whether a press belongs to the field that has the focus: everything without Ctrl or Cmd, and taking back what was typed. */
export function isTyping(press: KeyPress & { target: EventTarget | null }): boolean {
  if ((press.ctrlKey || press.metaKey) && press.key.toLowerCase() !== "z") return false;
  return isField(press.target);
}

/** Whether somebody types into it. */
export function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  // Nobody types into a switch or a slider.
  if (target instanceof HTMLInputElement)
    return !/^(radio|checkbox|range|button|submit|file)$/.test(target.type);
  return target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName);
}

const SYMBOLS: Record<string, string> = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  PageUp: "PgUp",
  PageDown: "PgDn",
  Escape: "Esc",
};

/** The keys of a combo as they are printed on the keyboard. */
export function keycaps(combo: Combo, mac: boolean = isMac): string[] {
  const caps: string[] = [];
  if (combo.mod) caps.push(mac ? "⌘" : "Ctrl");
  if (combo.shift) caps.push(mac ? "⇧" : "Shift");
  caps.push(SYMBOLS[combo.key] ?? (combo.key.length === 1 ? combo.key.toUpperCase() : combo.key));
  return caps;
}

/** The value of aria-keyshortcuts. */
export function ariaKeys(id: ActionId): string {
  return ACTIONS[id].combos
    .map((combo: Combo) =>
      [combo.mod && (isMac ? "Meta" : "Control"), combo.shift && "Shift", combo.key]
        .filter(Boolean)
        .join("+"),
    )
    .join(" ");
}
