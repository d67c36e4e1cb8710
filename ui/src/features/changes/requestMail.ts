// A message to the vendor that asks for what its API does not do, in the vendor's languages. Not in the texts of the
// window: it is for the vendor to read, whatever the window speaks.
import type { Connection, PlanStep } from "../../generated/types";

export const REQUEST_LANGUAGES = ["nl", "fr", "en"] as const;
export type RequestLanguage = (typeof REQUEST_LANGUAGES)[number];

type Words = {
  subject: (count: number) => string;
  opening: (host: string) => string;
  none: string;
  clear: string;
  key: (key: number) => string;
  closing: string;
};

const WORDS: Record<RequestLanguage, Words> = {
  en: {
    subject: (count) => `Request: ${count} ${count === 1 ? "change" : "changes"} that the API does not offer`,
    opening: (host) =>
      `Hello,\n\nThe API at ${host} has no endpoint for the following with our key. Could you do it for us?`,
    none: "unknown",
    clear: "(nothing)",
    key: (key) => `Our API key: ${key}`,
    closing: "Thank you, and kind regards",
  },
  nl: {
    subject: (count) =>
      `Aanvraag: ${count} ${count === 1 ? "wijziging" : "wijzigingen"} die de API niet aanbiedt`,
    opening: (host) =>
      `Dag,\n\nDe API op ${host} heeft voor onze sleutel geen endpoint voor het volgende. Kunt u dit voor ons doen?`,
    none: "onbekend",
    clear: "(niets)",
    key: (key) => `Onze API-sleutel: ${key}`,
    closing: "Dank u, en vriendelijke groeten",
  },
  fr: {
    subject: (count) =>
      `Demande : ${count} ${count === 1 ? "modification" : "modifications"} que l’API ne propose pas`,
    opening: (host) =>
      `Bonjour,\n\nL’API sur ${host} n’a pas de endpoint pour ce qui suit avec notre clé. Pourriez-vous le faire pour nous ?`,
    none: "inconnu",
    clear: "(rien)",
    key: (key) => `Notre clé d’API : ${key}`,
    closing: "Merci, et cordialement",
  },
};

/** Vendor's own names of fields and acts: that is what the vendor looks for. Never a secret. */
function stepLines(step: PlanStep, words: Words): string {
  const { kind, target } = step;
  const about = target ? ` ${target.thing} ${target.id}${target.name ? ` (${target.name})` : ""}` : "";
  const value = (json: unknown) =>
    json === null ? words.clear : typeof json === "string" ? json : JSON.stringify(json);
  const fields = step.changes.map(({ path, before, after }) => {
    const was =
      before.known === "yes" ? value(before.value) : before.known === "none" ? words.clear : words.none;
    return target ? `    ${path}: ${was} -> ${value(after)}` : `    ${path}: ${value(after)}`;
  });
  return [`- ${kind}${about}`, ...fields].join("\n");
}

export function requestMail(
  language: RequestLanguage,
  { base_url, key_id }: Pick<Connection, "base_url" | "key_id">,
  steps: readonly PlanStep[],
): { subject: string; body: string; link: string } {
  const words = WORDS[language];
  const subject = words.subject(steps.length);
  const body = [
    words.opening(base_url),
    "",
    ...steps.map((step) => stepLines(step, words)),
    "",
    words.key(key_id),
    "",
    words.closing,
  ].join("\n");
  const link = `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
  return { subject, body, link };
}
