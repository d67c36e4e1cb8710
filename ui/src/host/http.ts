// A browser against devhost: commands as POST requests, events as server-sent events.
import type { AppEvent } from "../generated/types";
import { CommandError, type Host, named, toApiError } from "./host";

const token = (() => {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="muster-token"]')?.content;
  return meta || new URLSearchParams(location.search).get("token") || "";
})();

/** What a name must not have in any file system. */
const NOT_IN_NAMES = /[\\/:*?"<>|]/g;

/** Browsers allow 64 KiB of such requests at once; a character has up to three bytes. */
const KEEPALIVE_CHARACTERS = 20_000;

export const http: Host = {
  choosesFiles: false,
  async closing() {},
  // A browser cannot name a file to another program: exports go to a folder of the profile.
  async chooseSave({ name, extension }) {
    const folder = document.querySelector<HTMLMetaElement>('meta[name="muster-downloads"]')?.content;
    return folder ? `${folder}/${named(name, extension).replace(NOT_IN_NAMES, "_")}` : null;
  },
  async chooseOpen() {
    return null;
  },
  async call(name, input) {
    const body = JSON.stringify(input);
    let response: Response;
    try {
      response = await fetch(`/api/${name}`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-muster-token": token },
        body,
        // Lets the last workspace_set leave while the page is closing; a browser refuses it to long ones.
        keepalive: (name === "workspace_set" || name === "last_set") && body.length < KEEPALIVE_CHARACTERS,
      });
    } catch (cause) {
      throw new CommandError({ code: "internal", message: `devhost does not answer: ${cause}`, details: {} });
    }
    const answer: unknown = await response.json().catch(() => null);
    if (!response.ok) {
      throw new CommandError(
        answer === null
          ? {
              code: "internal",
              message: `devhost answered ${response.status}`,
              details: { status: response.status },
            }
          : toApiError(answer),
      );
    }
    return answer as never;
  },
  listen(onEvent, onGap) {
    const source = new EventSource(`/events?token=${encodeURIComponent(token)}`);
    source.onopen = onGap;
    source.onmessage = (message) => onEvent(JSON.parse(message.data) as AppEvent);
    return () => source.close();
  },
};
