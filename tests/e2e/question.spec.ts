// One question in its three faces: written, built and read as JSON, by keyboard; why somebody matches it.
import { expect, test } from "./devhost.ts";
import { ask, cell, count, isAccessible, openPractice } from "./steps.ts";

test("a question is asked by text, and its problems are pointed at", async ({ page, host }) => {
  await openPractice(page, host.url);
  await ask(page, "role:organization_manager and created > 2020-01-01");
  await expect(count(page)).not.toHaveText("2,000 people");
  await expect(cell(page, 0, "role")).toHaveText("Organization manager");
  await isAccessible(page, "a question");
  const found = await count(page).innerText();

  await ask(page, "role:organization_manager and (");
  await expect(page.getByRole("region", { name: "Question" }).getByText(/Character \d+/)).toBeVisible();
  await isAccessible(page, "a problem");
  await expect(count(page), "rows stay while the question has problems").toHaveText(found);
});

test("the same question is built, and read as JSON", async ({ page, host }) => {
  await openPractice(page, host.url);
  await ask(page, "name ~ jans or not org:any");
  await expect(count(page)).not.toHaveText("2,000 people");
  await page.getByText("Builder", { exact: true }).click();
  const builder = page.getByRole("region", { name: "Builder" });
  await expect(builder.getByPlaceholder("Part of the name")).toHaveValue("jans");
  await isAccessible(page, "the builder");
  await page.getByText("JSON", { exact: true }).click();
  const json = page.getByRole("textbox", { name: "Question as JSON" });
  await expect(json).toContainText('"muster.name"');
  await isAccessible(page, "the JSON");

  await json.click();
  await page.keyboard.press("Control+a");
  await page.keyboard.type('{"role": "reseller"}');
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("textbox", { name: "Question as text" })).toHaveText("role:reseller");
  await expect(cell(page, 0, "role")).toHaveText("Reseller");
});

test("the drawer explains why somebody matches, and the edit is asked", async ({ page, host }) => {
  await openPractice(page, host.url);
  await ask(page, "role:reseller");
  await expect(cell(page, 0, "role")).toHaveText("Reseller");
  await cell(page, 0, "name").click();
  const drawer = page.getByRole("complementary", { name: "Person" });
  await expect(drawer.getByText("Matches the question")).toBeVisible();
  await expect(drawer.getByText(/learnt from a filter/)).toBeVisible();
  await isAccessible(page, "an explanation");
  await drawer.getByRole("button", { name: "Change the question" }).first().click();
  await expect(count(page)).not.toHaveText("8 people");
});

test("a question that nobody matches loses its last condition on request", async ({ page, host }) => {
  await openPractice(page, host.url);
  await ask(page, "role:reseller and name ~ zzzz");
  await expect(page.getByText("Nobody matches")).toBeVisible();
  await isAccessible(page, "nobody matches");
  await page.getByRole("button", { name: "Drop the last condition" }).click();
  await expect(page.getByRole("textbox", { name: "Question as text" })).toHaveText("role:reseller");
  await expect(cell(page, 0, "role")).toHaveText("Reseller");
});

test("questions that were asked are asked again from the menu", async ({ page, host }) => {
  await openPractice(page, host.url);
  await ask(page, "role:reseller");
  await expect(cell(page, 0, "role")).toHaveText("Reseller");
  const found = await count(page).innerText();
  await ask(page, "org:none");
  await expect(count(page)).not.toHaveText(found);
  await page.keyboard.press("Control+Shift+h");
  const menu = page.getByRole("menu");
  await expect(menu.getByRole("menuitem")).toHaveCount(2);
  await expect(menu).toContainText(found);
  await isAccessible(page, "recent questions");
  await menu.getByRole("menuitem", { name: /role:reseller/ }).press("Enter");
  await expect(count(page)).toHaveText(found);
  await expect(page.getByRole("textbox", { name: "Question as text" })).toHaveText("role:reseller");
});

test("two questions are compared", async ({ page, host }) => {
  await openPractice(page, host.url);
  await ask(page, "role:reseller");
  await expect(cell(page, 0, "role")).toHaveText("Reseller");
  await page.keyboard.press("Control+Shift+d");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox").or(dialog.getByRole("textbox")).first().fill("org:any");
  await expect(dialog.getByRole("region", { name: "In both" })).toContainText(/\d/);
  await isAccessible(page, "a comparison");
});

test("the order is of several columns, with their numbers, and live says why not", async ({ page, host }) => {
  await openPractice(page, host.url);
  await page.getByRole("columnheader", { name: "Role" }).click();
  await page.getByRole("columnheader", { name: "Name" }).click({ modifiers: ["Shift"] });
  await expect(page.getByRole("columnheader", { name: "Role" })).toHaveAttribute("aria-sort", "ascending");
  const name = page.getByRole("columnheader", { name: "Name" });
  await expect(name).toHaveAttribute("aria-sort", "ascending");
  await expect(name).toContainText("2");
  const first = await cell(page, 0, "name").innerText();
  await name.click({ modifiers: ["Shift"] });
  await expect(name).toHaveAttribute("aria-sort", "descending");
  await expect(cell(page, 0, "name")).not.toHaveText(first);
  await page.getByText("Live", { exact: true }).click();
  await expect(name).toHaveAttribute("aria-description", /the vendor sorts by id only/);
});
