// The one door to Rust. Nothing else imports @tauri-apps or knows about HTTP.
import type { Commands } from "../generated/commands";
import type { CommandName, Host } from "./host";
import { http } from "./http";
import { tauri } from "./tauri";

export { CommandError, toApiError } from "./host";

const host: Host = "__TAURI_INTERNALS__" in window ? tauri : http;

/** Runs a command; rejects with a CommandError. */
export function call<N extends CommandName>(
  name: N,
  input: Commands[N]["input"],
): Promise<Commands[N]["output"]> {
  return host.call(name, input);
}

export const listen: Host["listen"] = (onEvent, onGap) => host.listen(onEvent, onGap);
