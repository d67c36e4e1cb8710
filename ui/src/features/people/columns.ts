// The columns of People.
import type { TFunction } from "i18next";
import type {
  Connection,
  IdentifierKind,
  Moment,
  OrganizationRef,
  PersonRow,
  Presence,
  TextFact,
} from "../../generated/types";
import type { useFormat } from "../../shared/format/useFormat";
import type { Column, Tone } from "../../shared/grid/columns";
import classes from "./PresenceMark.module.css";
import { columnName } from "./useColumnNames";

type Format = ReturnType<typeof useFormat>;

export function organizationText(organization: OrganizationRef, t: TFunction): string {
  switch (organization.known) {
    case "yes":
      return organization.name ?? t("people.organization_hidden", { id: organization.id });
    case "none":
      return t("value.none");
    case "unknown":
      return t("value.unknown");
  }
}

const organizationTone = (organization: OrganizationRef): Tone => {
  if (organization.known === "yes") return organization.name === null ? "none" : undefined;
  return organization.known;
};

/** The vendor's own words for a role. */
export const roleText = (role: string, t: TFunction): string => t(`roles.${role}`, { defaultValue: role });

const momentText = (moment: Moment, t: TFunction, format: Format) =>
  moment.known === "yes" ? format.date(moment.at) : t(`value.${moment.known}`);

const factText = (fact: TextFact | undefined, t: TFunction) =>
  fact?.known === "yes" ? fact.text : t(`value.${fact?.known ?? "unknown"}`);

const toneOf = (fact: { known: "yes" | "none" | "unknown" } | undefined): Tone =>
  fact?.known === "yes" ? undefined : (fact?.known ?? "unknown");

/** The column that says why somebody is only a possible match. */
export const REASON = "reason";

export function peopleColumns(connection: Connection, t: TFunction, format: Format): Column<PersonRow>[] {
  const unknown = (fact: { known: string } | undefined) =>
    fact === undefined || fact.known === "unknown" ? t("provenance.unknown") : null;
  const identifier = (kind: IdentifierKind, index: number): Column<PersonRow> => ({
    id: kind,
    header: t(`identifiers.${kind}`),
    width: 140,
    numeric: true,
    text: ({ identifiers }) => factText(identifiers[index], t),
    tone: ({ identifiers }) => toneOf(identifiers[index]),
    hint: ({ identifiers }) => unknown(identifiers[index]),
  });
  const moment = (id: "created_at" | "updated_at"): Column<PersonRow> => ({
    id,
    header: t(`columns.${id}`),
    width: 124,
    numeric: true,
    text: (row) => momentText(row[id], t, format),
    tone: (row) => toneOf(row[id]),
    hint: ({ [id]: at }) => (at.known === "yes" ? format.moment(at.at) : unknown(at)),
  });
  return [
    {
      id: "name",
      header: t("columns.name"),
      width: 240,
      grows: true,
      text: (row) => row.name,
      draw: ({ name, presence }) =>
        presence === "present" ? null : presenceMark(name, presence, t(`presence.${presence}`)),
    },
    {
      id: "organization",
      header: t("columns.organization"),
      width: 240,
      grows: true,
      text: (row) => organizationText(row.organization, t),
      tone: (row) => organizationTone(row.organization),
      hint: (row) => unknown(row.organization),
    },
    {
      id: "role",
      header: t("columns.role"),
      width: 184,
      text: ({ role }) => (role.known === "yes" ? roleText(role.text, t) : factText(role, t)),
      tone: (row) => toneOf(row.role),
      hint: ({ role }) => (role.known === "yes" ? t("people.role_learned") : unknown(role)),
    },
    { id: "id", header: t("columns.id"), width: 92, numeric: true, text: (row) => String(row.id) },
    ...connection.identifiers.map(identifier),
    moment("created_at"),
    moment("updated_at"),
    {
      id: "last_changed",
      header: t("columns.last_changed"),
      width: 136,
      numeric: true,
      text: ({ last_changed: at }) => (at === null ? t("value.unknown") : format.date(at)),
      tone: ({ last_changed }) => (last_changed === null ? "unknown" : undefined),
      hint: ({ last_changed: at }) => (at === null ? t("people.last_changed_unknown") : format.moment(at)),
    },
    {
      id: "presence",
      header: t("columns.presence"),
      width: 112,
      text: ({ presence }) => t(`presence.${presence}`),
    },
    {
      id: REASON,
      header: t("columns.reason"),
      width: 260,
      text: ({ missing_values }) => reasonText(missing_values, t),
    },
  ];
}

/** Why somebody is only a possible match: what is not known of them. */
export function reasonText(missing: readonly string[], t: TFunction): string {
  // What the last sync said is the presence of a person.
  const words = missing.map((id) => columnName(id === "seen" ? "presence" : id, t));
  return t("people.not_known", { values: words.join(", ") });
}

/** A name with the word that the vendor no longer returns it. */
function presenceMark(name: string, presence: Exclude<Presence, "present">, word: string): HTMLElement {
  const line = document.createElement("span");
  line.className = classes.line ?? "";
  const text = document.createElement("span");
  text.className = classes.name ?? "";
  text.textContent = name;
  const mark = document.createElement("span");
  mark.className = classes.mark ?? "";
  mark.dataset.presence = presence;
  mark.textContent = word;
  line.append(text, mark);
  return line;
}
