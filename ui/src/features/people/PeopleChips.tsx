// What narrows People besides the search: an organization, those who are missing.
import { useTranslation } from "react-i18next";
import type { Connection } from "../../generated/types";
import { useFormat } from "../../shared/format/useFormat";
import { Chip, Chips } from "../../shared/states/Chips";
import type { PeopleView } from "./view";

type Props = {
  connection: Connection;
  view: PeopleView;
  change: (update: (view: PeopleView) => PeopleView) => void;
};

export function PeopleChips({ connection, view, change }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const missing = connection.mirror.missing + connection.mirror.gone;
  const offersMissing = view.source === "mirror" && (missing > 0 || view.seen === "missing");
  if (!view.organization && !offersMissing) return null;
  return (
    <Chips>
      {view.organization && (
        <Chip
          onRemove={() => change((now) => ({ ...now, organization: null }))}
          removeLabel={t("people.drop_organization", { name: view.organization.name })}
        >
          {t("people.organization_chip", { name: view.organization.name })}
        </Chip>
      )}
      {offersMissing && (
        <Chip
          pressed={view.seen === "missing"}
          onToggle={() => change((now) => ({ ...now, seen: now.seen === "missing" ? "present" : "missing" }))}
        >
          {t("people.missing", { count: missing, n: format.number(missing) })}
        </Chip>
      )}
    </Chips>
  );
}
