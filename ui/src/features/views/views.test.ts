import { describe, expect, it, vi } from "vitest";
import type { View } from "../../generated/types";
import { isTooLong, linkOf } from "./link";
import { isTaken } from "./views";

const host = vi.hoisted(() => ({ call: async (): Promise<unknown> => null }));
vi.mock("../../host", async () => ({
  ...(await vi.importActual<typeof import("../../host/host")>("../../host/host")),
  listen: () => () => {},
  call: () => host.call(),
}));

describe("the name of a view", () => {
  it("is taken whatever its case, accents and blanks, but not by the view itself", () => {
    const views = [{ id: "a", name: " Gérants " }] as View[];
    expect(isTaken(views, "gerants", null)).toBe(true);
    expect(isTaken(views, "GÉRANTS ", "b")).toBe(true);
    expect(isTaken(views, "gérants", "a")).toBe(false);
    expect(isTaken(views, "gérants 2", null)).toBe(false);
  });
});

describe("a view as a link", () => {
  const state = { text: "", columns: [], sort: [], source: "mirror" } as const;

  it("is told from one that is too long for a link, which only a file can hold", async () => {
    const { CommandError } = await import("../../host");
    const refuse = (path: string) => async () => {
      const details = { violations: [{ path, message: "no" }] };
      throw new CommandError({ code: "invalid", message: "no", details });
    };
    const tooLong = async () => linkOf("a", { ...state, columns: [], sort: [] }).then(() => null, isTooLong);
    host.call = async () => ({ link: null, path: null });
    expect(await tooLong()).toBe(true);
    host.call = refuse("link");
    expect(await tooLong()).toBe(true);
    host.call = refuse("name");
    expect(await tooLong()).toBe(false);
    host.call = async () => ({ link: "muster://view/x", path: null });
    expect(await tooLong()).toBeNull();
  });
});
