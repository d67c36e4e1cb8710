// Follows the host's events: says aloud how a job ended, opens the preview of a view that came as a link.
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { openViewDialog } from "../features/views/dialogs";
import type { AtStake, Job } from "../generated/types";
import { call } from "../host";
import { useErrorWords } from "../shared/errors/useErrorWords";
import { useFormat } from "../shared/format/useFormat";
import { useAppState, useConnections } from "../shared/reads/app";
import { followHost, queryClient } from "../shared/reads/client";
import { announce } from "../shared/states/announce";
import { showNotice } from "../shared/states/notice";
import { ClosingDialog } from "./ClosingDialog";
import { lastConnection } from "./useWhere";

/** Opens the preview of a view that came as a link; a link that comes before the first connection waits for it. */
function useLinks(): (link: string) => void {
  const { t } = useTranslation();
  const connections = useConnections();
  const { last } = useAppState();
  const [waiting, setWaiting] = useState<string | null>(null);
  const inFront = lastConnection.id ?? last.connection ?? connections[0]?.id ?? null;
  useEffect(() => {
    if (waiting === null || inFront === null) return;
    setWaiting(null);
    openViewDialog({
      kind: "preview",
      opening: { connection: inFront, link: waiting, path: null, content: null },
    });
  }, [waiting, inFront]);
  return (link) => {
    if (inFront === null)
      showNotice({ tone: "done", title: t("views.link_waits"), message: t("views.link_waits_text") });
    setWaiting(link);
  };
}

export function HostEvents() {
  const { t } = useTranslation();
  const [atStake, setAtStake] = useState<AtStake | null>(null);
  const openLink = useLinks();
  const linked = useRef(openLink);
  linked.current = openLink;
  const format = useFormat();
  const words = useErrorWords();
  const ended = useRef<(job: Job) => void>(() => {});
  /** How many secrets that a plan has made nobody has yet. */
  const untakenOf = async ({ connection, plan }: Job) => {
    const read = plan === null ? null : await call("plan_get", { connection, plan }).catch(() => null);
    return read?.untaken.count ?? 0;
  };
  const appliedEnded = async (job: Job) => {
    const untaken = await untakenOf(job);
    const left = untaken > 0 && t("plans.secret.untaken", { count: untaken, n: format.number(untaken) });
    if (job.state !== "done" || !job.applied) {
      const why = job.error ? words(job.error).title : "";
      announce([t("plans.job.paused"), why, t("plans.job.paused_text"), left].filter(Boolean).join(". "));
      return;
    }
    const { done, not_done, unknown } = job.applied;
    const counts = [
      done > 0 && t("plans.job.count_done", { count: done, n: format.number(done) }),
      not_done > 0 && t("plans.job.count_not_done", { count: not_done, n: format.number(not_done) }),
      unknown > 0 && t("plans.job.count_unknown", { count: unknown, n: format.number(unknown) }),
    ]
      .filter(Boolean)
      .join(", ");
    const message = [counts, left].filter(Boolean).join(". ");
    const clean = not_done === 0 && unknown === 0;
    const title = clean ? t("plans.job.done") : t("plans.job.ended");
    showNotice({ tone: clean && untaken === 0 ? "done" : "warn", title, message });
    announce(`${title}. ${message}`);
  };
  ended.current = (job) => {
    if (job.kind === "apply") return appliedEnded(job);
    const kind = job.kind === "export" ? "export" : "freshness";
    if (job.state === "failed" && job.error) announce(`${t(`${kind}.failed`)} ${words(job.error).title}`);
    if (job.state === "canceled") announce(t(`${kind}.canceled`));
    if (job.kind === "export") {
      if (job.state !== "done") return;
      const message = t("export.done_text", {
        count: job.done,
        n: format.number(job.done),
        path: job.path ?? "",
      });
      showNotice({ tone: "done", title: t("export.done"), message });
      announce(`${t("export.done")}. ${message}`);
      return;
    }
    if (job.state !== "done" || !job.summary) return;
    const { people } = job.summary;
    const total = t("people.count", { count: people.total, n: format.number(people.total) });
    const changes = [
      people.added > 0 && t("changes.added", { count: people.added, n: format.number(people.added) }),
      people.changed > 0 && t("changes.changed", { count: people.changed, n: format.number(people.changed) }),
      people.missing > 0 && t("changes.missing", { count: people.missing, n: format.number(people.missing) }),
      people.returned > 0 &&
        t("changes.returned", { count: people.returned, n: format.number(people.returned) }),
      people.gone > 0 && t("changes.gone", { count: people.gone, n: format.number(people.gone) }),
    ].filter(Boolean);
    const message =
      changes.length > 0 ? `${total} · ${changes.join(", ")}` : `${total} · ${t("changes.nothing")}`;
    showNotice({ tone: "done", title: t("freshness.done"), message });
    announce(`${t("freshness.done")}. ${message}`);
  };
  useEffect(() => {
    const told = new Set<string>();
    return followHost(
      queryClient,
      (job) => {
        if (job.state === "running" || told.has(job.id)) return;
        told.add(job.id);
        ended.current(job);
      },
      (link) => linked.current(link),
      setAtStake,
    );
  }, []);
  return <ClosingDialog atStake={atStake} onStay={() => setAtStake(null)} />;
}
