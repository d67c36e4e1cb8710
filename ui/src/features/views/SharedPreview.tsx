// What somebody else's view would show. Nothing is kept until "Save view".
import { Button, Skeleton, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ViewOpening, ViewPreview } from "../../generated/types";
import { call, toApiError } from "../../host";
import { ErrorBanner } from "../../shared/errors/ErrorBanner";
import { useAct } from "../../shared/errors/notify";
import { useFormat } from "../../shared/format/useFormat";
import { useConnection } from "../../shared/reads/app";
import forms from "../connections/Forms.module.css";
import { useColumnNames } from "../people/useColumnNames";
import { useProblemSaid } from "../query/problemWords";
import classes from "./SharedPreview.module.css";
import { isTaken, saveView, showView, useViews } from "./views";

type Props = { opening: ViewOpening; onDone: () => void; onShown: (connection: string) => void };

export function SharedPreview({ opening, onDone, onShown }: Props) {
  const preview = useQuery({
    queryKey: ["mirror", opening.connection, "preview", opening],
    queryFn: () => call("view_open", opening),
    gcTime: 0,
  });
  if (preview.isError)
    return <ErrorBanner error={toApiError(preview.error)} remedies={{ try_again: preview.refetch }} />;
  if (!preview.data) return <Skeleton height={160} />;
  return <Preview preview={preview.data} connection={opening.connection} onDone={onDone} onShown={onShown} />;
}

type ShownProps = Omit<Props, "opening"> & { preview: ViewPreview; connection: string };

function Preview({ preview, connection, onDone, onShown }: ShownProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const act = useAct();
  const names = useColumnNames();
  const said = useProblemSaid();
  const views = useViews(connection);
  const target = useConnection(connection);
  const { state, total, problems } = preview;
  const [name, setName] = useState(preview.name);
  const taken = isTaken(views, name, null);
  // It comes when the view is read, into a dialog that is open already.
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);

  const show = async (saved: string | null) => {
    await showView(connection, state, saved);
    onDone();
    onShown(connection);
  };
  const once = () => act(() => show(null));
  const save = () =>
    act(async () => {
      const view = await saveView({ connection, id: null, name: name.trim(), state, discard: false });
      await show(view.id);
    });
  return (
    <form
      className={forms.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!taken && name.trim() !== "") save();
      }}
    >
      <p className={forms.text}>{t("views.preview_text", { name: target?.name ?? "" })}</p>
      <dl className={classes.facts}>
        <Fact name={t("views.question")}>
          <code className={`${classes.question} selectable`} dir="ltr">
            {state.text || t("views.everybody")}
          </code>
        </Fact>
        <Fact name={t("views.matches")}>
          {total === null ? t("value.unknown") : t("people.count", { count: total, n: format.number(total) })}
        </Fact>
        <Fact name={t("chooser.title")}>{state.columns.map(({ id }) => names(id)).join(", ")}</Fact>
        <Fact name={t("views.order")}>
          {state.sort
            .map(({ by, direction }) => `${names(by)} ${direction === "ASC" ? "↑" : "↓"}`)
            .join(", ")}
        </Fact>
        <Fact name={t("source.label")}>{t(`source.${state.source}`)}</Fact>
      </dl>
      {problems.length > 0 && (
        <div role="alert" className={classes.problems}>
          <strong>{t("views.does_not_fit")}</strong>
          <ul>
            {problems.map((problem) => (
              <li key={`${problem.from} ${problem.message}`}>{said(problem)}</li>
            ))}
          </ul>
        </div>
      )}
      <TextInput
        label={t("views.name")}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={taken ? t("views.name_taken") : null}
        maxLength={80}
      />
      <div className={forms.buttons}>
        <Button variant="subtle" onClick={onDone}>
          {t("cancel")}
        </Button>
        <span className={forms.gap} />
        <Button variant="default" onClick={once} ref={first} data-autofocus>
          {t("views.show_once")}
        </Button>
        <Button type="submit" disabled={name.trim() === "" || taken}>
          {t("views.save_view")}
        </Button>
      </div>
    </form>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd dir="auto">{children}</dd>
    </div>
  );
}
