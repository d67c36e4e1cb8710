// The left side: connection, places, freshness of the mirror, what runs.
import { UnstyledButton } from "@mantine/core";
import { IconKeyboard } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ConnectionSwitcher } from "../features/connections/ConnectionSwitcher";
import type { Connection } from "../generated/types";
import { useFormat } from "../shared/format/useFormat";
import { ariaKeys } from "../shared/keys/actions";
import { Hint } from "../shared/keys/Hint";
import { useConnections } from "../shared/reads/app";
import { usePlansWaiting } from "../shared/reads/plans";
import { Freshness } from "./Freshness";
import { ADDRESSES, PLACES, type PlaceId } from "./places";
import classes from "./Sidebar.module.css";

type Props = {
  current: Connection;
  place: PlaceId;
  go: (place: PlaceId, connection?: string) => void;
  onShortcuts: () => void;
};

export function Sidebar({ current, place, go, onShortcuts }: Props) {
  const { t } = useTranslation();
  const connections = useConnections();
  const format = useFormat();
  const waiting = usePlansWaiting(current);
  const waits = t("plans.waiting", { count: waiting, n: format.number(waiting) });
  return (
    <aside className={classes.sidebar} aria-label={t("sidebar")}>
      <ConnectionSwitcher
        connections={connections}
        current={current}
        onChoose={(connection) => go(place === "settings" ? "people" : place, connection)}
      />
      <nav className={classes.places} aria-label={t("places.label")}>
        {PLACES.map(({ id, icon: Icon, action }) => (
          <Hint key={id} label={t(`places.${id}`)} action={action} position="right">
            <Link
              to={ADDRESSES[id]}
              params={{ connection: current.id }}
              className={classes.place}
              aria-current={id === place ? "page" : undefined}
              aria-keyshortcuts={ariaKeys(action)}
              aria-label={
                id === "changes" && waiting > 0 ? `${t(`places.${id}`)} ${waits}` : t(`places.${id}`)
              }
              draggable={false}
            >
              <Icon size={18} stroke={1.7} aria-hidden />
              <span>{t(`places.${id}`)}</span>{" "}
              {id === "changes" && waiting > 0 && (
                <b className={classes.badge} title={waits} aria-hidden>
                  {format.number(waiting)}
                </b>
              )}
            </Link>
          </Hint>
        ))}
      </nav>
      <span className={classes.gap} />
      <Hint label={t("shortcuts.title")} action="shortcuts" position="right">
        <UnstyledButton
          className={classes.place}
          onClick={onShortcuts}
          aria-label={t("shortcuts.title")}
          aria-keyshortcuts={ariaKeys("shortcuts")}
        >
          <IconKeyboard size={18} stroke={1.7} aria-hidden />
          <span>{t("shortcuts.title")}</span>
        </UnstyledButton>
      </Hint>
      <Freshness connection={current} />
    </aside>
  );
}
