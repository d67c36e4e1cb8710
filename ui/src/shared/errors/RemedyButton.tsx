// The one button under an error.
import { Button, type ButtonProps } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ApiError } from "../../generated/types";
import { call } from "../../host";
import { formatCountdown } from "../format/format";
import { useNow } from "../format/useFormat";
import { queryClient } from "../reads/client";
import { keys } from "../reads/keys";
import { useAct } from "./notify";
import { type Remedies, remedyFor } from "./remedies";
import { errorDetails } from "./useErrorWords";

type Props = {
  error: ApiError;
  remedies: Remedies;
  variant?: ButtonProps["variant"];
  size?: ButtonProps["size"];
};

export function RemedyButton({ error, remedies, variant = "filled", size = "sm" }: Props) {
  const { t } = useTranslation();
  const clipboard = useClipboard();
  const remedy = remedyFor(error.code, remedies);
  if (remedy === "copy_details") {
    return (
      <Button variant={variant} size={size} onClick={() => clipboard.copy(errorDetails(error))}>
        {clipboard.copied ? t("copied") : t("remedies.copy_details")}
      </Button>
    );
  }
  if (remedy === "wait")
    return <WaitButton error={error} remedies={remedies} variant={variant} size={size} />;
  if (remedy === "unlock") return <UnlockButton remedies={remedies} variant={variant} size={size} />;
  return (
    <Button variant={variant} size={size} onClick={remedies[remedy]}>
      {remedy === "clear" ? t(`remedies.clear.${remedies.cleared ?? "both"}`) : t(`remedies.${remedy}`)}
    </Button>
  );
}

/** Lets the system ask for the keyring's password, then tries again. */
function UnlockButton({ remedies, variant, size }: Omit<Props, "error">) {
  const { t } = useTranslation();
  const act = useAct();
  const [busy, setBusy] = useState(false);
  const unlock = async () => {
    setBusy(true);
    const open = await act(() => call("vault_unlock", null));
    setBusy(false);
    if (!open) return;
    queryClient.invalidateQueries({ queryKey: keys.settings });
    remedies.try_again?.();
  };
  return (
    <Button variant={variant} size={size} loading={busy} onClick={unlock}>
      {t("remedies.unlock")}
    </Button>
  );
}

/** Counts down to the moment the vendor accepts a request again, then tries. */
function WaitButton({ error, remedies, variant, size }: Props) {
  const { t } = useTranslation();
  const [until, setUntil] = useState(0);
  useEffect(() => setUntil(Date.now() / 1000 + (error.details.retry_after_seconds ?? 60)), [error]);
  const now = useNow(1);
  const left = until - now;
  const waiting = until === 0 || left > 0;
  return (
    <Button
      variant={variant}
      size={size}
      disabled={waiting || !remedies.try_again}
      onClick={remedies.try_again}
      className="num"
    >
      {waiting ? t("remedies.wait", { time: formatCountdown(left) }) : t("remedies.try_again")}
    </Button>
  );
}
