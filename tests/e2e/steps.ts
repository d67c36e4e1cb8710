// What several journeys do: look for what is in a disabled person's way, open the practice directory, ask.
import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { expect, type Host, type Key, type Simulator } from "./devhost.ts";

/** Nothing that axe knows to be in a disabled person's way. */
export async function isAccessible(page: Page, what: string): Promise<void> {
  // What fades in has no contrast of its own yet.
  await page.evaluate(async () => {
    const moving = () =>
      document.getAnimations().filter((own) => {
        const end = own.effect?.getComputedTiming().endTime;
        return own.playState === "running" && end !== Number.POSITIVE_INFINITY;
      });
    for (let now = moving(); now.length > 0; now = moving()) {
      await Promise.allSettled(now.map((own) => own.finished));
    }
  });
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map((own) => `${own.id}: ${own.nodes.map((node) => node.html).join(" ")}`);
  expect(found, what).toEqual([]);
}

export async function openPractice(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole("button", { name: "Try the practice directory" }).click();
  await expect(page.getByRole("grid")).toBeVisible();
  await expect(page.getByText("2,000 people").first()).toBeVisible();
}

/** The number of people that the place says it shows. */
export const count = (page: Page): Locator => page.getByTestId("count");

/** A row, from 0, and one of its cells by its column. */
export const row = (page: Page, index: number): Locator => page.locator(`.ag-row[row-index="${index}"]`);
export const cell = (page: Page, index: number, column: string): Locator =>
  row(page, index).locator(`[col-id="${column}"]`);

/** Writes a question into the bar and asks it. */
export async function ask(page: Page, text: string): Promise<void> {
  await page.keyboard.press("Control+Shift+f");
  const bar = page.getByRole("textbox", { name: "Question as text" });
  await expect(bar).toBeFocused();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  // As a person types: brackets and quotes close themselves and are typed over.
  await page.keyboard.type(text);
  await page.keyboard.press("Control+Enter");
}

/** A command as the window sends it. */
export async function command(page: Page, host: Host, name: string, input: unknown): Promise<unknown> {
  const response = await page.request.post(`${host.url}/api/${name}`, {
    headers: { "x-muster-token": host.token },
    data: JSON.stringify(input),
  });
  return response.json();
}

export function keyOf(simulator: Simulator, role: string): Key {
  const key = simulator.medipim.keys.find((own) => own.role === role);
  if (!key) throw new Error(`the simulator has a ${role}`);
  return key;
}

/** The id of the connection that was made first. */
export async function connectionOf(page: Page, host: Host): Promise<string> {
  const [own] = (await command(page, host, "connections_list", null)) as { id: string }[];
  if (!own) throw new Error("there is a connection");
  return own.id;
}

/** The id of the first organization in the mirror of that connection. */
export async function firstOrganization(page: Page, host: Host): Promise<number> {
  const { rows } = (await command(page, host, "organizations_query", {
    connection: await connectionOf(page, host),
    source: "mirror",
    filter: null,
    search: null,
    seen: "present",
    sort: { by: "id", direction: "ASC" },
    offset: 0,
    limit: 1,
  })) as { rows: { id: number }[] };
  if (!rows[0]) throw new Error("there is an organization");
  return rows[0].id;
}
