// The entry: styles in their order, then the window.
import "@mantine/core/styles.layer.css";
import "@mantine/notifications/styles.layer.css";
import "@mantine/spotlight/styles.layer.css";
import "@fontsource-variable/inter/wght.css";
import "./shared/theme/tokens.css";
import "./shared/theme/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { resolveLanguage, startI18n } from "./shared/i18n";
import { shareNonce } from "./shared/theme/nonce";

// Until the settings are read: the language of the system.
startI18n(resolveLanguage(null, navigator.languages));

shareNonce();

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
