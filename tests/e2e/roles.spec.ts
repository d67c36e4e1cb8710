// Roles: the matrix by keyboard, why, for whom, which role one needs, and what would change.
import type { Page } from "@playwright/test";
import { expect, type Host, test } from "./devhost.ts";
import { ask, cell, command, isAccessible, keyOf, openPractice } from "./steps.ts";

const matrix = (page: Page) => page.getByRole("grid", { name: "What each role may do" });
const panel = (page: Page) => page.getByRole("complementary", { name: "Rule" });

/** A cell of the matrix, by the name of its action and the place of its role. */
const answer = (page: Page, action: string, role: number) =>
  matrix(page)
    .getByRole("row")
    .filter({ has: page.locator(`code:text-is("${action}")`) })
    .getByRole("gridcell")
    .nth(role);

const MANAGER = 0;
const RESELLER = 3;

test("the matrix is walked by keyboard and says why", async ({ page, host }) => {
  await openPractice(page, host.url);
  await page.keyboard.press("Control+3");
  await expect(matrix(page)).toBeVisible();
  await expect(page.getByText("is the role of the practice directory’s key")).toBeVisible();
  await isAccessible(page, "the matrix");

  await answer(page, "user.view", MANAGER).focus();
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowDown");
  await expect(answer(page, "user.create", RESELLER)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(panel(page)).toContainText("People · Create");
  await expect(panel(page)).toContainText("only with the role Medical professional");
  await expect(panel(page)).toContainText("Users and roles, a page of the vendor");
  await isAccessible(page, "a rule");
  await page.keyboard.press("ArrowLeft");
  await expect(panel(page), "the panel follows").toContainText("Medical professional may not do this");
  await expect(panel(page)).toContainText("The same as Software developer");
  await page.keyboard.press("Escape");
  await expect(panel(page)).toBeHidden();
  await expect(answer(page, "user.create", RESELLER - 1), "the focus stays").toBeFocused();

  await page.keyboard.press("Control+f");
  await page.keyboard.type("export");
  await expect(page.getByTestId("count")).toHaveText("3 actions");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Compare roles" }).click();
  await expect(matrix(page).getByRole("columnheader")).toHaveCount(3);
  await expect(page.getByTestId("count")).toHaveText(/differences$/);
});

test("a rule is asked for somebody", async ({ page, host }) => {
  await openPractice(page, host.url);
  await page.keyboard.press("Control+3");
  await answer(page, "user.create", RESELLER).click();
  await panel(page).getByLabel("Organization").click();
  await page.getByRole("option").first().click();
  const said = panel(page).getByRole("status");
  await expect(said).toContainText("Reseller may do this.");
  await expect(said).toContainText("The organization is linked");
  await panel(page).getByLabel("With the role").click();
  await page.getByRole("option", { name: "Software developer" }).click();
  await expect(said).toContainText("no, another role only");
});

test("which role one needs takes two questions at most", async ({ page, host }) => {
  await openPractice(page, host.url);
  await page.keyboard.press("Control+3");
  await page.getByRole("button", { name: "Which role do I need?" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("button", { name: /^Synchronize data/ })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialog).toContainText("Who uses it?");
  await isAccessible(page, "a question");
  await dialog.getByRole("button", { name: /^A medical professional/ }).click();
  await expect(dialog.getByRole("heading", { name: "Medical professional" })).toBeVisible();
  await expect(dialog).toContainText("medical_professional");
  await expect(dialog).toContainText("Users and roles, a page of the vendor");
  await isAccessible(page, "a recommendation");
  await dialog.getByRole("button", { name: "Show it in the matrix" }).click();
  await expect(panel(page)).toContainText("For a professional who synchronizes product data");
});

/** A connection with a key of the simulator, in front. */
async function connected(page: Page, host: Host, address: string, key: { id: number; secret: string }) {
  await page.goto(host.url);
  await command(page, host, "connection_add", {
    vendor: "medipim",
    platform: "be",
    name: "Work",
    base_url: address,
    key_id: key.id,
    secret: key.secret,
  });
  await page.goto("about:blank");
  await page.goto(host.url);
}

test.describe("a key of which nobody said who it is", () => {
  test.use({ hostArguments: ["--vault", "memory"], simulatorArguments: ["--people", "300", "--organizations", "40", "--role-filter"] });

  test("gets a guess that is only offered", async ({ page, host, simulator }) => {
    const { medipim } = simulator.ready;
    await connected(page, host, medipim.base_url, keyOf(simulator.ready, "organization_manager"));
    await page.getByRole("link", { name: "Roles" }).click();
    await expect(page.getByText("The vendor does not tell which role a key has.")).toBeVisible();
    await answer(page, "user.profile.update", MANAGER).click();
    await expect(panel(page), "before the first sync").toContainText("Sync first");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Sync now" }).first().click();
    await page.getByRole("button", { name: "It is Organization manager" }).click();
    await expect(page.getByText(/is the role of this key, as you said on/)).toBeVisible();
    await isAccessible(page, "the role of a key");

    await answer(page, "user.profile.update", MANAGER).click();
    await panel(page).getByLabel("Person").click();
    await page.getByRole("option").first().click();
    await expect(panel(page).getByRole("status")).toContainText("It is the own organization of the key.");
  });
});

test("what would change is shown and nothing is sent", async ({ page, host }) => {
  await openPractice(page, host.url);
  await ask(page, "role:organization_manager");
  await expect(cell(page, 0, "role")).toHaveText("Organization manager");
  await cell(page, 0, "name").click();
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("complementary", { name: "Person" });
  await drawer.getByText("What this key may do to this person").click();
  await expect(drawer).toContainText("Change profile");
  await drawer.getByText("What this person may do").click();
  await isAccessible(page, "what a person may do");
  await drawer.getByRole("button", { name: "What would change if …?" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Deleted", { exact: true }).click();
  await expect(dialog.getByRole("region", { name: /^Who would manage/ })).toBeVisible();
  await expect(dialog.getByRole("region", { name: /^Lost/ })).toContainText("People · Change profile");
  await expect(dialog.getByRole("region", { name: "May this key do it?" })).toContainText("undocumented");
  await isAccessible(page, "what would change");
  await dialog.getByText("Another role", { exact: true }).click();
  await dialog.getByLabel("New role").click();
  await page.getByRole("option", { name: "Software developer" }).click();
  await expect(dialog).toContainText("This key may create people with the role Medical professional only.");
  await expect(dialog.getByRole("region", { name: /^Gained/ })).toContainText("Brands · View");
  await expect(dialog).toContainText("Nothing is sent and nothing is kept.");
  await page.keyboard.press("Escape");

  await drawer.getByRole("link", { name: "Organization manager in Roles" }).click();
  await expect(panel(page)).toContainText("organization_manager");
  await panel(page).getByRole("button", { name: /people with this role$/ }).click();
  await expect(page.getByRole("textbox", { name: "Question as text" })).toHaveText("role:organization_manager");
});
