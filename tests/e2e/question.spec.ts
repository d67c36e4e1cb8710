// What an asked question tells: why somebody matches it, how it differs from another, in which order.
import { expect, test } from "./devhost.ts";
import { ask, cell, count, isAccessible, openPractice } from "./steps.ts";

test("the drawer explains why somebody matches, and the edit is asked", async ({ page, host }) => {
  await openPractice(page, host.url);
  await ask(page, "role:reseller");
  await expect(cell(page, 0, "role")).toHaveText("Reseller");
  const found = await count(page).innerText();
  await cell(page, 0, "name").click();
  const drawer = page.getByRole("complementary", { name: "Person" });
  await expect(drawer.getByText("Matches the question")).toBeVisible();
  await expect(drawer.getByText(/learnt from a filter/)).toBeVisible();
  await isAccessible(page, "an explanation");
  await drawer.getByRole("button", { name: "Change the question" }).first().click();
  await expect(count(page)).not.toHaveText(found);
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
  const [many = ""] = (await count(page).innerText()).split(" ");
  await page.keyboard.press("Control+Shift+d");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox").or(dialog.getByRole("textbox")).first().fill("role:[reseller,organization_manager]");
  const part = (name: string) => dialog.getByRole("region", { name }).getByRole("paragraph").first();
  await expect(part("In both"), "the other question is wider").toHaveText(new RegExp(`^${many}\\b`));
  await expect(part("Only in A")).toHaveText(/^0\b/);
  await expect(part("Only in B")).toHaveText(/^[1-9]/);
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
