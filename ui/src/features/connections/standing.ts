// How a connection stands, in one word: from what the last contact with the vendor said.
import type { Connection } from "../../generated/types";

export type Standing = "untried" | "live" | "offline" | "locked" | "absent" | "refused" | "trouble";

export function standingOf({ link, practice_network }: Connection): Standing {
  // Switched off by hand: that is known without a contact.
  if (!practice_network) return "offline";
  if (link.state !== "error") return link.state;
  switch (link.error.code) {
    case "offline":
      return "offline";
    case "keyring_locked":
    case "keyring_denied":
      return "locked";
    case "keyring_absent":
      return "absent";
    case "refused":
    case "denied":
    case "secret_missing":
      return "refused";
    case "rate_limited":
    case "canceled":
    case "busy":
      return "live";
    default:
      return "trouble";
  }
}
