// Copies to the clipboard what is still on its way.
import type { CopiedPeople, PeopleCopy } from "../../generated/types";
import { call } from "../../host";

/** Copies a text that may be on its way: it is promised while the press that asked for it still counts as one. */
export async function copyText(promised: string | Promise<string>): Promise<void> {
  const text = Promise.resolve(promised);
  if (typeof ClipboardItem === "function" && navigator.clipboard.write) {
    const blob = text.then((ready) => new Blob([ready], { type: "text/plain" }));
    // If there is no text, why not is the one to tell, not the clipboard's word for it.
    const written = navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    await Promise.all([text, written.catch(() => text)]);
    await written;
  } else {
    await navigator.clipboard.writeText(await text);
  }
}

export async function copyPeople(request: PeopleCopy): Promise<CopiedPeople> {
  const copied = call("people_copy", request);
  await copyText(copied.then(({ text }) => text));
  return copied;
}
