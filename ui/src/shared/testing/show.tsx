// Shows a component in a test as the window does: in English, with the look and the cache of reads.
import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { act, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { startI18n } from "../i18n";
import { queryClient } from "../reads/client";

export function show(start: ReactNode) {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  startI18n("en");
  queryClient.clear();
  const place = document.createElement("div");
  document.body.append(place);
  const root = createRoot(place);
  const draw = (node: ReactNode) =>
    act(async () =>
      root.render(
        <MantineProvider env="test">
          <QueryClientProvider client={queryClient}>{node}</QueryClientProvider>
        </MantineProvider>,
      ),
    );
  return {
    drawn: draw(start),
    draw,
    /** What can be read, dialogs and menus included. */
    text: () => document.body.textContent ?? "",
    end: () =>
      act(async () => {
        root.unmount();
        place.remove();
      }),
  };
}

/** Lets what was answered be drawn. */
export const settled = () => act(async () => new Promise((done) => setTimeout(done, 0)));
