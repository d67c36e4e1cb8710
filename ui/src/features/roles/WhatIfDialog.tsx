// What would change if a person had another role, were disabled or deleted, or belonged elsewhere.
// Nothing is sent.
import { Modal, SegmentedControl, Select, Skeleton } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Connection, RulesMatrix, WhatIfDeal } from "../../generated/types";
import { call, toApiError } from "../../host";
import { ErrorBanner } from "../../shared/errors/ErrorBanner";
import type { Picked } from "../../shared/pickers/FoundSelect";
import { OrganizationSelect } from "../../shared/pickers/OrganizationSelect";
import { keys } from "../../shared/reads/keys";
import { LAYERS } from "../../shared/theme/mantine";
import classes from "./WhatIfDialog.module.css";
import { Outcome } from "./WhatIfOutcome";

type Props = {
  opened: boolean;
  onClose: () => void;
  connection: Connection;
  matrix: RulesMatrix;
  person: Picked;
  /** The role that the person has; null if it is not known. */
  role: string | null;
};

export function WhatIfDialog({ opened, onClose, ...rest }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="46rem"
      title={t("rules.what_if.title", { name: rest.person.name })}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <WhatIf {...rest} />
    </Modal>
  );
}

const KINDS = ["role", "move", "disable", "delete"] as const;
type Kind = (typeof KINDS)[number];

function dealOf(kind: Kind, role: string | null, organization: Picked | null): WhatIfDeal | null {
  switch (kind) {
    case "role":
      return role === null ? null : { kind, role };
    case "move":
      return organization === null ? null : { kind, organization: organization.id };
    default:
      return { kind };
  }
}

function WhatIf({ connection, matrix, person, role }: Omit<Props, "opened" | "onClose">) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<Kind>("role");
  const [to, setTo] = useState<string | null>(null);
  const [organization, setOrganization] = useState<Picked | null>(null);
  const [assumed, setAssumed] = useState<string | null>(null);
  const deal = dealOf(kind, to, organization);
  const request = {
    connection: connection.id,
    person: person.id,
    deal: deal ?? { kind: "delete" as const },
    assumed,
  };
  const found = useQuery({
    queryKey: keys.whatIf(request),
    queryFn: () => call("what_if", request),
    enabled: deal !== null,
    placeholderData: keepPreviousData,
  });
  const roles = matrix.roles.map(({ id, name }) => ({ value: id, label: name }));
  const select = { comboboxProps: { portalProps: { target: `#${LAYERS}` } } };
  return (
    <div className={classes.whatIf}>
      <SegmentedControl
        fullWidth
        aria-label={t("rules.what_if.what")}
        value={kind}
        onChange={(next) => setKind(KINDS.find((own) => own === next) ?? "role")}
        data={KINDS.map((value) => ({ value, label: t(`rules.what_if.kinds.${value}`) }))}
      />
      <div className={classes.fields}>
        {role === null && (
          <Select
            {...select}
            label={t("rules.what_if.assumed")}
            description={t("rules.what_if.assumed_hint")}
            placeholder={t("value.unknown")}
            clearable
            clearButtonProps={{ "aria-label": t("clear_field", { name: t("rules.what_if.assumed") }) }}
            data={roles}
            value={assumed}
            onChange={setAssumed}
          />
        )}
        {kind === "role" && (
          <Select
            {...select}
            label={t("rules.what_if.to")}
            placeholder={t("rules.what_if.to_example")}
            data={roles.map((own) => ({ ...own, disabled: own.value === (role ?? assumed) }))}
            value={to}
            onChange={setTo}
          />
        )}
        {kind === "move" && (
          <OrganizationSelect
            connection={connection.id}
            label={t("rules.what_if.move_to")}
            placeholder={t("rules.key.organization_example")}
            value={organization}
            onChange={setOrganization}
          />
        )}
      </div>
      {deal !== null && found.error && (
        <ErrorBanner error={toApiError(found.error)} remedies={{ try_again: () => found.refetch() }} />
      )}
      {deal === null ? (
        <p className={classes.quiet}>{t("rules.what_if.hint")}</p>
      ) : found.data ? (
        <Outcome outcome={found.data} ofRole={kind === "role"} stale={found.isPlaceholderData} />
      ) : (
        !found.error && <Skeleton height={140} />
      )}
      <p className={classes.foot}>{t("rules.what_if.nothing_sent")}</p>
    </div>
  );
}
