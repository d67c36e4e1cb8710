// Which scheme and contrast the window shows: the settings, resolved against the system.
import { useMediaQuery } from "@mantine/hooks";
import { useEffect } from "react";
import type { Settings } from "../../generated/types";

export type Look = { scheme: "light" | "dark"; contrast: "normal" | "high" };

export function resolveLook(settings: Settings, systemDark: boolean, systemContrast: boolean): Look {
  const scheme = settings.scheme === "system" ? (systemDark ? "dark" : "light") : settings.scheme;
  const contrast = settings.contrast === "system" ? (systemContrast ? "high" : "normal") : settings.contrast;
  return { scheme, contrast };
}

/** Resolves the look, marks the document with it and remembers it for the first paint of the next start. */
export function useLook(settings: Settings, language: string): Look {
  const systemDark = useMediaQuery("(prefers-color-scheme: dark)", undefined, {
    getInitialValueInEffect: false,
  });
  const systemContrast = useMediaQuery("(prefers-contrast: more)", undefined, {
    getInitialValueInEffect: false,
  });
  const look = resolveLook(settings, systemDark ?? false, systemContrast ?? false);
  useEffect(() => {
    document.documentElement.dataset.contrast = look.contrast;
    document.documentElement.lang = language;
    // Only what differs from the system is remembered, or a later change of the system would flash.
    const remembered = {
      scheme: settings.scheme === "system" ? undefined : look.scheme,
      contrast: look.contrast,
      language,
    };
    try {
      localStorage.setItem("look", JSON.stringify(remembered));
    } catch {
      // Private windows may refuse storage; only the first paint loses by it.
    }
  }, [look.scheme, look.contrast, language, settings.scheme]);
  return look;
}
