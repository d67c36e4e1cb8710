import { act } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Connection } from "../../generated/types";
import { Announcements } from "../../shared/states/announce";
import { settled, show } from "../../shared/testing/show";
import { QueryBar } from "./QueryBar";
import { EVERYBODY } from "./query";

vi.mock("../../host", () => ({
  toApiError: (error: unknown) => error,
  listen: () => () => {},
  call: () => Promise.reject({ code: "damaged_file", message: "", details: {} }),
}));

let shown: ReturnType<typeof show>;
afterEach(() => shown.end());

describe("JSON that is kept beside the question", () => {
  it("can be let go without opening it", async () => {
    const told: (string | null)[] = [];
    shown = show(
      <QueryBar
        connection={{ id: "c", identifiers: [] } as unknown as Connection}
        source="mirror"
        query={{ ...EVERYBODY, json: "{ half" }}
        onChange={({ json }) => told.push(json)}
        onRun={() => {}}
        result={null}
      />,
    );
    await shown.drawn;
    await act(async () => import("./text/TextFace"));
    await settled();
    const buttons = [...document.querySelectorAll("button")];
    await act(async () => buttons.find(({ textContent }) => textContent === "Discard it")?.click());
    expect(told).toEqual([null]);
    expect(document.activeElement?.className).toContain("cm-content");
  });
});

describe("a question that cannot be read now", () => {
  it("says why, aloud and with the field", async () => {
    shown = show(
      <>
        <Announcements />
        <QueryBar
          connection={{ id: "c", identifiers: [] } as unknown as Connection}
          source="mirror"
          query={EVERYBODY}
          onChange={() => {}}
          onRun={() => {}}
          result={null}
        />
      </>,
    );
    await shown.drawn;
    await act(async () => import("./text/TextFace"));
    await settled();
    const why = "The copy on this computer is damaged";
    expect(document.querySelector("[role=status]")?.textContent).toContain(why);
    const described = document.querySelector(".cm-content")?.getAttribute("aria-describedby") ?? "";
    expect(document.getElementById(described)?.textContent).toContain(why);
  });
});
