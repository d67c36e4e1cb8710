// What is being written to files, and where it went.
import { ActionIcon } from "@mantine/core";
import { IconAlertTriangle, IconFileCheck, IconFileExport, IconX } from "@tabler/icons-react";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import type { Job } from "../generated/types";
import { useErrorWords } from "../shared/errors/useErrorWords";
import { useFormat } from "../shared/format/useFormat";
import { useExports } from "../shared/reads/app";
import { CopyButton } from "../shared/states/CopyButton";
import { Behind } from "./Behind";
import classes from "./Freshness.module.css";
import { JobProgress } from "./JobProgress";

/** Exports that ended and that nobody wants to see any more. */
let dismissed: ReadonlySet<string> = new Set();
const listeners = new Set<() => void>();
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
function dismiss(job: string) {
  dismissed = new Set([...dismissed, job]);
  for (const listener of listeners) listener();
}

/** More that ended would push the sync out of sight. */
const MOST = 3;

/** Those that run, all of them: they can be stopped nowhere else. Then the newest that ended. */
export function inSight(newestFirst: readonly Job[]): Job[] {
  const running = newestFirst.filter(({ state }) => state === "running");
  const ended = newestFirst.filter(({ state }) => state !== "running");
  return [...running, ...ended.slice(0, Math.max(0, MOST - running.length))];
}

const fileOf = (path: string | null) => path?.split(/[\\/]/).at(-1) ?? "";

export function Exports({ connection }: { connection: string }) {
  const gone = useSyncExternalStore(subscribe, () => dismissed);
  const jobs = useExports(connection).filter(({ id, state }) => !gone.has(id) && state !== "canceled");
  return inSight(jobs).map((job) =>
    job.state === "running" ? <Writing key={job.id} job={job} /> : <Written key={job.id} job={job} />,
  );
}

function Writing({ job }: { job: Job }) {
  const { t } = useTranslation();
  return (
    <JobProgress job={job} words={t("export.running", { file: fileOf(job.path) })} stop={t("export.stop")} />
  );
}

function Written({ job }: { job: Job }) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorWords = useErrorWords();
  const failed = job.state === "failed" && job.error;
  const title = failed ? t("export.failed") : t("export.done");
  const text = failed
    ? errorWords(failed).title
    : t("people.count", { count: job.done, n: format.number(job.done) });
  return (
    <Behind
      label={`${title} ${fileOf(job.path)}`}
      warn={Boolean(failed)}
      icon={failed ? <IconAlertTriangle size={18} stroke={1.7} /> : <IconFileCheck size={18} stroke={1.7} />}
    >
      <div
        className={failed ? `${classes.export} ${classes.failed}` : classes.export}
        role={failed ? "alert" : undefined}
      >
        <IconFileExport size={15} stroke={1.7} aria-hidden className={classes.exportIcon} />
        <div className={classes.exportWords}>
          <strong>{title}</strong>
          <span className={classes.file} title={job.path ?? undefined}>
            {fileOf(job.path)}
          </span>
          <span className={classes.quiet}>{text}</span>
        </div>
        {job.path && !failed && <CopyButton value={job.path} name={t("export.path")} />}
        <ActionIcon
          size="sm"
          aria-label={t("export.dismiss")}
          title={t("export.dismiss")}
          onClick={() => dismiss(job.id)}
        >
          <IconX size={14} />
        </ActionIcon>
      </div>
    </Behind>
  );
}
