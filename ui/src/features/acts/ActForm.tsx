// One form for every act that a vendor knows, made from what the act says of itself. It checks while
// somebody types, keeps a draft, and ends in a plan: nothing is sent from here.
import { Button } from "@mantine/core";
import { IconFileSearch, IconHistory } from "@tabler/icons-react";
import { type FormEvent, type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ActField, ActForm as Form, PlanMade, SecretGiving } from "../../generated/types";
import { call, toApiError } from "../../host";
import { useActWords } from "../../shared/acts/useActWords";
import { ErrorBanner } from "../../shared/errors/ErrorBanner";
import { useFormat } from "../../shared/format/useFormat";
import { useMay } from "../../shared/rules/rules";
import { announce } from "../../shared/states/announce";
import { AboutWhom } from "./AboutWhom";
import { ActFields } from "./ActFields";
import classes from "./Acts.module.css";
import { EarlierDraft } from "./EarlierDraft";
import type { PasswordWay } from "./fields/PasswordField";
import {
  type Asked,
  intentsOf,
  isEmpty,
  isOwn,
  partOf,
  problemsByPath,
  templateOf,
  type Values,
} from "./intents";
import { RulesNote } from "./RulesNote";
import { keepLast, useLast } from "./reads";
import { TargetField } from "./TargetField";
import { useCheck } from "./useCheck";
import { useDraft } from "./useDraft";

type Props = { form: Form; asked: Asked; onClose: () => void; onPlan: (made: PlanMade) => void };

/** Long enough for the press that has left a field. */
const AFTER_PRESS_MS = 250;

/** A title that the engine takes. */
const LONGEST_TITLE = 80;

