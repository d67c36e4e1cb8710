// The desktop window: commands and events over Tauri's IPC.
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { open, save } from "@tauri-apps/plugin-dialog";
import type { AppEvent } from "../generated/types";
import { CommandError, type Host, named, type OpenChoice, toApiError } from "./host";

const filters = ([first, ...others]: OpenChoice["extensions"]) => [
  { name: first.toUpperCase(), extensions: [first, ...others] },
];

export const tauri: Host = {
  choosesFiles: true,
  closing: (answer) => invoke("closing", { input: answer }),
  async chooseSave({ name, extension, title }) {
    const path = await save({ title, defaultPath: named(name, extension), filters: filters([extension]) });
    // Some systems leave the ending to the program.
    return path === null ? null : named(path, extension);
  },
  chooseOpen: ({ extensions, title }) =>
    open({ title, multiple: false, directory: false, filters: filters(extensions) }),
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
    unlisten
      .then(() => {
        if (stopped) return;
        // What happened between the first reads and the subscription is not known: read again.
        onGap();
        // Links that came before are told now.
        return invoke("listening");
      })
      .catch(() => undefined);
    return () => {
      stopped = true;
      unlisten.then((stop) => stop()).catch(() => undefined);
    };
  },
};
