// What the plan is called, and the plan: of all rows, or in so many words of those that are right.
import { Button, TextInput } from "@mantine/core";
import { IconFileSearch } from "@tabler/icons-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ImportChecked, ImportMapping, ImportPlanned } from "../../../generated/types";
import { useFormat } from "../../../shared/format/useFormat";
import { announce } from "../../../shared/states/announce";
import classes from "./Import.module.css";
import { ImportError } from "./ImportError";
import { changeImport, closeImport, planImport, useImporting } from "./importing";
import { LONGEST_TITLE } from "./mapping";

type Props = {
  mapping: ImportMapping;
  title: string;
  /** What the rows come to; null while that is not known. */
  checked: ImportChecked | null;
  /** Reads the file again. */
  onAgain: () => void;
  /** What the rows come to is something else by now. */
  onChecked: () => void;
  onPlan: (planned: ImportPlanned) => void;
};

export function PlanFooter({ mapping, title, checked, onAgain, onChecked, onPlan }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const isPlanning = useImporting().planning !== null;
  const [error, setError] = useState<unknown>(null);
  const button = useRef<HTMLButtonElement>(null);
  const isPartly = checked !== null && checked.bad > 0;
  const can = checked !== null && checked.planned > 0 && title.trim() !== "";

  const plan = async () => {
    setError(null);
    try {
      const planned = await planImport({ import: mapping, title: title.trim(), partly: isPartly });
      if (!planned) return;
      if (planned.plan) return onPlan(planned);
      announce(t("acts.not_yet"));
      onChecked();
    } catch (refusal) {
      setError(refusal);
    }
  };
  const again = () => {
    setError(null);
    onAgain();
  };
  // Leaving rows out takes the button that says so.
  useReviewKeys(() => {
    if (isPartly) button.current?.focus();
    else if (can) plan();
  });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (can && !isPartly) plan();
  };
  return (
    <form className={classes.footer} onSubmit={onSubmit} noValidate>
      {error !== null && (
        <div className={classes.whole}>
          <ImportError error={error} onAgain={again} />
        </div>
      )}
      <TextInput
        className={classes.grow}
        label={t("import.plan_title")}
        value={title}
        maxLength={LONGEST_TITLE}
        readOnly={isPlanning}
        error={title.trim() === "" && t("import.title_needed")}
        onChange={({ currentTarget }) => changeImport({ title: currentTarget.value })}
      />
      <div className={classes.buttons}>
        {checked && checked.bad > 0 && (
          // Where the window is narrow, what comes of the rows is far below; it was announced.
          <span className={classes.brief} aria-hidden>
            {t("import.bad", { count: checked.bad, n: format.number(checked.bad) })}
          </span>
        )}
        <Button variant="subtle" onClick={closeImport}>
          {isPlanning ? t("cancel") : t("close")}
        </Button>
        <Button
          ref={button}
          aria-keyshortcuts="Control+Enter Meta+Enter"
          type={isPartly ? "button" : "submit"}
          onClick={isPartly ? plan : undefined}
          loading={isPlanning}
          disabled={!can}
          leftSection={<IconFileSearch size={16} />}
        >
          {isPartly && checked.planned > 0
            ? t("import.plan_good", { count: checked.planned, n: format.number(checked.planned) })
            : t("acts.review")}
        </Button>
      </div>
    </form>
  );
}

/** Ctrl+Enter, wherever in the dialog the focus is. */
function useReviewKeys(review: () => void) {
  const latest = useRef(review);
  latest.current = review;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      // Before the button that has the focus takes it for a press.
      event.preventDefault();
      event.stopPropagation();
      latest.current();
    };
    window.addEventListener("keydown", press, { capture: true });
    return () => window.removeEventListener("keydown", press, { capture: true });
  }, []);
}
