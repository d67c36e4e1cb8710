// In a person's drawer: what can be changed, the keys, and the person as a template for another one.
import { Button, Menu } from "@mantine/core";
import {
  IconAdjustments,
  IconCalendarDue,
  IconChevronDown,
  IconCopyPlus,
  IconIdBadge2,
  IconKey,
  IconPencil,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { ActTarget, Connection, PersonDetails } from "../../generated/types";
import { useActWords } from "../../shared/acts/useActWords";
import { useAct } from "../../shared/errors/notify";
import { isRefused, useMay } from "../../shared/rules/rules";
import { useRuleWords } from "../../shared/rules/useRuleWords";
import { ActItem } from "./ActItem";
import classes from "./Acts.module.css";
import { openActDialog, openActForm } from "./dialogs";
import { knownOf, type Part, templateOfPerson } from "./intents";
import { actNamed } from "./reads";

const PARTS = [
  { part: "profile", permission: "user.profile.update", icon: IconIdBadge2 },
  { part: "preferences", permission: "user.preferences.update", icon: IconAdjustments },
  { part: "subscription", permission: "user.subscription.update", icon: IconCalendarDue },
] as const satisfies ReadonlyArray<{ part: Part; permission: string; icon: unknown }>;
const KEY = "api_key.create";

export function PersonActs({ connection, details }: { connection: Connection; details: PersonDetails }) {
  const { t } = useTranslation();
  const words = useActWords();
  const rules = useRuleWords();
  const act = useAct();
  const { id, name } = details.row;
  const person: ActTarget = { thing: "person", id: String(id), name };
  const { data: answers } = useMay({
    connection: connection.id,
    actions: [...PARTS.map(({ permission }) => permission), KEY],
    person: id,
  });
  const refusalOf = (action: string) => {
    const answer = answers?.find((own) => own.action === action);
    return answer && isRefused(answer) ? rules.why(answer) : null;
  };
  const asTemplate = () =>
    act(async () => {
      const form = await actNamed(connection.id, "user.create");
      if (!form) return;
      openActForm({ connection: connection.id, act: form.id, values: templateOfPerson(details, form) });
    });
  return (
    <div className={classes.acts}>
      <Menu position="bottom-start" width={290}>
        <Menu.Target>
          <Button
            size="compact-md"
            variant="default"
            leftSection={<IconPencil size={15} stroke={1.7} />}
            rightSection={<IconChevronDown size={14} stroke={1.8} />}
          >
            {t("acts.change.title")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {PARTS.map(({ part, permission, icon: Icon }) => (
            <ActItem
              key={part}
              label={t(`acts.change.${part}`)}
              icon={<Icon size={16} stroke={1.7} />}
              refusal={refusalOf(permission)}
              onClick={() =>
                openActForm({
                  connection: connection.id,
                  act: "user.update",
                  targets: [person],
                  part,
                  known: knownOf(details),
                })
              }
            />
          ))}
          <Menu.Divider />
          <ActItem
            label={words.act(KEY)}
            icon={<IconKey size={16} stroke={1.7} />}
            refusal={refusalOf(KEY)}
            onClick={() => openActForm({ connection: connection.id, act: KEY, targets: [person] })}
          />
        </Menu.Dropdown>
      </Menu>
      <Button
        size="compact-md"
        variant="default"
        leftSection={<IconKey size={15} stroke={1.7} />}
        onClick={() => openActDialog({ kind: "keys", connection: connection.id, person })}
      >
        {t("acts.keys.show")}
      </Button>
      <Button
        size="compact-md"
        variant="default"
        leftSection={<IconCopyPlus size={15} stroke={1.7} />}
        onClick={asTemplate}
      >
        {t("acts.as_template")}
      </Button>
    </div>
  );
}
