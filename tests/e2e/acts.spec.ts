// Forms of acts: filled in by keyboard and by mouse, kept as drafts, ending in plans. Nothing is sent.
import type { Page } from "@playwright/test";
import { expect, type Host, test } from "./devhost.ts";
import { cell, command, connectionOf, isAccessible, openPractice, row } from "./steps.ts";

type Plan = { id: string; title: string; steps: number; state: string };
type Draft = { id: string; intents: Array<{ values: Record<string, unknown>; secrets: string[] }> };

const dialog = (page: Page) => page.getByRole("dialog");

const plans = async (page: Page, host: Host) =>
  (await command(page, host, "plans_list", { connection: await connectionOf(page, host) })) as Plan[];
const drafts = async (page: Page, host: Host) =>
  (await command(page, host, "drafts_list", { connection: await connectionOf(page, host) })) as Draft[];

/** Tabs until a field has the focus: a person who sees nothing finds it the same way. */
async function tabTo(page: Page, path: string): Promise<void> {
  for (let step = 0; step < 20; step++) {
    await page.keyboard.press("Tab");
    const found = await page.evaluate(
      () => (document.activeElement as HTMLElement | null)?.dataset.path ?? null,
    );
    if (found === path) return;
  }
  throw new Error(`Tab does not lead to ${path}`);
}

/** Fills in everything that a new person needs, without the mouse. */
async function typePerson(page: Page): Promise<void> {
  await page.keyboard.press("Control+n");
  await expect(page.locator('[data-path="email"]')).toBeFocused();
  await page.keyboard.type("zoe.tester@example.com");
  await tabTo(page, "role");
  await page.keyboard.press("Space");
  await tabTo(page, "organization");
  await page.keyboard.type("a");
  await expect(page.getByRole("option").first()).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await tabTo(page, "profile.name");
  await page.keyboard.type("Zoë Tester");
  await tabTo(page, "preferences.language");
  await page.keyboard.type("Dut");
  await tabTo(page, "subscription.type");
  await page.keyboard.press("ArrowDown");
}

test("a person is planned from the keyboard alone", async ({ page, host }) => {
  await openPractice(page, host.url);
  await typePerson(page);
  await expect(dialog(page).getByText("Kept as a draft")).toBeVisible();
  await isAccessible(page, "the form of a new person");
  await page.keyboard.press("Control+Enter");
  await expect(dialog(page)).toBeHidden();
  await expect.poll(() => plans(page, host)).toHaveLength(1);
  await expect(page.getByRole("heading", { name: "New person: Zoë Tester" })).toBeVisible();
  const [plan] = await plans(page, host);
  expect(plan).toMatchObject({ title: "New person: Zoë Tester", steps: 1, state: "made" });
  expect(await drafts(page, host), "a draft that became a plan is gone").toEqual([]);

  // What is the same for many is offered, what is one person's own is not.
  await page.keyboard.press("Control+n");
  await dialog(page).getByRole("button", { name: "Fill in" }).click();
  await expect(page.locator('[data-path="preferences.language"]')).toHaveValue("nl");
  await expect(page.locator('[data-path="email"]')).toHaveValue("");
});

test("what is wrong stands at its field, and what was typed is kept", async ({ page, host }) => {
  await openPractice(page, host.url);
  await page.getByRole("button", { name: "New person" }).click();
  await page.getByLabel("E-mail").fill("zoe at example");
  await page.getByRole("radio", { name: "Type one" }).check();
  await page.locator('[data-path="password"]').fill("Muster-never-kept-42");
  await expect(dialog(page).getByText("expected an e-mail address")).toBeVisible();
  await expect(page.getByRole("radio", { name: "Software developer" })).toBeDisabled();
  await page.getByRole("button", { name: "Review plan" }).click();
  await expect(page.getByLabel("E-mail")).toBeFocused();
  await expect(dialog(page).getByText("is required").first()).toBeVisible();
  await isAccessible(page, "a form with problems");
  expect(await plans(page, host)).toEqual([]);

  await page.keyboard.press("Escape");
  await expect(dialog(page)).toBeHidden();
  await expect.poll(() => drafts(page, host)).toHaveLength(1);
  const kept = await drafts(page, host);
  expect(kept[0]?.intents[0]?.values).toEqual({ email: "zoe at example" });
  expect(JSON.stringify(kept), "a password is in no draft").not.toContain("never-kept");

  await page.keyboard.press("Control+n");
  await dialog(page).getByRole("button", { name: "Go on with it" }).click();
  await expect(page.getByLabel("E-mail")).toHaveValue("zoe at example");
});

