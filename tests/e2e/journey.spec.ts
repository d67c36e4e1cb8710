// A manager's first ten minutes, in a browser against devhost: from nothing to people, with and
// without a network, by mouse and by keyboard.
import type { Page } from "@playwright/test";
import { expect, type Key, test } from "./devhost.ts";
import { cell, isAccessible, openPractice } from "./steps.ts";

async function typeConnection(page: Page, address: string, key: Key, secret: string): Promise<void> {
  await page.getByLabel("Name", { exact: true }).fill("Our clients");
  await page.getByLabel("Key id").fill(String(key.id));
  await page.getByLabel("Secret", { exact: true }).fill(secret);
  await page.getByRole("button", { name: "Advanced" }).click();
  await page.getByLabel("Address of the API").fill(address);
}

test("the first start leads to people in one click", async ({ page, host }) => {
  await page.goto(host.url);
  await expect(page.getByRole("heading", { name: "Welcome to Muster" })).toBeVisible();
  await isAccessible(page, "first start");
  await openPractice(page, host.url);
  await expect(page.getByRole("grid")).toHaveAttribute("aria-rowcount", "2001");
  await isAccessible(page, "people");
});

test("a key is tested, connected, synced, and answers offline", async ({ page, host, simulator }) => {
  const { base_url, keys } = simulator.ready.medipim;
  const key = keys.find((own) => own.role === "reseller");
  if (!key) throw new Error("the simulator has a reseller");
  await page.goto(host.url);
  await page.getByRole("button", { name: "Connect to Medipim" }).click();
  await typeConnection(page, base_url, key, "wrong");
  await page.getByRole("button", { name: "Test", exact: true }).click();
  await expect(page.getByText("The vendor refuses the key")).toBeVisible();
  await isAccessible(page, "a key that is refused");

  await page.getByLabel("Secret", { exact: true }).fill(key.secret);
  await page.getByRole("button", { name: "Test", exact: true }).click();
  await expect(page.getByText("The key seems to be")).toBeVisible();
  await isAccessible(page, "the report of a test");
  await page.getByRole("button", { name: "Connect", exact: true }).click();
  await expect(page.getByText("300 people").first()).toBeVisible();

  await simulator.stop();
  await page.getByText("Live", { exact: true }).click();
  await expect(page.getByText("No connection")).toBeVisible();
  await isAccessible(page, "offline");
  await page.getByRole("button", { name: /mirror/i }).first().click();
  await expect(page.getByText("300 people").first()).toBeVisible();
});

test("people are searched, sorted and looked at by keyboard alone", async ({ page, host }) => {
  await openPractice(page, host.url);
  await page.keyboard.press("Control+f");
  await expect(page.getByPlaceholder("Name, id or identifier")).toBeFocused();
  await page.keyboard.type("an");
  const count = page.getByText(/^[\d,]+ people$/).first();
  await expect(count).not.toHaveText("2,000 people");
  const name = await cell(page, 1, "name").innerText();
  expect(name.normalize("NFD").toLowerCase()).toContain("an");

  await page.keyboard.press("Tab");
  await cell(page, 1, "name").click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("complementary", { name: "Person" });
  await expect(drawer).toContainText(name);
  await expect(drawer).toContainText("the vendor does not return it");
  await isAccessible(page, "the drawer");
  await page.keyboard.press("ArrowDown");
  const next = await cell(page, 2, "name").innerText();
  await expect(drawer).toContainText(next);
  await page.keyboard.press("Escape");
  await expect(drawer).toBeHidden();
});

test("the drawer keeps its person when the order changes", async ({ page, host }) => {
  await openPractice(page, host.url);
  const clicked = cell(page, 3, "name");
  const name = await clicked.innerText();
  await clicked.click();
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("complementary", { name: "Person" });
  await expect(drawer).toContainText(name);
  await page.getByRole("columnheader", { name: "Created" }).click();
  await expect(clicked).not.toHaveText(name);
  await expect(drawer).toContainText(name);
});

