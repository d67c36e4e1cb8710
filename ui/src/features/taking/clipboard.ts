// Copies people to the clipboard.
import type { CopiedPeople, PeopleCopy } from "../../generated/types";
import { call } from "../../host";

/** Copies; the text is on its way while the press that asked for it still counts as one. */
export async function copyPeople(request: PeopleCopy): Promise<CopiedPeople> {
  const copied = call("people_copy", request);
  if (typeof ClipboardItem === "function" && navigator.clipboard.write) {
    const blob = copied.then(({ text }) => new Blob([text], { type: "text/plain" }));
    // The refusal of the command is the one to tell, not the clipboard's word for it.
    const written = navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    await Promise.all([copied, written.catch(() => copied)]);
    await written;
  } else {
    await navigator.clipboard.writeText((await copied).text);
  }
  return copied;
}
