// What is wrong with a file as a whole, or with asking about it.
import { useTranslation } from "react-i18next";
import { toApiError } from "../../../host";
import { useActWords } from "../../../shared/acts/useActWords";
import { ErrorBanner } from "../../../shared/errors/ErrorBanner";

export function ImportError({ error, onAgain }: { error: unknown; onAgain: () => void }) {
  const { t } = useTranslation();
  const words = useActWords();
  const own = toApiError(error);
  const remedies = { try_again: onAgain };
  const said = own.details.violations?.map((violation) => words.violation(violation)).join("; ");
  if (own.code !== "invalid" || !said) return <ErrorBanner error={own} remedies={remedies} />;
  // The sentences say it; the paths of a request are of no use here.
  const plain = { ...own, details: { ...own.details, violations: [] } };
  const body = `${said.charAt(0).toLocaleUpperCase()}${said.slice(1)}.`;
  return <ErrorBanner error={plain} remedies={remedies} title={t("import.refused")} body={body} />;
}
