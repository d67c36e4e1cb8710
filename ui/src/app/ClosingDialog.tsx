// Asks before the window closes while something would be cut off or lost: plans are paused in order first.
import { Button, Modal } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AtStake } from "../generated/types";
import { answerClosing } from "../host";
import { useFormat } from "../shared/format/useFormat";
import classes from "./ClosingDialog.module.css";

/** What weighs most comes first. */
const STAKES = ["keys", "made", "plans", "unsent"] as const;

/** Whatever else is open, this is asked now. */
const ABOVE_ALL = 1000;

type Props = { atStake: AtStake | null; onStay: () => void };

export function ClosingDialog({ atStake, onStay }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const [leaving, setLeaving] = useState(false);
  // While the dialog fades out it still says what it was about.
  const last = useRef(atStake);
  if (atStake) last.current = atStake;
  useEffect(() => {
    if (atStake) void answerClosing("shown").catch(() => undefined);
  }, [atStake]);
  const stay = () => {
    if (leaving) return;
    void answerClosing("stay").catch(() => undefined);
    onStay();
  };
  const close = () => {
    setLeaving(true);
    answerClosing("close").catch(() => setLeaving(false));
  };
  const stakes = STAKES.filter((own) => (last.current?.[own] ?? 0) > 0);
  const running = (last.current?.plans ?? 0) > 0;
  return (
    <Modal
      opened={atStake !== null}
      onClose={stay}
      title={t("closing.title")}
      closeButtonProps={{ "aria-label": t("close") }}
      zIndex={ABOVE_ALL}
    >
      <div className={classes.body}>
        {stakes.map((own) => {
          const count = last.current?.[own] ?? 0;
          return <p key={own}>{t(`closing.${own}`, { count, n: format.number(count) })}</p>;
        })}
        {leaving && running && <p role="status">{t("closing.pausing")}</p>}
        <div className={classes.buttons}>
          <Button variant="default" color="danger" loading={leaving} onClick={close}>
            {running ? t("closing.pause") : t("closing.anyway")}
          </Button>
          <Button disabled={leaving} onClick={stay} data-autofocus>
            {t("closing.stay")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
