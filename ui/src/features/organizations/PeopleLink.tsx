// How many people an organization has; leads to them.
import { UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { OrganizationRow } from "../../generated/types";
import { useFormat } from "../../shared/format/useFormat";
import classes from "./PeopleLink.module.css";

type Props = { organization: OrganizationRow; count: number; onPeople: () => void };

export function PeopleLink({ organization, count, onPeople }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <UnstyledButton
      className={classes.link}
      tabIndex={-1}
      aria-label={t("organizations.show_people", { count, n: format.number(count), name: organization.name })}
      onClick={onPeople}
    >
      {format.number(count)}
    </UnstyledButton>
  );
}
