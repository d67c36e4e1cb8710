// A browser against devhost: commands as POST requests, events as server-sent events.
import type { AppEvent } from "../generated/types";
import { CommandError, type Host, named, toApiError } from "./host";

const token = (() => {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="muster-token"]')?.content;
  return meta || new URLSearchParams(location.search).get("token") || "";
})();

/** What a name must not have in any file system. */
const NOT_IN_NAMES = /[\\/:*?"<>|]/g;

export const http: Host = {
  choosesFiles: false,
  // A browser cannot name a file to another program: exports go to a folder of the profile.
  async chooseSave({ name, extension }) {
    const folder = document.querySelector<HTMLMetaElement>('meta[name="muster-downloads"]')?.content;
    return folder ? `${folder}/${named(name, extension).replace(NOT_IN_NAMES, "_")}` : null;
  },
  async chooseOpen() {
    return null;
  },
  async call(name, input) {
    let response: Response;
    try {
      response = await fetch(`/api/${name}`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-muster-token": token },
        body: JSON.stringify(input),
        // Lets the last workspace_set leave while the page is closing.
        keepalive: name === "workspace_set" || name === "last_set",
      });
    } catch (cause) {
      throw new CommandError({ code: "internal", message: `devhost does not answer: ${cause}`, details: {} });
    }
    const body: unknown = await response.json().catch(() => null);
    if (!response.ok) {
      throw new CommandError(
        body === null
          ? {
              code: "internal",
              message: `devhost answered ${response.status}`,
              details: { status: response.status },
            }
          : toApiError(body),
      );
    }
    return body as never;
  },
  listen(onEvent, onGap) {
    const source = new EventSource(`/events?token=${encodeURIComponent(token)}`);
    source.onopen = onGap;
    source.onmessage = (message) => onEvent(JSON.parse(message.data) as AppEvent);
    return () => source.close();
  },
};
