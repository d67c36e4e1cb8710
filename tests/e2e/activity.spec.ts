// What was done here: listed as it happens, verified, compared with a hash that was noted, and a change named.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, test } from "./devhost.ts";
import { command, count, isAccessible, openPractice } from "./steps.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const entries = (page: Page) => page.getByRole("listbox", { name: "Activity" }).getByRole("option");
const chain = (page: Page) => page.getByTestId("chain");

/** The place, once all that the start of the practice directory does was noted. */
async function openActivity(page: Page, url: string): Promise<void> {
  await openPractice(page, url);
  await page.keyboard.press("Control+7");
  await expect(entries(page)).toHaveCount(2);
}

test("what was done stands there as it happens, by keyboard alone", async ({ page, host }) => {
  await openActivity(page, host.url);
  await expect(entries(page).nth(0)).toContainText("Synchronized 2,000 people");
  await expect(entries(page).nth(1)).toContainText("Connection added");
  await expect(chain(page)).toContainText("All 2 entries hold");
  await isAccessible(page, "the activity");

  const [connection] = (await command(page, host, "connections_list", null)) as { id: string; key_id: number }[];
  if (!connection) throw new Error("there is a connection");
  await command(page, host, "sync_start", { connection: connection.id });
  await expect(entries(page), "nobody asked anew").toHaveCount(3);
  await expect(chain(page)).toContainText("1 since then");

  await entries(page).nth(0).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("complementary", { name: "Entry 1" });
  await expect(drawer.getByRole("heading", { name: "Connection added" })).toBeVisible();
  await expect(drawer).toContainText("none: the first entry");
  await isAccessible(page, "an entry");
  await page.keyboard.press("ArrowUp");
  await expect(page.getByRole("complementary", { name: "Entry 2" })).toContainText("2,000");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("complementary", { name: "Entry 2" })).toBeHidden();
  await expect(entries(page).nth(1), "the keys are where they were").toBeFocused();

  await page.getByRole("button", { name: "All kinds" }).press("Enter");
  await page.getByRole("checkbox", { name: "Connection added" }).press("Space");
  await expect(count(page)).toHaveText("1 entry");
  await isAccessible(page, "the kinds");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+f");
  await page.keyboard.type("nothing has this");
  await page.getByRole("button", { name: "Clear search and filter" }).press("Enter");
  await expect(entries(page)).toHaveCount(3);
  await page.keyboard.press("Control+f");
  await page.keyboard.type("PRACTICE");
  await expect(count(page)).toHaveText("3 entries");
});

test("the record is verified against a hash that was noted, on the clipboard or on paper", async ({
  page,
  host,
}) => {
  await openActivity(page, host.url);
  await page.getByRole("button", { name: "Copy the hash of the last entry" }).press("Enter");
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(clipboard).toMatch(/^[0-9a-f]{64}$/);
  const noted = await clipboard();
  const compare = async (hash: string) => {
    await page.getByRole("button", { name: "Compare with a noted hash" }).press("Enter");
    const field = page.getByRole("textbox", { name: "Hash that was noted" });
    await field.fill(hash);
    await field.press("Enter");
  };
  await compare(noted.toUpperCase().replace(/(.{8})/g, "$1 "));
  await expect(page.getByText("This is the hash of entry 2")).toBeVisible();
  await isAccessible(page, "a hash that was found");
  await page.getByRole("textbox", { name: "Hash that was noted" }).fill("ab".repeat(32));
  await page.keyboard.press("Enter");
  await expect(page.getByText("No entry that holds has this hash")).toBeVisible();
  await page.keyboard.press("Escape");

  await page.evaluate(() => {
    window.print = () => undefined;
  });
  await page.getByRole("button", { name: "Print the hash of the last entry" }).press("Enter");
  await page.emulateMedia({ media: "print" });
  const sheet = page.getByTestId("sheet");
  await expect(sheet).toContainText("Practice directory");
  await expect(sheet).toContainText(noted);
  await expect(entries(page).first(), "nothing but the sheet is printed").toBeHidden();
  await page.emulateMedia({ media: "screen" });
  await expect(sheet).toBeHidden();
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  await expect(sheet).toHaveCount(0);
});

test("an entry that somebody changed is named", async ({ page, host, profile }) => {
  await openActivity(page, host.url);
  await expect(chain(page)).toContainText("All 2 entries hold");
  const folder = join(profile, "connections");
  const [connection = ""] = await readdir(folder);
  const ledger = join(folder, connection, "ledger.db");
  const content = await readFile(ledger);
  const place = content.indexOf('"people":2000');
  expect(place, "it is stored there").toBeGreaterThan(0);
  content.write('"people":1999', place);
  await writeFile(ledger, content);

  await page.getByRole("button", { name: "Verify", exact: true }).press("Enter");
  await expect(chain(page)).toContainText("Entry 2 was changed after it was noted.");
  await expect(chain(page)).toContainText("The 1 entry before is as it was noted.");
  await isAccessible(page, "a record that is broken");
  await expect(entries(page).nth(0)).toContainText("Not proven");
  await expect(entries(page).nth(1)).not.toContainText("Not proven");
  await page.getByRole("button", { name: "Show the entry" }).press("Enter");
  await expect(page.getByRole("complementary", { name: "Entry 2" })).toContainText("Not proven");
});
