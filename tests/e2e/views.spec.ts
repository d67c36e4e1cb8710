// Views: kept, changed, gone back from, shared, looked at before anything is written.
import { readFile } from "node:fs/promises";
import { expect, test } from "./devhost.ts";
import { ask, cell, command, count, isAccessible, openPractice } from "./steps.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const bar = "Question as text";

test("a view is saved, marked when it changes, and gone back to", async ({ page, host }) => {
  await openPractice(page, host.url);
  await ask(page, "role:reseller");
  await expect(cell(page, 0, "role")).toHaveText("Reseller");
  await page.keyboard.press("Control+s");
  await page.getByRole("dialog").getByLabel("Name").fill("Resellers");
  await isAccessible(page, "saving a view");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "View: Resellers", exact: true })).toBeVisible();

  await page.getByRole("columnheader", { name: "Created" }).click();
  const changed = page.getByRole("button", { name: "View: Resellers, changed" });
  await expect(changed).toBeVisible();
  await changed.click();
  await isAccessible(page, "the menu of views");
  await page.getByRole("menuitem", { name: "Revert to the saved view" }).click();
  await expect(page.getByRole("columnheader", { name: "Name" })).toHaveAttribute("aria-sort", "ascending");

  await ask(page, "org:none");
  await expect(changed).toBeVisible();
  await page.keyboard.press("Control+s");
  await expect(changed).toBeHidden();
  await page.goto("about:blank");
  await page.goto(host.url);
  await expect(page.getByRole("button", { name: "View: Resellers", exact: true })).toBeVisible();
  await expect(page.getByRole("textbox", { name: bar })).toHaveText("org:none");
});

test("a view opens from the palette, gets another name, and is deleted", async ({ page, host }) => {
  await openPractice(page, host.url);
  await ask(page, "role:reseller");
  await page.keyboard.press("Control+s");
  await page.getByRole("dialog").getByLabel("Name").fill("Resellers");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.getByRole("link", { name: "Organizations" }).click();
  await expect(cell(page, 0, "name")).toBeVisible();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("textbox", { name: "Go to, switch, do…" })).toBeFocused();
  await page.keyboard.type("Resellers");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: bar })).toHaveText("role:reseller");

  await page.keyboard.press("Control+o");
  await page.getByRole("menuitem", { name: "Rename…" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("Those who resell");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(page.getByRole("button", { name: "View: Those who resell", exact: true })).toBeVisible();
  await page.keyboard.press("Control+o");
  await page.getByRole("menuitem", { name: "Delete…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete the view" }).click();
  await expect(page.getByRole("button", { name: "Views", exact: true })).toBeVisible();
  await expect(page.getByRole("textbox", { name: bar }), "what is shown stays").toHaveText("role:reseller");
});

test("a shared view is looked at before anything is kept", async ({ page, host }) => {
  await openPractice(page, host.url);
  await ask(page, "role:reseller");
  await expect(cell(page, 0, "role")).toHaveText("Reseller");
  const found = await count(page).innerText();
  await page.keyboard.press("Control+o");
  await page.getByRole("menuitem", { name: "Copy a link to share" }).click();
  await expect(page.getByText("Link copied").first()).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/^muster:\/\/view\//);

  await ask(page, "org:none");
  await expect(count(page)).not.toHaveText(found);
  await page.keyboard.press("Control+o");
  await page.getByRole("menuitem", { name: "Open a shared view…" }).click();
  await page.getByRole("dialog").getByLabel("Link").fill(link);
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "A shared view" });
  await expect(dialog).toContainText("role:reseller");
  await expect(dialog).toContainText(found);
  await isAccessible(page, "the preview of a view");
  const [connection] = (await command(page, host, "connections_list", null)) as { id: string }[];
  const kept = () => command(page, host, "views_list", { connection: connection?.id });
  expect(await kept(), "a preview writes nothing").toEqual([]);
  await dialog.getByRole("button", { name: "Show once" }).click();
  await expect(count(page)).toHaveText(found);
  expect(await kept(), "nor does showing it once").toEqual([]);
});

test("a view goes through a file", async ({ page, host }) => {
  await openPractice(page, host.url);
  await ask(page, "role:reseller");
  await page.keyboard.press("Control+o");
  await page.getByRole("menuitem", { name: "Save as a file to share…" }).click();
  const notice = page.getByText(/\.musterview$/).first();
  await expect(notice).toBeVisible();
  const path = await notice.innerText();
  expect(await readFile(path, "utf8")).toContain("role:reseller");

  await ask(page, "org:none");
  await page.keyboard.press("Control+o");
  await page.getByRole("menuitem", { name: "Open a shared view…" }).click();
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose a file…" }).click();
  await (await chooser).setFiles(path);
  const dialog = page.getByRole("dialog", { name: "A shared view" });
  await dialog.getByLabel("Name").fill("From a file");
  await dialog.getByRole("button", { name: "Save view" }).click();
  await expect(page.getByRole("button", { name: "View: From a file", exact: true })).toBeVisible();
  await expect(page.getByRole("textbox", { name: bar })).toHaveText("role:reseller");
});
