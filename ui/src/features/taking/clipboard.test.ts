import { afterEach, describe, expect, it, vi } from "vitest";
import { copyText } from "./clipboard";

vi.mock("../../host", () => ({ call: () => Promise.reject(new Error("nobody asks")) }));

/** A clipboard that takes what is promised, or refuses. */
function stubClipboard(write: (text: Promise<string>) => Promise<void>) {
  vi.stubGlobal(
    "ClipboardItem",
    class {
      constructor(readonly parts: Record<string, Promise<Blob>>) {}
    },
  );
  vi.stubGlobal("navigator", {
    clipboard: {
      write: ([item]: [{ parts: Record<string, Promise<Blob>> }]) =>
        write(Promise.resolve(item.parts["text/plain"]).then((blob) => blob?.text() ?? "")),
    },
  });
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("copying a text", () => {
  it("asks the clipboard at once, and is done when the text stands in it", async () => {
    let inIt = "";
    const write = vi.fn(async (text: Promise<string>) => {
      inIt = await text;
    });
    stubClipboard(write);
    let arrive = (_: string) => {};
    const copied = copyText(
      new Promise<string>((resolve) => {
        arrive = resolve;
      }),
    );
    expect(write, "while the press counts").toHaveBeenCalledOnce();
    arrive("curl …");
    await copied;
    expect(inIt).toBe("curl …");
  });

  it("says why there is no text, rather than that the clipboard got none", async () => {
    stubClipboard((text) =>
      text.then(
        () => {},
        () => Promise.reject(new Error("NotAllowedError")),
      ),
    );
    await expect(copyText(Promise.reject(new Error("no vendor")))).rejects.toThrow("no vendor");
  });

  it("does not pass for done when the clipboard refuses", async () => {
    stubClipboard(() => Promise.reject(new Error("NotAllowedError")));
    await expect(copyText("a")).rejects.toThrow("NotAllowedError");
  });
});
