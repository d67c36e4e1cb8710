// The button and the keys for a new person.
import { Button } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { ariaKeys } from "../../shared/keys/actions";
import { useAction } from "../../shared/keys/useAction";
import { isRefused, useMay } from "../../shared/rules/rules";
import { useRuleWords } from "../../shared/rules/useRuleWords";
import { WhyNot } from "../../shared/rules/WhyNot";
import { showNotice } from "../../shared/states/notice";
import classes from "./Acts.module.css";
import { openActForm } from "./dialogs";

const CREATE = "user.create";

const useMayCreate = (connection: string) => useMay({ connection, actions: [CREATE] }).data?.[0];

/** Answers the keys wherever somebody is, or says why the key may not. */
export function NewPersonKeys({ connection }: { connection: string }) {
  const { t } = useTranslation();
  const words = useRuleWords();
  const answer = useMayCreate(connection);
  const why = answer && isRefused(answer) ? words.why(answer) : null;
  useAction("new_person", () =>
    why === null
      ? openActForm({ connection, act: CREATE })
      : showNotice({ tone: "warn", title: t("acts.kinds.user_create"), message: why }),
  );
  return null;
}

/** `small`: in a tool bar, where a narrow window has room for its icon only. */
export function NewPersonButton({ connection, small = false }: { connection: string; small?: boolean }) {
  const { t } = useTranslation();
  return (
    <WhyNot connection={connection} answer={useMayCreate(connection)}>
      <Button
        className={small ? classes.new : undefined}
        aria-label={t("acts.kinds.user_create")}
        leftSection={<IconUserPlus size={16} stroke={1.8} />}
        aria-keyshortcuts={ariaKeys("new_person")}
        onClick={() => openActForm({ connection, act: CREATE })}
      >
        {t("acts.kinds.user_create")}
      </Button>
    </WhyNot>
  );
}
