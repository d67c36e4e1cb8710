import { describe, expect, it } from "vitest";
import { actionOf, isTyping, keycaps } from "./actions";

const press = (key: string, more: Partial<KeyboardEvent> = {}) => ({
  key,
  code: "",
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

describe("keys", () => {
  it("uses Ctrl on Linux and Windows, Cmd on macOS", () => {
    expect(actionOf(press("k", { ctrlKey: true }), false)).toBe("palette");
    expect(actionOf(press("k", { metaKey: true }), true)).toBe("palette");
    expect(actionOf(press("k", { ctrlKey: true }), true)).toBeNull();
  });

  it("leaves combinations with further modifiers alone", () => {
    expect(actionOf(press("G", { ctrlKey: true, shiftKey: true }), false)).toBeNull();
    expect(actionOf(press("F", { ctrlKey: true, shiftKey: true }), false)).toBe("query");
    expect(actionOf(press("f", { ctrlKey: true, altKey: true }), false)).toBeNull();
  });

  it("finds digits by their place on a keyboard where they need Shift", () => {
    expect(actionOf(press("&", { code: "Digit1", ctrlKey: true }), false)).toBe("people");
  });

  it("opens the shortcuts by the sign, wherever it is on the keyboard", () => {
    expect(actionOf(press("?", { shiftKey: true }), false)).toBe("shortcuts");
  });

  it("never fires a bare key while typing in a field, but fires Ctrl combinations", () => {
    const target = document.createElement("input");
    expect(isTyping({ ...press("?"), target })).toBe(true);
    expect(isTyping({ ...press("f", { ctrlKey: true }), target })).toBe(false);
    expect(isTyping({ ...press("?"), target: document.body })).toBe(false);
    const choice = Object.assign(document.createElement("input"), { type: "radio" });
    expect(isTyping({ ...press("?"), target: choice }), "nobody types into a switch").toBe(false);
  });

  it("draws keys as they are printed", () => {
    expect(keycaps({ mod: true, key: "k" }, false)).toEqual(["Ctrl", "K"]);
    expect(keycaps({ mod: true, key: "k" }, true)).toEqual(["⌘", "K"]);
  });
});
