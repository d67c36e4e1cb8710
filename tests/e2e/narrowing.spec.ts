// Facets, possible matches and past syncs: narrowing the question without writing it.
import { expect, test } from "./devhost.ts";
import { ask, cell, command, count, isAccessible, keyOf, openPractice } from "./steps.ts";

const bar = "Question as text";

test("facets narrow the question, turn round, and let go again", async ({ page, host }) => {
  await openPractice(page, host.url);
  await page.keyboard.press("Control+b");
  const facets = page.getByRole("complementary", { name: "Facets" });
  const managers = facets.getByRole("button", { name: /^Organization manager [\d,]+ people$/ });
  await expect(managers).toBeVisible();
  const many = (await managers.innerText()).match(/([\d,]+) people/)?.[1];
  await isAccessible(page, "facets");
  await managers.press("Enter");
  await expect(page.getByRole("textbox", { name: bar })).toHaveText("role:organization_manager");
  await expect(count(page)).toHaveText(`${many} people`);
  await expect(managers).toHaveAttribute("aria-pressed", "true");

  const none = facets.getByRole("button", { name: /^none [\d,]+ people$/ }).first();
  await none.press("Alt+Enter");
  await expect(page.getByRole("textbox", { name: bar })).toHaveText(/^role:organization_manager and not /);
  await expect(none, "those left out can be taken back").toHaveAccessibleName("none 0 people");
  await expect(none).toBeFocused();
  await isAccessible(page, "facets that narrow");
  await managers.press("Enter");
  await expect(page.getByRole("textbox", { name: bar })).toHaveText(/^not /);
  await page.keyboard.press("ArrowDown");
  await facets.getByRole("button", { name: "Organization", exact: true }).press("Enter");
  await expect(facets.getByRole("button", { name: "Organization", exact: true })).toHaveAttribute(
    "aria-expanded",
    "false",
  );
});

test("the rows of a past sync are shown, said to be so, and left again", async ({ page, host }) => {
  await openPractice(page, host.url);
  const [connection] = (await command(page, host, "connections_list", null)) as { id: string }[];
  await page.keyboard.press("Control+r");
  await expect
    .poll(async () => {
      const syncs = await command(page, host, "syncs_list", { connection: connection?.id });
      return (syncs as unknown[]).length;
    })
    .toBe(2);
  await ask(page, "seen:new");
  await expect(page.getByText("Nobody matches")).toBeVisible();
  await page.keyboard.press("Control+d");
  const slider = page.getByRole("slider", { name: "Sync" });
  await expect(slider).toHaveAttribute("aria-valuenow", "2");
  await isAccessible(page, "the line of time");
  await slider.press("ArrowLeft");
  await expect(page.getByText(/^As of /)).toBeVisible();
  await expect(count(page), "at the first sync everybody was new").toHaveText("2,000 people");
  await expect(slider).toHaveAttribute("aria-valuetext", /2,000 people/);
  await expect(page.getByRole("radio", { name: "Live" })).toBeDisabled();
  await isAccessible(page, "a past sync");
  await cell(page, 0, "name").click();
  await expect(page.getByRole("complementary", { name: "Person" })).toContainText("Matched at one sync");
  await page.getByRole("button", { name: "Back to now" }).press("Enter");
  await expect(page.getByText("Nobody matches")).toBeVisible();
  await expect(page.getByText(/^As of /)).toBeHidden();
});

test("those who may match are a press away, with the reason", async ({ page, host, simulator }) => {
  const key = keyOf(simulator.ready, "reseller");
  const draft = {
    vendor: "medipim",
    platform: "be",
    name: "Our clients",
    base_url: simulator.ready.medipim.base_url,
    key_id: key.id,
    secret: key.secret,
  };
  const added = (await command(page, host, "connection_add", draft)) as { id: string };
  await command(page, host, "sync_start", { connection: added.id });
  await page.goto(host.url);
  await expect(count(page)).toHaveText("300 people");
  await expect(cell(page, 0, "role")).toHaveText("unknown");
  await ask(page, "role:reseller");
  await expect(count(page)).toHaveText("0 people");
  await page.getByRole("button", { name: "+ 300 possible" }).click();
  await expect(count(page)).toHaveText("300 possible people");
  await expect(cell(page, 0, "reason")).toHaveText("not known: Role");
  await isAccessible(page, "possible matches");
  await page.keyboard.press("Control+Shift+p");
  await expect(count(page)).toHaveText("0 people");
});
