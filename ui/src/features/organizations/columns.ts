// The columns of Organizations: those of its platform.
import type { TFunction } from "i18next";
import type { Connection, OrganizationRow, TextFact } from "../../generated/types";
import type { useFormat } from "../../shared/format/useFormat";
import type { Column } from "../../shared/grid/columns";
import classes from "./PeopleLink.module.css";

const factTone = (fact: TextFact | undefined) => (!fact || fact.known === "yes" ? undefined : fact.known);

export function organizationColumns(
  connection: Connection,
  t: TFunction,
  format: ReturnType<typeof useFormat>,
  /** Shows what runs for an organization. */
  onCheck: (row: OrganizationRow) => void,
): Column<OrganizationRow>[] {
  const factText = (fact: TextFact | undefined) =>
    !fact ? "" : fact.known === "yes" ? fact.text : t(`value.${fact.known}`);
  return [
    { id: "id", header: t("columns.id"), width: 84, numeric: true, text: (row) => String(row.id) },
    { id: "name", header: t("columns.name"), width: 280, grows: true, text: (row) => row.name },
    {
      id: "kind",
      header: t("columns.kind"),
      width: 184,
      text: ({ kind }) =>
        kind.known === "yes" ? t(`kinds.${kind.text}`, { defaultValue: kind.text }) : factText(kind),
      tone: (row) => factTone(row.kind),
    },
    ...connection.identifiers.map((identifier): Column<OrganizationRow> => {
      const of = (row: OrganizationRow) => row.identifiers.find(({ kind }) => kind === identifier)?.value;
      return {
        id: identifier,
        header: t(`identifiers.${identifier}`),
        width: 140,
        numeric: true,
        text: (row) => factText(of(row)),
        tone: (row) => factTone(of(row)),
      };
    }),
    {
      id: "people",
      header: t("columns.people"),
      width: 104,
      numeric: true,
      text: (row) => (row.people === null ? t("value.unknown") : format.number(row.people)),
      tone: (row) => (row.people === null ? "unknown" : undefined),
      draw: (row) =>
        row.people === null
          ? null
          : rowLink(
              format.number(row.people),
              t("organizations.show_people", {
                count: row.people,
                n: format.number(row.people),
                name: row.name,
              }),
            ),
    },
    {
      id: "subscriptions",
      header: t("acts.subscriptions.title"),
      width: 128,
      text: () => t("acts.subscriptions.check"),
      draw: (row) =>
        rowLink(t("acts.subscriptions.check"), t("acts.subscriptions.check_of", { name: row.name })),
      act: onCheck,
    },
  ];
}

/** Looks like a link, so that it is seen what a click on the cell does. */
function rowLink(text: string, label: string): HTMLElement {
  const link = document.createElement("button");
  link.type = "button";
  link.tabIndex = -1;
  link.className = classes.link ?? "";
  link.textContent = text;
  link.setAttribute("aria-label", label);
  return link;
}
