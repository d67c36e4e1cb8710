// An error in the words of the person: title, text, and what the vendor itself said.
import type { TFunction } from "i18next";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { ApiError } from "../../generated/types";

export type ErrorWords = { title: string; body: string; vendor: string | null };

export function useErrorWords() {
  const { t } = useTranslation();
  return useCallback(
    (error: ApiError): ErrorWords => {
      const { where, status, vendor_code, vendor_message } = error.details;
      const said = [vendor_message, [status, vendor_code].filter(Boolean).join(" ")]
        .filter(Boolean)
        .join(" · ");
      return {
        title: t(`errors.${error.code}.title`),
        body: t(`errors.${error.code}.body`, { where: where ?? t("errors.the_vendor") }),
        vendor: said ? t("errors.vendor_said", { said }) : null,
      };
    },
    [t],
  );
}

export type Said = { code?: string | null; message: string; values?: Record<string, string> };

/** What is wrong at one place: in the person's language if the sentence is known there. */
export const violationWords = (t: TFunction, { code, message, values }: Said): string =>
  code ? t(`query.problem.codes.${code}`, { ...values, defaultValue: message }) : message;

/** Everything about an error, for a message to support. Holds no secret: the envelope never does. */
export function errorDetails(error: ApiError): string {
  return JSON.stringify(error, null, 2);
}
