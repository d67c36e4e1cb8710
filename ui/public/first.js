// What the last start looked like, applied before the first paint. The settings of the profile stay the truth.
(() => {
  try {
    const look = JSON.parse(localStorage.getItem("look") || "{}");
    const root = document.documentElement;
    if (look.scheme) root.setAttribute("data-mantine-color-scheme", look.scheme);
    if (look.contrast) root.setAttribute("data-contrast", look.contrast);
    if (look.language) root.lang = look.language;
  } catch {
    // Nothing remembered: first.css follows the system.
  }
})();
