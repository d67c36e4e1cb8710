// A plan goes to a second person and comes back: two profiles, files between them.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, type Host, Program, test } from "./devhost.ts";
import { cell, command, isAccessible, openPractice } from "./steps.ts";

/** A plan that renames somebody of the practice directory; its id. */
async function makePlan(page: Page, host: Host): Promise<{ connection: string; plan: string }> {
  const [found] = (await command(page, host, "connections_list", null)) as Array<{ id: string }>;
  const connection = found?.id ?? "";
  await command(page, host, "actor_set", {
    connection,
    role: "reseller",
    organization: null,
    person: null,
  });
  const title = "Names";
  const id = ((await cell(page, 0, "id").textContent()) ?? "").replace(/\D/g, "");
  const intent = {
    kind: "user.update",
    target: { thing: "person", id, name: "Somebody" },
    values: { "profile.name": "Another Name" },
    secrets: [],
    line: null,
  };
  const wanted = { connection, title, intents: [intent], secrets: [], partly: false };
  const made = (await command(page, host, "plan_make", wanted)) as { plan: { id: string } | null };
  if (!made.plan) throw new Error(JSON.stringify(made));
  return { connection, plan: made.plan.id };
}

/** Hands a file to the dialog that asks for one. */
async function pick(page: Page, path: string): Promise<void> {
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose a file" }).click();
  await (await choosing).setFiles(path);
}

/** Where the notice in the corner says that a file is. */
async function written(page: Page, ending: string): Promise<string> {
  const notice = page.getByRole("alert").filter({ hasText: `.${ending}` });
  const path = (await notice.textContent())?.match(new RegExp(`/\\S+\\.${ending}`))?.[0];
  if (!path) throw new Error("no file was written");
  return path;
}

test("a colleague without a connection approves a plan, and it counts once the key is compared", async ({
  page,
  host,
  browser,
}) => {
  await openPractice(page, host.url);
  const { connection, plan } = await makePlan(page, host);
  await command(page, host, "second_person_set", { connection, needed: true });
  await page.goto(`${host.url}/#/${connection}/changes?plan=${plan}`);
  const own = page.getByRole("region", { name: "Second person" });
  await expect(own).toContainText("need a second person");
  await page.getByRole("button", { name: "Apply", exact: false }).first().click();
  const asking = page.getByRole("dialog");
  await asking.getByRole("button", { name: "Apply" }).click();
  await expect(asking.getByRole("alert")).toContainText("A second person is needed");
  await isAccessible(page, "a plan that needs a second person");
  await page.keyboard.press("Escape");
  await own.getByRole("button", { name: "Ask a second person…" }).click();
  const file = await written(page, "musterplan");
  expect(await readFile(file, "utf8")).toContain("muster-plan");

  const folder = await mkdtemp(join(tmpdir(), "muster-e2e-"));
  const second = await Program.start<Host>("muster-devhost", [
    "--profile",
    folder,
    "--ui",
    join(import.meta.dirname, "../../ui/dist"),
  ]);
  const colleague = await (await browser.newContext()).newPage();
  await openPractice(colleague, second.ready.url);
  await colleague.keyboard.press("Control+k");
  await colleague.keyboard.type("Open a plan file");
  await colleague.keyboard.press("Enter");
  await pick(colleague, file);
  const review = colleague.getByRole("dialog", { name: "A plan from a colleague" });
  await expect(review.getByRole("heading", { name: "Names" })).toBeVisible();
  await expect(review).toContainText("Unknown key");
  await expect(review.getByRole("grid")).toContainText("Another Name");
  await isAccessible(colleague, "a plan that a colleague sent");
  await review.getByLabel("Comment for the author").fill("As agreed.");
  await review.getByRole("button", { name: "Approve…" }).click();
  await expect(review).toBeHidden();
  const answer = await written(colleague, "musterapproval");

  await own.getByRole("button", { name: "Take in an answer…" }).click();
  await pick(page, answer);
  await expect(own).toContainText("As agreed.");
  await expect(own, "anybody can make a key").toContainText("need a second person");
  await own.getByRole("button", { name: "Compare the key…" }).click();
  const compare = page.getByRole("dialog", { name: "Compare a key" });
  await isAccessible(page, "a key to compare");
  await compare.getByLabel("Whose key is it?").fill("Zoë");
  await compare.getByRole("button", { name: "It is the same key" }).click();
  await expect(own).toContainText("A second person has approved this plan.");
  await expect(own).toContainText("Zoë");
  expect(basename(answer)).toContain("approved");

  await second.stop();
  await rm(folder, { recursive: true });
});

test("nobody approves their own plan, and a changed file is not shown", async ({ page, host }) => {
  await openPractice(page, host.url);
  const { connection, plan } = await makePlan(page, host);
  await page.goto(`${host.url}/#/${connection}/changes?plan=${plan}`);
  await page.getByRole("button", { name: "Ask a second person…" }).click();
  const file = await written(page, "musterplan");
  await page.getByRole("button", { name: "Open a plan file…" }).click();
  await pick(page, file);
  const review = page.getByRole("dialog", { name: "A plan from a colleague" });
  await expect(review).toContainText("Somebody else has to approve it.");
  await expect(review.getByRole("button", { name: "Approve…" })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(review).toBeHidden();

  const content = (await readFile(file, "utf8")).replace("Another Name", "Somebody Else");
  const drop = async (name: string, text: string) => {
    const dropped = await page.evaluateHandle(
      ([own, body]) => {
        const data = new DataTransfer();
        data.items.add(new File([body ?? ""], own ?? ""));
        return data;
      },
      [name, text],
    );
    await page.dispatchEvent("body", "drop", { dataTransfer: dropped });
  };
  await drop("changed.musterplan", content);
  await expect(review).toContainText("The file was changed");
  await isAccessible(page, "a file that was changed");
});
