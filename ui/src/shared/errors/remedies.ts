// For every error code, the one thing that helps. Its words are the keys errors.<code>.title and .body.
import type { ErrorCode } from "../../generated/types";

/** What a button under an error does. */
export type Remedy =
  | "use_mirror"
  | "try_again"
  | "wait"
  | "unlock"
  | "new_secret"
  | "new_signing_key"
  | "test_key"
  | "sync"
  | "set_aside"
  | "clear"
  | "copy_details"
  | "give_up"
  | "type_number"
  | "ask_second_person"
  | "edit";

export const REMEDIES: Record<ErrorCode, Remedy> = {
  offline: "use_mirror",
  refused: "new_secret",
  denied: "test_key",
  rate_limited: "wait",
  invalid: "clear",
  vendor_error: "try_again",
  vendor_changed: "copy_details",
  keyring_locked: "unlock",
  keyring_absent: "try_again",
  keyring_denied: "try_again",
  keyring_too_long: "new_secret",
  secret_missing: "new_secret",
  signing_key_missing: "new_signing_key",
  not_found: "try_again",
  never_synced: "sync",
  newer_file: "copy_details",
  damaged_file: "set_aside",
  disk_full: "try_again",
  file_not_written: "try_again",
  file_busy: "try_again",
  file_not_read: "try_again",
  busy: "try_again",
  seal_broken: "give_up",
  secrets_needed: "give_up",
  over_ceiling: "type_number",
  not_plan_file: "try_again",
  file_altered: "copy_details",
  own_plan: "copy_details",
  approval_of_another: "copy_details",
  approval_needed: "ask_second_person",
  no_clipboard: "try_again",
  canceled: "try_again",
  insecure_url: "edit",
  internal: "copy_details",
};

/** What a place can do about errors. What it leaves out falls back to trying again, then to copying. */
export type Remedies = Partial<Record<Exclude<Remedy, "copy_details" | "wait" | "unlock">, () => void>> & {
  /** What `clear` clears, for its words; without it search and filter. */
  cleared?: Cleared;
};

/** What narrows a list. */
export type Cleared = "search" | "filters" | "both";

/** The button to offer: the code's own remedy where the place has it, otherwise the next best one. */
export function remedyFor(code: ErrorCode, remedies: Remedies): Remedy {
  const wanted = REMEDIES[code];
  if (wanted === "copy_details" || wanted === "wait" || wanted === "unlock" || remedies[wanted])
    return wanted;
  return remedies.try_again ? "try_again" : "copy_details";
}
