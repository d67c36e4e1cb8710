// A place that could not be read at all.
import {
  IconAlertTriangle,
  IconCloudOff,
  IconDatabaseOff,
  IconHourglass,
  IconKeyOff,
  IconLock,
  IconShieldOff,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import type { ApiError, ErrorCode } from "../../generated/types";
import { Violations } from "../errors/ErrorBanner";
import { RemedyButton } from "../errors/RemedyButton";
import type { Remedies } from "../errors/remedies";
import { useErrorWords } from "../errors/useErrorWords";
import { PlaceState } from "./PlaceState";
import classes from "./PlaceState.module.css";

const ICONS: Partial<Record<ErrorCode, ComponentType<{ size: number; stroke: number }>>> = {
  offline: IconCloudOff,
  refused: IconKeyOff,
  denied: IconShieldOff,
  rate_limited: IconHourglass,
  keyring_locked: IconLock,
  keyring_absent: IconLock,
  keyring_denied: IconLock,
  secret_missing: IconKeyOff,
  never_synced: IconDatabaseOff,
};

export function ErrorState({ error, remedies }: { error: ApiError; remedies: Remedies }) {
  const words = useErrorWords()(error);
  const Icon = ICONS[error.code] ?? IconAlertTriangle;
  return (
    <PlaceState
      icon={<Icon size={26} stroke={1.6} />}
      tone={error.code === "never_synced" ? "calm" : "warn"}
      title={words.title}
      body={
        <>
          <p>{words.body}</p>
          {words.vendor && <p className={classes.vendor}>{words.vendor}</p>}
          <Violations error={error} />
        </>
      }
      button={<RemedyButton error={error} remedies={remedies} />}
    />
  );
}
