// Changes: what was typed and not sent, what waits for the network, and what came of every plan.
import { Button } from "@mantine/core";
import { IconFileDiff, IconFolderOpen, IconListDetails } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Connection } from "../../generated/types";
import { toApiError } from "../../host";
import { useFormat } from "../../shared/format/useFormat";
import { SkeletonRows } from "../../shared/grid/SkeletonRows";
import { useDrafts, usePlans } from "../../shared/reads/plans";
import { ErrorState } from "../../shared/states/ErrorState";
import layout from "../../shared/states/Place.module.css";
import { PlaceHeader } from "../../shared/states/PlaceHeader";
import { PlaceState } from "../../shared/states/PlaceState";
import { NewPersonButton } from "../acts/NewPerson";
import { openApprovalDialog } from "../approvals/dialogs";
import classes from "./ChangesPlace.module.css";
import { DraftDetail } from "./DraftDetail";
import { ImportButton } from "./import/ImportButton";
import { PlanDetail } from "./PlanDetail";
import { PlansList } from "./PlansList";

/** What is open beside the list. */
export type Opened = { plan: string; draft?: never } | { draft: string; plan?: never } | null;

type Props = {
  connection: Connection;
  opened: Opened;
  onOpen: (next: Opened) => void;
  onPeople: () => void;
};

export function ChangesPlace({ connection, opened, onOpen, onPeople }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const plans = usePlans(connection.id);
  const drafts = useDrafts(connection.id);
  const error = plans.error ?? drafts.error;
  const again = () => {
    plans.refetch();
    drafts.refetch();
  };
  const draft = drafts.data?.find(({ id }) => id === opened?.draft) ?? null;
  // A draft of which a plan was made is gone: then nothing is open.
  const isOpen = opened?.plan !== undefined || draft !== null;
  const isEmpty = plans.data?.length === 0 && drafts.data?.length === 0;
  const count =
    plans.data && t("plans.count", { count: plans.data.length, n: format.number(plans.data.length) });
  return (
    <section className={layout.place} aria-label={t("places.changes")}>
      <PlaceHeader title={t("places.changes")} count={isEmpty ? null : (count ?? null)}>
        <ImportButton connection={connection.id} />
        <Button
          size="sm"
          variant="default"
          leftSection={<IconFolderOpen size={16} stroke={1.7} />}
          onClick={() => openApprovalDialog({ kind: "open" })}
        >
          {t("approvals.open")}
        </Button>
      </PlaceHeader>
      <div className={layout.split}>
        {error ? (
          <div className={layout.body}>
            <ErrorState error={toApiError(error)} remedies={{ try_again: again }} />
          </div>
        ) : !plans.data || !drafts.data ? (
          <SkeletonRows />
        ) : isEmpty ? (
          <div className={layout.body}>
            <PlaceState
              icon={<IconFileDiff size={26} stroke={1.6} />}
              title={t("plans.empty.title")}
              body={t("plans.empty.body")}
              button={
                <>
                  <NewPersonButton connection={connection.id} />
                  <Button variant="default" onClick={onPeople}>
                    {t("plans.empty.button")}
                  </Button>
                </>
              }
            />
          </div>
        ) : (
          <>
            <div className={classes.list} data-behind={isOpen || undefined}>
              <PlansList
                connection={connection}
                plans={plans.data}
                drafts={drafts.data}
                opened={opened}
                onOpen={onOpen}
              />
            </div>
            <div className={classes.detail} data-open={isOpen || undefined}>
              {opened?.plan !== undefined ? (
                <PlanDetail
                  key={opened.plan}
                  connection={connection}
                  id={opened.plan}
                  plans={plans.data}
                  onOpen={onOpen}
                />
              ) : draft ? (
                <DraftDetail key={draft.id} connection={connection} draft={draft} onOpen={onOpen} />
              ) : (
                <PlaceState
                  icon={<IconListDetails size={26} stroke={1.6} />}
                  title={t("plans.choose.title")}
                  body={t("plans.choose.body")}
                />
              )}
            </div>
          </>
        )}
      </div>
    </section>
  );
}
