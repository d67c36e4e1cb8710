// The nonce that lets Mantine and the grid add their style elements under the window's content policy.

import { setNonce } from "get-nonce";

/** The nonce the host gave to index.html's empty style element; undefined where it gave none. */
export function styleNonce(): string | undefined {
  const element = document.getElementById("style-nonce");
  return element?.nonce || element?.getAttribute("nonce") || undefined;
}

/** Tells the libraries that cannot be told by a property. */
export function shareNonce(): void {
  const nonce = styleNonce();
  if (nonce) setNonce(nonce);
}
