// Changes: a plan is looked at, applied and undone; plans wait for the network; a password is given again.
import type { Page } from "@playwright/test";
import { expect, type Host, test } from "./devhost.ts";
import { command, connectionOf, firstOrganization, isAccessible, openPractice } from "./steps.ts";

type Row = { id: number; name: string };
type Made = { plan: { id: string } };

async function people(page: Page, host: Host, connection: string, count: number): Promise<Row[]> {
  const who = {
    connection,
    source: "mirror",
    as_of: null,
    filter: null,
    search: null,
    seen: "present",
    truth: "matching",
    ids: null,
  };
  const question = { who, sort: [{ by: "id", direction: "ASC" }], offset: 0, limit: 100, remember: null };
  const { rows } = (await command(page, host, "people_query", question)) as { rows: Row[] };
  return rows.slice(0, count);
}

/** Makes a plan that gives these people other names, as a form does. */
async function planNames(page: Page, host: Host, title: string, rows: Row[], name: (row: Row) => string) {
  const connection = await connectionOf(page, host);
  const intents = rows.map((row) => ({
    kind: "user.update",
    target: { thing: "person", id: String(row.id), name: row.name },
    values: { "profile.name": name(row) },
    secrets: [],
    line: null,
  }));
  const wish = { connection, title, intents, secrets: [], partly: false };
  return ((await command(page, host, "plan_make", wish)) as Made).plan.id;
}

const plan = (page: Page, title: string) => page.getByRole("article", { name: title });
const tally = (page: Page, name: RegExp) => page.getByRole("button", { name });

/** Notices that fade out are in no one's way. */
const calm = (page: Page) => expect(page.locator(".mantine-Notification-root")).toHaveCount(0);

async function apply(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Apply", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("the practice directory");
  await calm(page);
  await isAccessible(page, "asking before it is applied");
  await dialog.getByRole("button", { name: "Apply", exact: true }).click();
  await expect(dialog).toBeHidden();
}

test("a plan is looked at, applied, seen in the mirror, and undone by a plan", async ({ page, host }) => {
  await openPractice(page, host.url);
  await page.keyboard.press("Control+4");
  await expect(page.getByText("Nothing was changed yet")).toBeVisible();
  await calm(page);
  await isAccessible(page, "no changes yet");

  const connection = await connectionOf(page, host);
  const rows = await people(page, host, connection, 3);
  await planNames(page, host, "Three names", rows, ({ name }) => `${name} II`);
  await page.getByRole("button", { name: /^Three names/ }).click();
  await expect(plan(page, "Three names")).toContainText("3 steps");
  await expect(page.getByText("whole")).toBeVisible();
  await expect(tally(page, /^Waiting 3$/)).toBeVisible();
  await page.locator('.ag-row[row-index="1"] [col-id="about"]').click();
  const step = page.getByRole("complementary", { name: "Step" });
  await expect(step).toContainText(rows[1]?.name ?? "");
  await expect(step).toContainText("user.profile.update");
  await isAccessible(page, "a plan and a step of it");
  await page.keyboard.press("Escape");
  await expect(step).toBeHidden();

  await apply(page);
  await expect(tally(page, /^Applied 3$/)).toBeVisible();
  await expect(page.getByText("Plan applied", { exact: true })).toBeVisible();
  const named = async () => (await people(page, host, connection, 3)).map(({ name }) => name);
  await expect.poll(named, "the mirror follows by itself").toEqual(rows.map(({ name }) => `${name} II`));

  await page.keyboard.press("Control+1");
  await page.keyboard.press("Control+z");
  await expect(plan(page, "Undo: Three names")).toBeVisible();
  await expect(tally(page, /^Waiting 3$/), "nothing is sent by itself").toBeVisible();
  await expect(page.getByText("This plan undoes “Three names”.")).toBeVisible();
  await apply(page);
  await expect(tally(page, /^Applied 3$/)).toBeVisible();
  await expect.poll(named).toEqual(rows.map(({ name }) => name));
});

