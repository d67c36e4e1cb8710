// Everybody who is selected, as what an act is done to.
import type { ActTarget, Who } from "../../generated/types";
import { call } from "../../host";

/** So many are read at once. */
const BLOCK = 1000;

export async function targetsOf(who: Who): Promise<ActTarget[]> {
  const found: ActTarget[] = [];
  for (;;) {
    const { rows, total } = await call("people_query", {
      who: { ...who, source: "mirror" },
      sort: [{ by: "name", direction: "ASC" }],
      offset: found.length,
      limit: BLOCK,
      remember: null,
    });
    found.push(...rows.map(({ id, name }): ActTarget => ({ thing: "person", id: String(id), name })));
    if (rows.length === 0 || found.length >= total) return found;
  }
}
