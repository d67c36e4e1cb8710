// The whole window under its theme, its language and its cache.
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { type Language, resolveLanguage } from "../shared/i18n";
import { useKeyboard } from "../shared/keys/useAction";
import { useAppState } from "../shared/reads/app";
import { queryClient } from "../shared/reads/client";
import { useLook } from "../shared/theme/look";
import { LAYERS, theme } from "../shared/theme/mantine";
import { styleNonce } from "../shared/theme/nonce";
import { ErrorBoundary } from "./ErrorBoundary";
import { HostEvents } from "./HostEvents";
import { router } from "./router";

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <ErrorBoundary around={Bare}>
        <Suspense fallback={null}>
          <Window />
        </Suspense>
      </ErrorBoundary>
    </QueryClientProvider>
  );
}

/** If the settings cannot be read, that is said in the system's scheme. Never around the window: two
 * providers would both set the scheme of the document. */
function Bare({ children }: { children: React.ReactNode }) {
  return (
    <MantineProvider theme={theme} getStyleNonce={nonce} defaultColorScheme="auto" withGlobalClasses={false}>
      {children}
    </MantineProvider>
  );
}

const nonce = () => styleNonce() ?? "";

function Window() {
  const { settings } = useAppState();
  const { t, i18n } = useTranslation();
  const language: Language = resolveLanguage(settings.language, navigator.languages);
  const look = useLook(settings, language);
  useKeyboard();
  useEffect(() => {
    if (i18n.language !== language) i18n.changeLanguage(language);
  }, [i18n, language]);
  return (
    <MantineProvider
      theme={theme}
      getStyleNonce={nonce}
      forceColorScheme={look.scheme}
      withGlobalClasses={false}
    >
      <HostEvents />
      <section id={LAYERS} aria-label={t("notices")}>
        <Notifications position="bottom-right" limit={3} withinPortal={false} />
      </section>
      <RouterProvider router={router} />
    </MantineProvider>
  );
}
