// Who has signed: the name if the key was compared, else the key, to be compared.
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Signatory } from "../../generated/types";
import { Fingerprint } from "../../shared/states/Fingerprint";
import classes from "./Approvals.module.css";
import { openApprovalDialog } from "./dialogs";

/** The first groups of a fingerprint: enough to tell keys apart, not to trust one. */
const beginning = (fingerprint: string) => fingerprint.split(" ").slice(0, 2).join(" ");

export function useSignerName() {
  const { t } = useTranslation();
  return (signer: Signatory) => {
    if (signer.standing === "known" && signer.name !== null) return signer.name;
    if (signer.standing === "own") return t("approvals.own_key");
    return t("approvals.unknown_key", { key: beginning(signer.fingerprint) });
  };
}

type Props = {
  signer: Signatory;
  /** Whether to offer comparing a key that is not known. */
  compares: boolean;
};

export function Signer({ signer, compares }: Props) {
  const { t } = useTranslation();
  const name = useSignerName();
  return (
    <div className={classes.signer}>
      <span>
        <strong dir="auto">{name(signer)}</strong>{" "}
        <span className={classes.quiet}>{t("approvals.account", { account: signer.account })}</span>
      </span>
      <Fingerprint of={signer.fingerprint} />
      {compares && signer.standing === "unknown" && (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => openApprovalDialog({ kind: "confirm", signer })}
        >
          {t("approvals.compare")}
        </Button>
      )}
    </div>
  );
}
