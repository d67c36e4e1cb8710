// The keys of an action, drawn as key caps.
import { Kbd } from "@mantine/core";
import { ACTIONS, type ActionId, type Combo, keycaps } from "./actions";
import classes from "./Keys.module.css";

export function Keys({ action, hidden = true }: { action: ActionId; hidden?: boolean }) {
  const combos: readonly Combo[] = ACTIONS[action].combos;
  return (
    <span className={classes.keys} aria-hidden={hidden}>
      {combos.flatMap((combo) =>
        keycaps(combo).map((cap) => (
          <Kbd key={`${combo.key}${cap}`} size="xs" className={classes.cap}>
            {cap}
          </Kbd>
        )),
      )}
    </span>
  );
}
