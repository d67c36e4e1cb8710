// What is wrong with a file as a whole, or with asking about it.
import { useTranslation } from "react-i18next";
import { toApiError } from "../../../host";
import { ErrorBanner } from "../../../shared/errors/ErrorBanner";
import { violationWords } from "../../../shared/errors/useErrorWords";

export function ImportError({ error, onAgain }: { error: unknown; onAgain: () => void }) {
  const { t } = useTranslation();
  const own = toApiError(error);
  const remedies = { try_again: onAgain };
  const said = own.details.violations?.map((violation) => violationWords(t, violation)).join("; ");
  if (own.code !== "invalid" || !said) return <ErrorBanner error={own} remedies={remedies} />;
  // The sentences say it; the paths of a request are of no use here.
  const plain = { ...own, details: { ...own.details, violations: [] } };
  const body = `${said.charAt(0).toLocaleUpperCase()}${said.slice(1)}.`;
  return <ErrorBanner error={plain} remedies={remedies} title={t("import.refused")} body={body} />;
}
