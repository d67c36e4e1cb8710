// The buttons and the keys for an import; they say why if the key may do nothing that rows can become.
import { Button } from "@mantine/core";
import { IconTableImport } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { ariaKeys } from "../../../shared/keys/actions";
import { ToolButton } from "../../../shared/keys/ToolButton";
import { useAction } from "../../../shared/keys/useAction";
import { useRuleWords } from "../../../shared/rules/useRuleWords";
import { WhyNot } from "../../../shared/rules/WhyNot";
import { showNotice } from "../../../shared/states/notice";
import { openImport } from "./importing";
import { useImportAnswer } from "./useImport";

function useRefusal(connection: string): string | null {
  const words = useRuleWords();
  const answer = useImportAnswer(connection);
  return answer ? words.why(answer) : null;
}

/** Answers the keys wherever somebody is, or says why the key may not. */
export function ImportKeys({ connection }: { connection: string }) {
  const { t } = useTranslation();
  const why = useRefusal(connection);
  useAction("import", () =>
    why === null
      ? openImport({ connection })
      : showNotice({ tone: "warn", title: t("import.title"), message: why }),
  );
  return null;
}

export function ImportButton({ connection }: { connection: string }) {
  const { t } = useTranslation();
  return (
    <WhyNot connection={connection} answer={useImportAnswer(connection)}>
      <Button
        variant="default"
        leftSection={<IconTableImport size={16} stroke={1.7} />}
        aria-keyshortcuts={ariaKeys("import")}
        onClick={() => openImport({ connection })}
      >
        {t("import.open")}
      </Button>
    </WhyNot>
  );
}

/** In a tool bar, where there is room for its icon only. */
export function ImportTool({ connection }: { connection: string }) {
  const { t } = useTranslation();
  return (
    <ToolButton
      label={t("import.open")}
      action="import"
      refusal={useRefusal(connection)}
      onClick={() => openImport({ connection })}
    >
      <IconTableImport size={17} stroke={1.7} />
    </ToolButton>
  );
}