test("a key that the vendor refuses is not kept", async ({ page, host, simulator }) => {
  const { base_url, keys } = simulator.ready.medipim;
  const key = keys.find((own) => own.role === "reseller");
  if (!key) throw new Error("the simulator has a reseller");
  await page.goto(host.url);
  await page.getByRole("button", { name: "Connect to Medipim" }).click();
  await typeConnection(page, base_url, key, "wrong");
  await page.getByRole("button", { name: "Connect", exact: true }).click();
  await expect(page.getByText("The vendor refuses the key")).toBeVisible();
  await page.goto("about:blank");
  await page.goto(host.url);
  await expect(page.getByRole("heading", { name: "Welcome to Muster" })).toBeVisible();
});

test("the practice network can be switched off: live says why, the mirror answers", async ({
  page,
  host,
}) => {
  await openPractice(page, host.url);
  await page.getByRole("button", { name: /switch or change/ }).click();
  await page.getByRole("menuitem", { name: "Switch the practice network off" }).click();
  await page.getByText("Live", { exact: true }).click();
  await expect(page.getByText("No connection")).toBeVisible();
  await page.getByText("Mirror", { exact: true }).first().click();
  await expect(page.getByText("2,000 people").first()).toBeVisible();
});

test("what was open is open again", async ({ page, host }) => {
  await openPractice(page, host.url);
  await page.getByRole("columnheader", { name: "Updated" }).click();
  const sorted = page.getByRole("columnheader", { name: "Updated" });
  await expect(sorted).toHaveAttribute("aria-sort", "ascending");
  await page.getByPlaceholder("Name, id or identifier").fill("an");
  const count = page.getByText(/^[\d,]+ people$/).first();
  await expect(count).not.toHaveText("2,000 people");
  const found = await count.innerText();
  await page.goto("about:blank");
  await page.goto(host.url);
  await expect(page.getByPlaceholder("Name, id or identifier")).toHaveValue("an");
  await expect(page.getByText(found, { exact: true }).first()).toBeVisible();
  await expect(sorted).toHaveAttribute("aria-sort", "ascending");
});

test("a window that was made dark is dark at the next start", async ({ page, host }) => {
  await openPractice(page, host.url);
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByText("Dark", { exact: true }).click();
  const root = page.locator("html");
  await expect(root).toHaveAttribute("data-mantine-color-scheme", "dark");
  await isAccessible(page, "dark settings");
  await page.evaluate(() => localStorage.clear());
  await page.goto("about:blank");
  await page.goto(host.url);
  await expect(page.getByRole("link", { name: "People" })).toBeVisible();
  await expect(root).toHaveAttribute("data-mantine-color-scheme", "dark");
});

test("organizations are listed and lead to their people", async ({ page, host }) => {
  await openPractice(page, host.url);
  await page.getByRole("link", { name: "Organizations" }).click();
  await expect(page.getByText("150 organizations").first()).toBeVisible();
  await isAccessible(page, "organizations");
  const people = page.getByRole("button", { name: /^Show the \d+ people of/ }).first();
  const many = await people.innerText();
  await people.click();
  await expect(page.getByRole("textbox", { name: "Question as text" })).toHaveText(/^org:\d+$/);
  await expect(page.getByTestId("count")).toHaveText(`${many} people`);
});

test("a connection is removed only after its name was typed", async ({ page, host }) => {
  await openPractice(page, host.url);
  await page.getByRole("button", { name: /switch or change/ }).click();
  await page.getByRole("menuitem", { name: "Remove…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("mirror.db");
  const remove = dialog.getByRole("button", { name: /remove/i }).last();
  await expect(remove).toBeDisabled();
  await dialog.getByRole("textbox").fill("Practice directory");
  await remove.click();
  await expect(page.getByRole("heading", { name: "Welcome to Muster" })).toBeVisible();
});

for (const language of ["Nederlands", "Français", "Deutsch"]) {
  test(`every place speaks ${language}`, async ({ page, host }) => {
    await openPractice(page, host.url);
    await page.getByRole("link", { name: "Settings" }).click();
    await isAccessible(page, "settings");
    await page.getByText(language, { exact: true }).click();
    await expect(page.getByText("People", { exact: true })).toHaveCount(0);
    await isAccessible(page, language);
  });
}
