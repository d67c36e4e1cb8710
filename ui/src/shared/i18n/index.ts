// The four languages. English is the source: its keys are the type of every key.
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import de from "./de.json";
import en from "./en.json";
import fr from "./fr.json";
import nl from "./nl.json";

export const LANGUAGES = ["en", "nl", "fr", "de"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each language in its own words. */
export const LANGUAGE_NAMES: Record<Language, string> = {
  en: "English",
  nl: "Nederlands",
  fr: "Français",
  de: "Deutsch",
};

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: typeof en };
  }
}

/** The chosen language, or the first of the system's that there is. */
export function resolveLanguage(chosen: Language | null, system: readonly string[]): Language {
  if (chosen) return chosen;
  const bare = system.map((tag) => tag.slice(0, 2).toLowerCase());
  return bare.map((tag) => LANGUAGES.find((language) => language === tag)).find(Boolean) ?? "en";
}

export function startI18n(language: Language) {
  return i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: "en",
    resources: {
      en: { translation: en },
      nl: { translation: nl },
      fr: { translation: fr },
      de: { translation: de },
    },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
}
