// The places of the window, in the order of the sidebar.
import {
  IconBuilding,
  IconFileDiff,
  IconHistory,
  IconSettings,
  IconShieldCheck,
  IconUsers,
} from "@tabler/icons-react";
import type { ActionId } from "../shared/keys/actions";

export type PlaceId = "people" | "organizations" | "roles" | "changes" | "activity" | "settings";

export const PLACES = [
  { id: "people", icon: IconUsers, action: "people" },
  { id: "organizations", icon: IconBuilding, action: "organizations" },
  { id: "roles", icon: IconShieldCheck, action: "roles" },
  { id: "changes", icon: IconFileDiff, action: "changes" },
  { id: "activity", icon: IconHistory, action: "activity" },
  { id: "settings", icon: IconSettings, action: "settings" },
] as const satisfies ReadonlyArray<{ id: PlaceId; icon: unknown; action: ActionId }>;

export const ADDRESSES = {
  people: "/$connection/people",
  organizations: "/$connection/organizations",
  roles: "/$connection/roles",
  changes: "/$connection/changes",
  activity: "/$connection/activity",
  settings: "/settings",
} as const satisfies Record<PlaceId, string>;

export const isPlace = (text: string | null | undefined): text is PlaceId =>
  PLACES.some((place) => place.id === text);
