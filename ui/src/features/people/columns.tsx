// The columns of People.
import type { TFunction } from "i18next";
import type { Moment, OrganizationRef, PersonRow } from "../../generated/types";
import type { useFormat } from "../../shared/format/useFormat";
import type { Column, Tone } from "../../shared/grid/Grid";
import { PresenceMark } from "./PresenceMark";

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

const momentText = (moment: Moment, t: TFunction, format: Format) =>
  moment.known === "yes" ? format.date(moment.at) : t(`value.${moment.known}`);

const momentTone = (moment: Moment): Tone => (moment.known === "yes" ? undefined : moment.known);

export function peopleColumns(t: TFunction, format: Format): Column<PersonRow>[] {
  return [
    { id: "id", header: t("columns.id"), width: 84, numeric: true, text: (row) => String(row.id) },
    {
      id: "name",
      header: t("columns.name"),
      width: 260,
      grows: true,
      text: (row) => row.name,
      draw: (row) =>
        row.presence === "present" ? null : <PresenceMark name={row.name} presence={row.presence} />,
    },
    {
      id: "organization",
      header: t("columns.organization"),
      width: 260,
      grows: true,
      text: (row) => organizationText(row.organization, t),
      tone: (row) => organizationTone(row.organization),
    },
    {
      id: "created_at",
      header: t("columns.created_at"),
      width: 124,
      numeric: true,
      text: (row) => momentText(row.created_at, t, format),
      tone: (row) => momentTone(row.created_at),
    },
    {
      id: "updated_at",
      header: t("columns.updated_at"),
      width: 124,
      numeric: true,
      text: (row) => momentText(row.updated_at, t, format),
      tone: (row) => momentTone(row.updated_at),
    },
  ];
}