test("a day that there is not stays and is told; Esc closes the calendar alone", async ({
  page,
  host,
}) => {
  await openPractice(page, host.url);
  await typePerson(page);
  const end = page.locator('[data-path="subscription.end"]');
  await end.fill("2026-13-45");
  await page.keyboard.press("Tab");
  await expect(end).toHaveValue("2026-13-45");
  await expect(dialog(page).getByText("expected a day such as 2026-01-31")).toBeVisible();
  await page.keyboard.press("Control+Enter");
  await expect(end).toBeFocused();
  await expect(page.getByRole("table"), "nothing lies over what is said").toHaveCount(0);
  expect(await plans(page, host)).toEqual([]);
  await isAccessible(page, "a day that there is not");

  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("table")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("table")).toHaveCount(0);
  await expect(dialog(page)).toBeVisible();
  await page.mouse.click(5, 300);
  await expect(dialog(page)).toBeVisible();
  await dialog(page).getByRole("link", { name: "Show the rule" }).first().click();
  await expect(dialog(page)).toBeHidden();
  await expect.poll(() => drafts(page, host), "it is kept").toHaveLength(1);
});

test("a password that is made reaches the clipboard and nothing else", async ({ page, host }) => {
  await openPractice(page, host.url);
  await typePerson(page);
  await page.getByRole("radio", { name: "Make a strong one" }).check();
  await page.getByRole("button", { name: "Review plan" }).click();
  await expect.poll(() => plans(page, host)).toHaveLength(1);
  const [plan] = await plans(page, host);
  const connection = await connectionOf(page, host);
  const step = { connection, plan: plan?.id, step: 1, path: "password" };
  expect(await command(page, host, "step_secret_copy", step)).toEqual({ seconds: 60 });
  const headers = { "x-muster-token": host.token };
  const clipboard = await page.request.get(`${host.url}/test/clipboard`, { headers });
  const secret = (await clipboard.json()) as string;
  expect(secret.length).toBeGreaterThan(15);
  expect(await page.content()).not.toContain(secret);
  const steps = { connection, plan: plan?.id, states: [], offset: 0, limit: 10 };
  expect(JSON.stringify(await command(page, host, "plan_steps", steps))).not.toContain(secret);
});

test("one form changes somebody from the drawer, and many from the selection", async ({ page, host }) => {
  await openPractice(page, host.url);
  await cell(page, 0, "name").click();
  await page.getByRole("button", { name: "Change", exact: true }).click();
  await page.getByRole("menuitem", { name: "Change the profile" }).click();
  await expect(page.getByLabel("Name", { exact: true })).not.toHaveValue("");
  await page.getByLabel("Name", { exact: true }).fill("Somebody Else");
  await page.getByRole("button", { name: "Review plan" }).click();
  await expect.poll(() => plans(page, host)).toHaveLength(1);

  await expect(dialog(page)).toBeHidden();
  await page.keyboard.press("Control+1");
  for (const index of [1, 2, 3]) await row(page, index).locator(".ag-cell").first().click();
  await page.getByRole("region", { name: "Selection" }).getByRole("button", { name: "Change" }).click();
  await page.getByRole("menuitem", { name: "Change the preferences" }).click();
  await expect(dialog(page).getByText("and 2 others")).toBeVisible();
  await page.getByLabel("Language").selectOption("de");
  await page.getByRole("button", { name: "Review plan" }).click();
  await expect.poll(async () => (await plans(page, host)).map(({ steps }) => steps).sort()).toEqual([1, 3]);
});

test("an organization's subscriptions are looked at, a person's keys are listed", async ({ page, host }) => {
  await openPractice(page, host.url);
  await cell(page, 0, "name").click();
  await page.getByRole("button", { name: "API keys" }).click();
  await expect(dialog(page).getByRole("button", { name: "New API key" })).toBeVisible();
  await isAccessible(page, "the keys of a person");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+2");
  await cell(page, 0, "subscriptions").click();
  await expect(dialog(page).getByText("Running")).toBeVisible();
  await isAccessible(page, "the subscriptions of an organization");
});