test("plans wait in the outbox and are made again before they go", async ({ page, host }) => {
  await openPractice(page, host.url);
  const connection = await connectionOf(page, host);
  const rows = await people(page, host, connection, 3);
  await planNames(page, host, "First", rows.slice(0, 2), ({ name }) => `${name} II`);
  await planNames(page, host, "Second", rows.slice(2), ({ name }) => `${name} II`);
  await command(page, host, "practice_network", { on: false });
  await page.keyboard.press("Control+4");
  for (const title of ["First", "Second"]) {
    await page.getByRole("button", { name: new RegExp(`^${title}`) }).click();
    await expect(page.getByRole("button", { name: "Apply", exact: true })).toBeHidden();
    await page.getByRole("button", { name: "Put in outbox" }).click();
    await expect(page.getByRole("button", { name: "Take out of outbox", exact: true })).toBeVisible();
  }
  const outbox = page.getByRole("region", { name: "Outbox" });
  const second = outbox.getByRole("button", { name: /^2\. Second/ });
  await second.focus();
  await page.keyboard.press("Alt+ArrowUp");
  const moved = outbox.getByRole("button", { name: /^1\. Second/ });
  await expect(moved).toBeFocused();
  await isAccessible(page, "the outbox");

  await command(page, host, "practice_network", { on: true });
  await expect(page.getByText("The network is back: 2 plans wait in the outbox.")).toBeVisible();
  await page.getByRole("button", { name: "Make the next again and look" }).click();
  await expect(plan(page, "Second")).toContainText("Made again: nothing differs from before.");
  await expect(page.getByText("1 plan waits in the outbox.")).toBeVisible();
  await apply(page);
  await expect(tally(page, /^Applied 1$/)).toBeVisible();
});

test("a password that is gone is given again, and a plan is reached by keyboard alone", async ({
  page,
  host,
}) => {
  await openPractice(page, host.url);
  const connection = await connectionOf(page, host);
  const values = {
    email: "an.peeters@example.test",
    role: "medical_professional",
    organization: await firstOrganization(page, host),
    "profile.name": "An Peeters",
    "preferences.language": "nl",
    "subscription.type": 1,
  };
  // As after a restart: the plan says that there is a password, and nobody has it any more.
  const intents = [{ kind: "user.create", target: null, values, secrets: ["password"], line: null }];
  await command(page, host, "plan_make", { connection, title: "An", intents, secrets: [], partly: false });

  await page.keyboard.press("Control+4");
  const item = page.getByRole("button", { name: /^An Not sent/ });
  await expect(item).toBeVisible();
  await item.focus();
  await page.keyboard.press("Enter");
  await expect(plan(page, "An")).toBeVisible();
  await page.getByRole("button", { name: "Apply", exact: true }).press("Enter");
  const asking = page.getByRole("dialog");
  await expect(asking.getByRole("alert")).toContainText("A password of 1 step was not kept");
  await expect(asking.getByRole("button", { name: "Apply" })).toBeDisabled();
  await isAccessible(page, "a plan whose password is gone");
  await asking.getByRole("button", { name: "Go to step 1" }).press("Enter");
  await expect(asking).toBeHidden();
  await page.getByRole("columnheader", { name: "No." }).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  const step = page.getByRole("complementary", { name: "Step" });
  await expect(step).toContainText("is needed again: it was not kept");
  await step.getByRole("button", { name: "Make a strong one" }).click();
  await expect(step).toContainText("nobody knows it");
  await isAccessible(page, "a step with a password");
  await page.keyboard.press("Escape");
  await apply(page);
  await expect(tally(page, /^Applied 1$|^Accepted 1$/)).toBeVisible();
  // It was made and not copied: it can be still, once.
  await plan(page, "An").getByRole("button", { name: "Go to step 1" }).press("Enter");
  await expect(step).toContainText("is not handed over yet");
  await isAccessible(page, "a password that is not handed over");
  await step.getByRole("button", { name: "Copy", exact: true }).press("Enter");
  await expect(step).toContainText("was sent and is not kept");
  await expect(plan(page, "An").getByRole("button", { name: "Go to step 1" })).toBeHidden();
});