export function ActForm({ form, asked, onClose, onPlan }: Props) {
  const { t } = useTranslation();
  const words = useActWords();
  const format = useFormat();
  const { connection } = asked;
  const [values, setValues] = useState<Values>(asked.values);
  const latest = useRef(values);
  latest.current = values;
  const [targets, setTargets] = useState(asked.targets);
  const [visited, setVisited] = useState<ReadonlySet<string>>(new Set(Object.keys(asked.values)));
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [made, setMade] = useState<PlanMade | null>(null);
  const [error, setError] = useState<unknown>(null);
  const element = useRef<HTMLFormElement>(null);

  // The dialog gives the focus to what is in it when it opens; this comes when the acts are read.
  useEffect(() => element.current?.querySelector<HTMLElement>("[data-autofocus]")?.focus(), []);

  const password = form.fields.find(({ kind }) => kind === "password");
  const [way, setWay] = useState<PasswordWay>("none");
  const secret = useRef<HTMLInputElement>(null);

  const isMany = asked.targets.length > 1;
  const fields = form.fields.filter(
    (field) => (asked.part === null || partOf(field.path) === asked.part) && !(isMany && isOwn(field)),
  );
  const secrets = useMemo(() => (password && way !== "none" ? [password.path] : []), [password, way]);
  const intents = useMemo(
    () => intentsOf(form.id, targets, values, secrets),
    [form.id, targets, values, secrets],
  );
  const { checked } = useCheck(connection, intents);
  const problems = problemsByPath(tried && made ? made : checked, form.fields);

  const name = ["profile.name", "name"].map((path) => values[path]).find((own) => typeof own === "string");
  const title = titleOf(
    asked.part ? t(`acts.change.${asked.part}`) : words.act(form.id),
    targets[0]?.name || name,
    targets.length > 1
      ? t("acts.and_others", { count: targets.length - 1, n: format.number(targets.length - 1) })
      : "",
  );
  const nothing = isEmpty(values) && (asked.targets.length > 0 || targets.length === 0);
  const draft = useDraft(
    connection,
    asked.draft,
    title,
    nothing ? null : intentsOf(form.id, targets, values),
  );

  const only = targets.length === 1 ? targets[0] : undefined;
  const actions = [
    ...new Set(fields.length > 0 ? fields.map(({ permission }) => permission) : [form.permission]),
  ];
  const { data: answers } = useMay({
    connection,
    actions,
    person: only?.thing === "person" ? Number(only.id) : null,
    organization:
      typeof values.organization === "number"
        ? values.organization
        : only?.thing === "organization"
          ? Number(only.id) || null
          : null,
    gives: typeof values.role === "string" ? values.role : null,
  });

  const last = useLast(connection)[form.id];
  const template = last && form.makes !== null && isEmpty(values) && !isEmpty(last) ? last : null;
  const set = (path: string, value: unknown) => {
    setMade(null);
    setValues(({ [path]: _, ...rest }) => (value === undefined ? rest : { ...rest, [path]: value }));
  };
  // A moment later: what a press is meant for must not move away under it.
  const visit = (path: string) =>
    setTimeout(() => setVisited((before) => new Set([...before, path])), AFTER_PRESS_MS);
  const told = (path: string) => {
    if (!tried && !visited.has(path)) return null;
    const own = problems.get(path);
    return own ? own.map(words.violation).join("; ") : null;
  };

  const review = async () => {
    setBusy(true);
    setError(null);
    try {
      const answer = await call("plan_make", {
        connection,
        title,
        intents: intentsOf(form.id, targets, values),
        secrets: givenSecrets(password, way, secret.current?.value ?? ""),
        partly: false,
      });
      setTried(true);
      setMade(answer);
      if (!answer.plan) return refused(answer);
      if (secret.current) secret.current.value = "";
      // What was said while it was made is in no plan yet: it stays a draft.
      if (latest.current === values) await draft.drop();
      if (form.makes !== null) keepLast(connection, form.id, templateOf(form, values));
      onPlan(answer);
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  /** Says what is wrong, and goes to the first field of it. */
  const refused = (answer: PlanMade) => {
    const wrong = problemsByPath(answer, form.fields);
    const first = form.fields.find(({ path }) => wrong.has(path));
    announce(answer.problems.length > 0 ? t("acts.not_yet") : t("acts.nothing_to_do"));
    setTimeout(() => {
      const inputs = element.current?.querySelectorAll<HTMLElement>("[data-path]") ?? [];
      [...inputs].find((input) => input.dataset.path === first?.path)?.focus();
    });
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) review();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    if (!busy) review();
  };

  const general = (tried || visited.size > 0 ? (problems.get("") ?? []) : []).filter(
    // Before anything is said, that nothing is said is no news.
    ({ code }) => tried || code !== "no_change",
  );
  const isSame = made !== null && !made.plan && made.problems.length === 0;
  return (
    <form ref={element} className={classes.form} onSubmit={onSubmit} onKeyDown={onKeyDown} noValidate>
      <AboutWhom targets={asked.targets} />
      {answers && <RulesNote connection={connection} form={form} answers={answers} />}
      <EarlierDraft asked={asked} />
      {template && (
        <div className={classes.offer}>
          <span className={classes.words}>{t("acts.as_last_text")}</span>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconHistory size={15} />}
            onClick={() => setValues(template)}
          >
            {t("acts.as_last")}
          </Button>
        </div>
      )}
      {form.target !== null && asked.targets.length === 0 && (
        <TargetField
          thing={form.target}
          onTarget={(target) => {
            setMade(null);
            setTargets(target ? [target] : []);
          }}
          error={tried ? told("") : null}
        />
      )}
      <ActFields
        asked={asked}
        fields={fields}
        changes={form.makes === null}
        values={values}
        onValue={set}
        onVisited={visit}
        answers={answers}
        told={told}
        password={{
          way,
          field: secret,
          onWay: (next) => {
            setMade(null);
            setWay(next);
          },
          onTyped: () => setMade(null),
        }}
      />
      {general.length > 0 && (
        <div className={classes.problems} role="alert">
          {general.map((violation) => (
            <p key={violation.message}>{words.violation(violation)}</p>
          ))}
        </div>
      )}
      {isSame && (
        <p className={classes.quiet} role="status">
          {t("acts.nothing_to_do")}
        </p>
      )}
      {error !== null && <ErrorBanner error={toApiError(error)} remedies={{ try_again: review }} />}
      <footer className={classes.buttons}>
        <span className={`${classes.state} ${classes.quiet}`} role="status">
          {draft.state !== "none" && t(`acts.draft.${draft.state}`)}
        </span>
        <Button variant="subtle" onClick={onClose}>
          {t("close")}
        </Button>
        <Button
          type="submit"
          loading={busy}
          leftSection={<IconFileSearch size={16} />}
          aria-keyshortcuts="Control+Enter Meta+Enter"
        >
          {t("acts.review")}
        </Button>
      </footer>
    </form>
  );
}

/** What a plan is called: what is done, to whom, and to how many more. */
function titleOf(act: string, name: string | undefined, others: string): string {
  const about = [name, others].filter(Boolean).join(" ");
  return [act, about].filter(Boolean).join(": ").slice(0, LONGEST_TITLE);
}

/** The secrets of a form: what was typed, or none for one that is made. */
function givenSecrets(field: ActField | undefined, way: PasswordWay, typed: string): SecretGiving[] {
  if (!field || way === "none") return [];
  return [{ index: 0, path: field.path, secret: way === "typed" ? typed : null }];
}
