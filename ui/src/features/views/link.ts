// A view as a link that can be shared.
import type { ViewState } from "../../generated/types";
import { CommandError, call, toApiError } from "../../host";

/** The part of the request that is told to be wrong when a view is too long for a link. */
const LINK = "link";

export async function linkOf(name: string, state: ViewState): Promise<string> {
  const { link } = await call("view_share", { name, state, path: null });
  if (link !== null) return link;
  const message = "this view is too long for a link";
  throw new CommandError({ code: "invalid", message, details: { violations: [{ path: LINK, message }] } });
}

/** Whether there is no link because only a file can hold the view. */
export function isTooLong(refusal: unknown): boolean {
  const { code, details } = toApiError(refusal);
  return code === "invalid" && (details.violations ?? []).some(({ path }) => path === LINK);
}
