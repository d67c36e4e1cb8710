// The desktop window: commands and events over Tauri's IPC.
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { AppEvent } from "../generated/types";
import { CommandError, type Host, toApiError } from "./host";

export const tauri: Host = {
  async call(name, input) {
    try {
      return await invoke(name, { input });
    } catch (refusal) {
      throw new CommandError(toApiError(refusal));
    }
  },
  listen(onEvent, onGap) {
    let stopped = false;
    const unlisten = listen<AppEvent>("muster", (event) => onEvent(event.payload));
    // What happened between the first reads and the subscription is not known: read again.
    unlisten.then(() => !stopped && onGap()).catch(() => undefined);
    return () => {
      stopped = true;
      unlisten.then((stop) => stop()).catch(() => undefined);
    };
  },
};
