// Import: a file of rows becomes a plan by keyboard alone; the rows that are wrong are told, and saved with why.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { expect, type Host, test } from "./devhost.ts";
import { command, firstOrganization, isAccessible, openPractice } from "./steps.ts";

const dialog = (page: Page): Locator => page.getByRole("dialog", { name: "Import" });
const meaning = (page: Page, column: string): Locator =>
  dialog(page).getByRole("combobox", { name: `What “${column}” is` });

/** Twelve people, of whom three are wrong: no address, no such role, an id that a spreadsheet has spoilt. */
function rows(organization: number): string {
  const wrong: Record<number, string> = {
    3: `nobody;medical_professional;${organization};Nobody;nl;1;`,
    7: `x7@example.test;king;${organization};Seven;nl;1;`,
    11: "x11@example.test;medical_professional;1E+05;Eleven;nl;1;",
  };
  const row = (at: number) =>
    wrong[at] ?? `x${at}@example.test;medical_professional;${organization};Person ${at};nl;1;hush`;
  const lines = Array.from({ length: 12 }, (_, index) => row(index + 1));
  const head = "E-mailadres;Rol;Apotheek;Wie;Taal;Abonnement;Wachtwoord";
  return [head, "# a note to the reader;;;;;;", ...lines, ""].join("\r\n");
}

/** Chooses a file with the button that has the focus. */
async function choose(page: Page, path: string): Promise<void> {
  const asked = page.waitForEvent("filechooser");
  await page.keyboard.press("Enter");
  await (await asked).setFiles(path);
}

test("a file with bad rows becomes a plan of the good ones, by keyboard", async ({ page, host, profile }) => {
  await openPractice(page, host.url);
  const file = join(profile, "new people.csv");
  await writeFile(file, `\uFEFF${rows(await firstOrganization(page, host))}`);

  await page.keyboard.press("Control+4");
  await expect(page.getByText("Nothing was changed yet")).toBeVisible();
  await page.getByRole("button", { name: "Import…" }).focus();
  await page.keyboard.press("Enter");
  await expect(dialog(page).getByRole("button", { name: "Choose a file…" })).toBeFocused();
  await expect(dialog(page).getByLabel("What the rows are for")).toHaveValue("user.create");
  await isAccessible(page, "before a file is chosen");
  await choose(page, file);

  await expect(dialog(page)).toContainText("12 rows · UTF-8 · separated by semicolons · 1 note passed over");
  await expect(meaning(page, "E-mailadres"), "a name in Dutch is known").toHaveValue("email");
  await expect(meaning(page, "Wachtwoord"), "a secret is not imported").toBeDisabled();
  await expect(dialog(page)).not.toContainText("hush");
  await expect(dialog(page)).toContainText("No column is chosen for Name.");
  await expect(dialog(page).getByRole("button", { name: "Review plan" })).toBeDisabled();

  await meaning(page, "Wie").focus();
  await page.keyboard.type("Role");
  await expect(dialog(page).getByText("Another column is Role too")).toHaveCount(2);
  await isAccessible(page, "two columns that are the same");
  await page.keyboard.type("Name");
  await expect(meaning(page, "Wie")).toHaveValue("profile.name");

  await expect(dialog(page).getByText("9 rows can be planned")).toBeVisible();
  await expect(dialog(page).getByRole("listitem").filter({ hasText: "3 rows cannot be planned" })).toBeVisible();
  const problems = dialog(page).getByRole("region", { name: "Rows that cannot be planned" });
  await expect(problems.getByRole("listitem")).toHaveCount(3);
  await expect(problems).toContainText("Line 5");
  await expect(problems).toContainText("E-mail: expected an e-mail address");
  await expect(problems).toContainText("a spreadsheet has made 1E+05 of an id");
  await isAccessible(page, "what the rows come to");

  await dialog(page).getByRole("button", { name: "Save the rejected rows…" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("3 rejected rows saved, with the reasons").first()).toBeVisible();
  const folder = join(profile, "downloads");
  const [saved] = await readdir(folder);
  const rejected = await readFile(join(folder, saved ?? ""), "utf8");
  expect(rejected.trim().split("\n"), "a header and three rows").toHaveLength(4);
  expect(rejected).toContain("king");
  expect(rejected).not.toContain("hush");

  await dialog(page).getByLabel("Title of the plan").focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("Nine people");
  await page.keyboard.press("Enter");
  await expect(dialog(page), "leaving rows out needs its own button").toBeVisible();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(dialog(page).getByRole("button", { name: "Plan the 9 good rows" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialog(page)).toBeHidden();
  const plan = page.getByRole("article", { name: "Nine people" });
  await expect(plan).toContainText("9 steps");
  await expect(page.getByRole("button", { name: /^Waiting 9$/ }), "nothing was sent").toBeVisible();

  await page.keyboard.press("Control+i");
  await choose(page, file);
  await expect(dialog(page)).toContainText("Filled in as the last time with these columns.");
  await expect(meaning(page, "Wie")).toHaveValue("profile.name");
  await expect(dialog(page).getByText("9 rows can be planned")).toBeVisible();
  const act = dialog(page).getByLabel("What the rows are for");
  await act.focus();
  await page.keyboard.type("Change p");
  await expect(dialog(page)).toContainText("(clear) takes it away");
  await expect(act, "whoever goes through the acts stays there").toBeFocused();
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toBeHidden();
  await page.keyboard.press("Control+i");
  await expect(dialog(page), "what was chosen is still there").toContainText("new people.csv");
});

test("a file that is no text says why, and a template is saved", async ({ page, host, profile }) => {
  await openPractice(page, host.url);
  const workbook = join(profile, "people.csv");
  await writeFile(workbook, "PK\u0003\u0004");
  await page.keyboard.press("Control+i");
  await expect(dialog(page).getByRole("button", { name: "Choose a file…" })).toBeFocused();
  await choose(page, workbook);
  await expect(dialog(page)).toContainText("The file is a workbook: save the sheet as CSV first.");
  await isAccessible(page, "a file that cannot be imported");
  await dialog(page).getByRole("button", { name: "Save a template…" }).click();
  await expect(page.getByText("Template saved").first()).toBeVisible();
  const [saved] = await readdir(join(profile, "downloads"));
  expect(await readFile(join(profile, "downloads", saved ?? ""), "utf8")).toContain("email,role,");
});

test("a file that is dropped on the window opens it, in the dark, in German, in a narrow window", async ({
  page,
  host,
}) => {
  await openPractice(page, host.url);
  await command(page, host, "settings_set", { language: "de", scheme: "dark", contrast: "normal" });
  const text = rows(await firstOrganization(page, host)).replace(";Wie;", ";Naam;");
  await page.setViewportSize({ width: 640, height: 760 });
  await expect(page.getByRole("heading", { name: "Personen" })).toBeVisible();
  await page.evaluate((content) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([content], "neu.csv", { type: "text/csv" }));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  }, text);
  const opened = page.getByRole("dialog", { name: "Importieren" });
  await expect(opened).toContainText("12 Zeilen");
  await expect(opened.getByRole("button", { name: "Die 9 guten Zeilen planen" })).toBeEnabled();
  await isAccessible(page, "a narrow, dark window");
  const wide = await opened.evaluate((own) => own.scrollWidth > own.clientWidth);
  expect(wide, "nothing is to be reached by scrolling sideways").toBe(false);
});
