// Above Organizations: a new one, or one that is there already, linked by its id.
import { Button, Menu } from "@mantine/core";
import { IconBuildingPlus, IconChevronDown, IconLink } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useActWords } from "../../shared/acts/useActWords";
import { isRefused, useMay } from "../../shared/rules/rules";
import { useRuleWords } from "../../shared/rules/useRuleWords";
import { ActItem } from "./ActItem";
import { openActForm } from "./dialogs";

const ACTS = [
  { act: "organization.create", icon: IconBuildingPlus },
  { act: "organization.link", icon: IconLink },
] as const;

export function OrganizationActs({ connection }: { connection: string }) {
  const { t } = useTranslation();
  const words = useActWords();
  const rules = useRuleWords();
  const { data: answers } = useMay({ connection, actions: ACTS.map(({ act }) => act) });
  return (
    <Menu position="bottom-end" width={290}>
      <Menu.Target>
        <Button
          leftSection={<IconBuildingPlus size={16} stroke={1.8} />}
          rightSection={<IconChevronDown size={14} stroke={1.8} />}
        >
          {t("acts.add")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {ACTS.map(({ act, icon: Icon }) => {
          const answer = answers?.find(({ action }) => action === act);
          return (
            <ActItem
              key={act}
              label={words.act(act)}
              icon={<Icon size={16} stroke={1.7} />}
              refusal={answer && isRefused(answer) ? rules.why(answer) : null}
              onClick={() => openActForm({ connection, act })}
            />
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
