// How fresh the mirror is, and the sync that makes it fresher.
import { ActionIcon } from "@mantine/core";
import { useMergedRef } from "@mantine/hooks";
import { IconAlertTriangle, IconRefresh } from "@tabler/icons-react";
import { type ComponentProps, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { openConnectionDialog } from "../features/connections/dialogs";
import type { ApiError, Connection, Job } from "../generated/types";
import { useAct } from "../shared/errors/notify";
import { RemedyButton } from "../shared/errors/RemedyButton";
import { useErrorWords } from "../shared/errors/useErrorWords";
import { formatCountdown } from "../shared/format/format";
import { useFormat, useNow } from "../shared/format/useFormat";
import { Hint } from "../shared/keys/Hint";
import { useJobs, useLatestSync } from "../shared/reads/app";
import { renewMirror, startSync } from "../shared/reads/sync";
import { Behind } from "./Behind";
import { Exports } from "./Exports";
import classes from "./Freshness.module.css";
import { JobProgress } from "./JobProgress";

export function Freshness({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  const job = useLatestSync(connection.id);
  return (
    <section className={classes.freshness} aria-label={t("freshness.label")}>
      {job?.state === "running" ? (
        <Running job={job} />
      ) : (
        <>
          {job?.state === "failed" && job.error && job.error.code !== connection.mirror_error?.code && (
            <Failed job={job} error={job.error} connection={connection} />
          )}
          <Rested connection={connection} />
        </>
      )}
      <Applying connection={connection.id} />
      <Exports connection={connection.id} />
    </section>
  );
}

/** The plan that is being applied; stopped, it is paused. */
function Applying({ connection }: { connection: string }) {
  const { t } = useTranslation();
  const now = useNow(1);
  const job = useJobs().find(
    (own) => own.kind === "apply" && own.connection === connection && own.state === "running",
  );
  if (!job) return null;
  const left = job.waiting_until === null ? 0 : job.waiting_until - now;
  const words = left > 0 ? t("freshness.waiting", { time: formatCountdown(left) }) : t("plans.job.running");
  return <JobProgress key={job.id} job={job} words={words} stop={t("plans.acts.pause")} />;
}

function Rested({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  const act = useAct();
  const format = useFormat();
  const now = useNow(30);
  const { mirror_error, mirror } = connection;
  const { last_sync, people } = mirror;
  const sync = () => act(() => startSync(connection.id));
  if (mirror_error) return <Unreadable error={mirror_error} connection={connection} />;
  const words = last_sync
    ? t("freshness.synced", { ago: format.ago(last_sync.finished_at, now) })
    : t("freshness.never");
  return (
    <div className={classes.line}>
      <div className={classes.words}>
        <span className={classes.lines} title={last_sync ? format.moment(last_sync.finished_at) : undefined}>
          {last_sync ? `${words}\n${t("people.count", { count: people, n: format.number(people) })}` : words}
        </span>
      </div>
      <Hint label={last_sync ? `${t("sync")} · ${words}` : t("sync")} action="refresh" position="right">
        <ActionIcon onClick={sync} aria-label={t("sync")}>
          <IconRefresh size={17} stroke={1.7} />
        </ActionIcon>
      </Hint>
    </div>
  );
}

function Running({ job }: { job: Job }) {
  const { t } = useTranslation();
  const now = useNow(job.waiting_until === null ? 0 : 1);
  const left = job.waiting_until === null ? 0 : job.waiting_until - now;
  const words =
    left > 0 ? t("freshness.waiting", { time: formatCountdown(left) }) : t(`freshness.phases.${job.phase}`);
  const counted = job.phase === "organizations" || job.phase === "people";
  return <JobProgress job={job} words={words} stop={t("freshness.cancel")} counted={counted} />;
}

type TroubleProps = { error: ApiError; connection: Connection };

/** A mirror that cannot be read: its own state, not "never synced". */
function Unreadable({ error, connection }: TroubleProps) {
  const { title } = useErrorWords()(error);
  return <Trouble heading={title} error={error} connection={connection} />;
}

function Failed({ job, error, connection }: TroubleProps & { job: Job }) {
  const { t } = useTranslation();
  const { title } = useErrorWords()(error);
  return (
    <Trouble
      key={job.id}
      heading={t("freshness.failed")}
      text={title}
      error={error}
      connection={connection}
    />
  );
}

type BoxProps = TroubleProps & { heading: string; text?: string };

/** What is wrong and its button. */
function Trouble(props: BoxProps) {
  const { body, vendor } = useErrorWords()(props.error);
  const whole = [body, vendor].filter(Boolean).join(" ");
  return (
    <Behind
      label={[props.heading, props.text].filter(Boolean).join(" ")}
      icon={<IconAlertTriangle size={18} stroke={1.7} />}
      warn
      wide={
        <Hint label={whole} position="right">
          <TroubleBox {...props} />
        </Hint>
      }
    >
      <TroubleBox {...props} whole={whole} />
    </Behind>
  );
}

type ShownProps = BoxProps & { whole?: string } & Omit<ComponentProps<"div">, "children">;

function TroubleBox({ heading, text, whole, error, connection, ref, ...rest }: ShownProps) {
  const act = useAct();
  const box = useRef<HTMLDivElement>(null);
  const merged = useMergedRef(box, ref);
  useEffect(() => {
    box.current?.scrollIntoView({ block: "nearest" });
  }, []);
  const sync = () => act(() => startSync(connection.id));
  return (
    <div role="alert" {...rest} className={classes.failed} ref={merged}>
      <strong>{heading}</strong>
      {text && <span>{text}</span>}
      {whole && <span className={classes.quiet}>{whole}</span>}
      <RemedyButton
        error={error}
        variant="default"
        size="compact-xs"
        remedies={{
          try_again: sync,
          sync,
          set_aside: () => act(() => renewMirror(connection.id)),
          new_secret: () => openConnectionDialog({ kind: "secret", connection: connection.id }),
          test_key: () => openConnectionDialog({ kind: "test", connection: connection.id }),
        }}
      />
    </div>
  );
}
