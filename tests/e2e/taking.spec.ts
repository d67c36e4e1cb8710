// Columns, selection, copies and files: exactly what is on the screen leaves the window.
import { readFile } from "node:fs/promises";
import { expect, test } from "./devhost.ts";
import { ask, cell, count, isAccessible, openPractice, row } from "./steps.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const selected = "selected";

test("columns are chosen, moved, pinned and put back by keyboard", async ({ page, host }) => {
  await openPractice(page, host.url);
  const headers = async () => {
    const found = await page.getByRole("columnheader").evaluateAll((all) =>
      all.map((header) => ({ place: Number(header.ariaColIndex), text: header.textContent?.trim() })),
    );
    const inOrder = found.sort((one, other) => one.place - other.place);
    return inOrder.map(({ text }) => text).filter(Boolean);
  };
  await page.keyboard.press("Control+Shift+l");
  const menu = page.getByRole("dialog", { name: "Columns" });
  await expect(menu.getByRole("checkbox", { name: "Name" })).toBeFocused();
  await isAccessible(page, "the menu of columns");
  await page.keyboard.press("Alt+ArrowDown");
  await expect.poll(headers).toEqual(["Organization", "Name", "Role", "Id", "Created", "Updated"]);
  await menu.getByRole("checkbox", { name: "VAT number" }).press("Space");
  await menu.getByRole("checkbox", { name: "Updated" }).press("Space");
  await expect.poll(headers).toEqual(["Organization", "Name", "Role", "Id", "Created", "VAT number"]);
  await menu.getByRole("button", { name: "Keep Id in sight" }).press("Enter");
  await expect.poll(headers).toEqual(["Id", "Organization", "Name", "Role", "Created", "VAT number"]);
  await menu.getByRole("button", { name: "Reset" }).press("Enter");
  await expect.poll(headers).toEqual(["Name", "Organization", "Role", "Id", "Created", "Updated"]);
});

test("rows are selected by keyboard, up to all that match", async ({ page, host }) => {
  await openPractice(page, host.url);
  await cell(page, 0, "name").click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Space");
  const words = page.getByTestId(selected);
  await expect(words).toHaveText("1 selected");
  await expect(row(page, 0)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(words).toHaveText("3 selected");
  await page.keyboard.press("Shift+ArrowUp");
  await expect(words).toHaveText("2 selected");
  await row(page, 6).locator('[col-id="select"]').click({ modifiers: ["Shift"] });
  await expect(words).toHaveText("7 selected");
  await isAccessible(page, "a selection");

  await page.getByRole("button", { name: "Copy", exact: true }).click();
  await expect(page.getByRole("menu")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menu")).toBeHidden();
  await expect(words, "Escape closed the menu alone").toHaveText("7 selected");

  await cell(page, 6, "name").focus();
  await page.keyboard.press("Control+a");
  await expect(words).toHaveText("100 selected");
  expect(await page.evaluate(() => String(getSelection())), "rows are selected, not texts").toBe("");
  await page.getByRole("button", { name: "Select all 2,000 that match" }).press("Enter");
  await expect(words).toHaveText("All 2,000 selected");
  await expect(page.locator(".ag-cell:focus"), "the step is gone, the focus is not").toHaveCount(1);
  await row(page, 2).locator('[col-id="select"]').click();
  await expect(words).toHaveText("1,999 selected");

  await page.getByRole("columnheader", { name: "Created" }).click();
  await expect(words, "another order is the same people").toHaveText("1,999 selected");
  await ask(page, "role:reseller");
  await expect(words, "another question is not").toBeHidden();
  await expect(page.getByText("The selection was cleared").first()).toBeVisible();
});

/** Longer than the browser takes to scroll by a page. */
const SCROLLED_MS = 400;

test("Space selects and leaves the rows where they are", async ({ page, host }) => {
  await openPractice(page, host.url);
  await cell(page, 3, "name").click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Space");
  await expect(page.getByTestId(selected)).toHaveText("1 selected");
  await page.waitForTimeout(SCROLLED_MS);
  const scrolled = await page
    .getByRole("grid")
    .evaluate((grid) => Math.max(...[grid, ...grid.querySelectorAll("*")].map((part) => part.scrollTop)));
  expect(scrolled).toBe(0);
  await expect(page.locator('.ag-row[row-index="3"] .ag-cell:focus')).toHaveCount(1);
});

test("what is selected is copied", async ({ page, host }) => {
  await openPractice(page, host.url);
  await cell(page, 0, "select").click();
  await cell(page, 2, "select").click();
  const names = [await cell(page, 0, "name").innerText(), await cell(page, 2, "name").innerText()];
  await page.getByRole("button", { name: "Copy", exact: true }).click();
  await page.getByRole("menuitem", { name: "Copy as CSV" }).click();
  await expect(page.getByText("2 people copied").first()).toBeVisible();
  const csv = await page.evaluate(() => navigator.clipboard.readText());
  const lines = csv.trim().split(/\r?\n/);
  expect(lines[0]).toBe("Name,Organization,Role,Id,Created,Updated");
  expect(lines.slice(1).map((line) => line.split(",")[0])).toEqual(names);

  await page.getByRole("button", { name: "Copy", exact: true }).click();
  await page.getByRole("menuitem", { name: "Copy as JSON" }).click();
  await expect
    .poll(async () => page.evaluate(() => navigator.clipboard.readText()))
    .toContain(`"${names[0]}"`);
});

test("exactly the view is written to a file", async ({ page, host }) => {
  await openPractice(page, host.url);
  await ask(page, "role:reseller");
  await expect(cell(page, 0, "role")).toHaveText("Reseller");
  await page.getByRole("columnheader", { name: "Id" }).click();
  await expect(page.getByRole("columnheader", { name: "Id" })).toHaveAttribute("aria-sort", "ascending");
  const total = Number((await count(page).innerText()).split(" ")[0]);
  await page.keyboard.press("Control+Shift+e");
  const dialog = page.getByRole("dialog", { name: "Export people" });
  await isAccessible(page, "the export");
  await dialog.getByRole("radio", { name: "CSV" }).click();
  await dialog.getByRole("button", { name: "Choose the file…" }).click();
  await expect(page.getByText("Exported").first()).toBeVisible();
  const notice = page.getByText(/\.csv$/).last();
  const path = (await notice.innerText()).replace(/^.* · /, "");
  const lines = (await readFile(path, "utf8")).replace(/^\uFEFF/, "").trim().split(/\r?\n/);
  expect(lines[0]).toBe("Name,Organization,Role,Id,Created,Updated");
  expect(lines).toHaveLength(total + 1);
  const ids = lines.slice(1).map((line) => Number(line.match(/,(\d+),\d{4}-/)?.[1]));
  expect(ids.every(Number.isInteger), "each line has its id").toBe(true);
  expect(ids).toEqual([...ids].sort((one, other) => one - other));
  await expect(page.getByRole("complementary", { name: "Connection and places" })).toContainText("Exported");
  await isAccessible(page, "an export that is done");
});
