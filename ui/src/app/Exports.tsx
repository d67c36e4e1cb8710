// What is being written to files, and where it went.
import { ActionIcon, Popover, Progress } from "@mantine/core";
import { IconAlertTriangle, IconFileCheck, IconFileExport, IconX } from "@tabler/icons-react";
import { type ReactNode, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import type { Job } from "../generated/types";
import { useAct } from "../shared/errors/notify";
import { useErrorWords } from "../shared/errors/useErrorWords";
import { useFormat } from "../shared/format/useFormat";
import { Hint } from "../shared/keys/Hint";
import { useExports } from "../shared/reads/app";
import { cancelJob } from "../shared/reads/sync";
import { CopyButton } from "../shared/states/CopyButton";
import classes from "./Freshness.module.css";

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

/** More would push the sync out of sight. */
const MOST = 3;
const fileOf = (path: string | null) => path?.split(/[\\/]/).at(-1) ?? "";

export function Exports({ connection }: { connection: string }) {
  const gone = useSyncExternalStore(subscribe, () => dismissed);
  const jobs = useExports(connection).filter(({ id, state }) => !gone.has(id) && state !== "canceled");
  return jobs
    .slice(0, MOST)
    .map((job) =>
      job.state === "running" ? <Writing key={job.id} job={job} /> : <Written key={job.id} job={job} />,
    );
}

function Writing({ job }: { job: Job }) {
  const { t } = useTranslation();
  const act = useAct();
  const format = useFormat();
  const [canceling, setCanceling] = useState(false);
  const words = canceling ? t("freshness.canceling") : t("export.running", { file: fileOf(job.path) });
  const cancel = async () => {
    setCanceling(true);
    if (!(await act(() => cancelJob(job.id)))) setCanceling(false);
  };
  return (
    <div className={classes.running}>
      <div className={classes.line}>
        <div className={classes.words}>
          <span className={classes.file}>{words}</span>
          <span className={`${classes.quiet} num`}>
            {job.total === null
              ? format.number(job.done)
              : t("freshness.of", { done: format.number(job.done), total: format.number(job.total) })}
          </span>
        </div>
        <Hint label={t("export.stop")} position="right">
          <ActionIcon onClick={cancel} disabled={canceling} aria-label={t("export.stop")}>
            <IconX size={16} />
          </ActionIcon>
        </Hint>
      </div>
      <Progress
        size={4}
        value={job.total ? (100 * job.done) / job.total : 100}
        animated={!job.total}
        aria-label={words}
        className={classes.bar}
      />
    </div>
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
      icon={failed ? <IconAlertTriangle size={18} /> : <IconFileCheck size={18} stroke={1.7} />}
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

/** Where only icons have room, behind an icon. */
function Behind({ label, icon, children }: { label: string; icon: ReactNode; children: ReactNode }) {
  return (
    <>
      <div className={classes.wide}>{children}</div>
      <div className={classes.narrow}>
        <Popover position="right-end" width={288} trapFocus returnFocus>
          <Popover.Target>
            <ActionIcon aria-label={label}>{icon}</ActionIcon>
          </Popover.Target>
          <Popover.Dropdown className={classes.popover} aria-label={label}>
            {children}
          </Popover.Dropdown>
        </Popover>
      </div>
    </>
  );
}
