// The query bar, in a browser against devhost: one question in three faces, by keyboard alone.
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./devhost.ts";
import { ask, cell, count, isAccessible, openPractice } from "./steps.ts";

const text = (page: Page): Locator => page.getByRole("textbox", { name: "Question as text" });

/** Types a whole question, as somebody who knows the language does. */
async function write(page: Page, question: string): Promise<void> {
  await page.keyboard.press("Control+Shift+F");
  await expect(text(page)).toBeFocused();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(question);
  await page.keyboard.press("Escape");
}

/** Does something and waits until what it changed is kept, so that the page may go. */
async function keeping(page: Page, part: string, act: () => Promise<void>): Promise<void> {
  const kept = page.waitForResponse(
    (response) =>
      response.url().endsWith("/api/workspace_set") &&
      (response.request().postData() ?? "").includes(JSON.stringify(part).slice(1, -1)),
  );
  await act();
  await kept;
}

async function askWhatIsWritten(page: Page): Promise<void> {
  await page.keyboard.press("Control+Shift+F");
  await page.keyboard.press("Enter");
}

test("a question is completed and asked", async ({ page, host }) => {
  await openPractice(page, host.url);
  await page.keyboard.press("Control+Shift+F");
  await page.keyboard.type("org:");
  const offered = page.getByRole("listbox", { name: "What may come next" });
  await expect(offered.getByRole("option").first()).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(text(page)).toHaveText(/^org:"?[^"]+"?$/);
  await page.keyboard.press("Enter");
  await expect(count(page)).not.toHaveText("2,000 people");

  await ask(page, "role:organization_manager and created > 2020-01-01");
  await expect(cell(page, 0, "role")).toHaveText("Organization manager");
  await isAccessible(page, "a question");
});

test("a mistake is pointed at; the rows stay, and so does the text", async ({ page, host }) => {
  await openPractice(page, host.url);
  await ask(page, "role:organization_manager");
  await expect(cell(page, 0, "role")).toHaveText("Organization manager");
  const found = await count(page).innerText();
  const wrong = "role:organization_manager and not (name ~ ";
  await keeping(page, wrong, () => write(page, wrong));
  await askWhatIsWritten(page);
  const question = page.getByRole("region", { name: "Question" });
  await expect(question.getByText(/^Character \d+: /)).toBeVisible();
  await expect(text(page)).toHaveAttribute("aria-invalid", "true");
  await expect(count(page), "rows stay while the question has problems").toHaveText(found);
  await isAccessible(page, "a question with a problem");
  await page.reload();
  await expect(text(page)).toHaveText(wrong);
  await expect(count(page)).toHaveText(found);
});

test("what is typed before the editor is loaded moves into it, with the focus", async ({ page, host }) => {
  await openPractice(page, host.url);
  let load = () => {};
  const wanted = new Promise<void>((done) => {
    load = done;
  });
  await page.route("**/TextFace-*.js", async (route) => {
    await wanted;
    await route.continue();
  });
  await page.reload();
  await page.locator("input").and(text(page)).waitFor();
  await page.keyboard.press("Control+Shift+F");
  await page.keyboard.type("id:1 or");
  load();
  await expect(text(page)).toHaveAttribute("aria-multiline", "true");
  await expect(text(page)).toBeFocused();
  await page.keyboard.type(" id:2");
  await expect(text(page)).toHaveText("id:1 or id:2");
});

test("what is typed over a selection takes its place; a bracket goes around it, and undo brings it back", async ({
  page,
  host,
}) => {
  await openPractice(page, host.url);
  const ids = `id:[${Array.from({ length: 300 }, (_, index) => 1000 + index).join(",")}]`;
  await write(page, ids);
  await page.keyboard.press("Control+Shift+F");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("(");
  await expect(text(page)).toHaveText(`(${ids})`);
  await page.keyboard.press("Control+a");
  await page.keyboard.type("id:7");
  await expect(text(page)).toHaveText("id:7");
  await page.keyboard.press("Control+z");
  await expect(text(page)).toHaveText(`(${ids})`);
});

test("the builder makes a question by keyboard alone", async ({ page, host }) => {
  await openPractice(page, host.url);
  await page.getByRole("radio", { name: "Builder" }).focus();
  await page.keyboard.press("Space");
  const builder = page.getByRole("region", { name: "Builder" });
  const add = builder.getByRole("button", { name: "Condition", exact: true });
  await add.focus();
  await page.keyboard.press("Enter");
  await expect(builder.getByRole("combobox", { name: "Field" })).toBeFocused();
  await page.keyboard.type("Id");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  const pasted = Array.from({ length: 400 }, (_, index) => 1_000 + index).join("\n");
  await page.keyboard.insertText(`${pasted}\nnobody 0`);
  await expect(builder.getByText("400 values")).toBeVisible();
  await expect(builder.getByText("not an id: nobody, 0")).toBeVisible();
  await expect(text(page)).toHaveText(/^id:\[1000, ?1001,/);

  await add.focus();
  await page.keyboard.press("Enter");
  const fresh = builder.getByRole("group", { name: "Organization" });
  await expect(fresh.getByRole("combobox", { name: "Field" })).toBeFocused();
  await page.keyboard.type("VAT");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.type("be 0123.456-749");
  await expect(builder.getByText("written as BE0123456749")).toBeVisible();
  const vat = builder.getByRole("group", { name: "VAT number" });
  await vat.getByRole("button", { name: "Move up" }).focus();
  await page.keyboard.press("Enter");
  await expect(text(page)).toHaveText(/^vat:BE0123456749 and id:\[1000,/);
  await expect(vat.getByRole("button", { name: "Move up" })).toBeFocused();
  await vat.getByRole("button", { name: "not", exact: true }).focus();
  await page.keyboard.press("Space");
  await vat.getByRole("button", { name: "Turn off, keep" }).focus();
  await page.keyboard.press("Space");
  await expect(text(page)).toHaveText(/^off not vat:BE0123456749 and id:\[1000,/);
  await isAccessible(page, "the builder");
  await page.keyboard.press("Control+Enter");
  await expect(count(page)).not.toHaveText("2,000 people");
});

test("one question is text, built, and JSON; with a mistake in it, JSON stays as it was written", async ({
  page,
  host,
}) => {
  await openPractice(page, host.url);
  await write(page, "not name ~ jans");
  await page.getByText("Builder", { exact: true }).click();
  const builder = page.getByRole("region", { name: "Builder" });
  await expect(builder.getByPlaceholder("Part of the name")).toHaveValue("jans");
  await page.getByText("JSON", { exact: true }).click();
  const json = page.getByRole("textbox", { name: "Question as JSON" });
  await expect(json).toHaveText('{ "not": { "muster.name": { "contains": "jans" } } }');
  await isAccessible(page, "the JSON");

  await json.press("Control+a");
  const wrong = '{"organization": 12, "id": 1}';
  await keeping(page, wrong, () => page.keyboard.insertText(wrong));
  await expect(page.getByText("Kept as you wrote it.")).toBeVisible();
  await expect(text(page)).toHaveText("not name ~ jans");
  await isAccessible(page, "JSON with a problem");
  await page.reload();
  await expect(json).toHaveText(wrong);

  await json.press("Control+a");
  await page.keyboard.insertText('{"organization": 12}');
  await expect(text(page)).toHaveText("org:12");
  await json.press("Control+a");
  // As a person types: brackets and quotes close themselves and are typed over.
  await page.keyboard.type('{"role": "reseller"}');
  await page.keyboard.press("Control+Enter");
  await expect(text(page)).toHaveText("role:reseller");
  await expect(cell(page, 0, "role")).toHaveText("Reseller");
});

test("live, each condition says where it runs, and what is sent is shown", async ({ page, host }) => {
  await openPractice(page, host.url);
  await ask(page, "org:[12, 13] and org ~ apotheek and name ~ jan and off id:5");
  await page.getByText("Live", { exact: true }).click();
  const conditions = page.getByRole("list", { name: "Conditions" });
  await expect(conditions.getByRole("button", { name: /^name ~ jan.*this computer$/ })).toBeVisible();
  await expect(conditions.getByRole("button", { name: /^org:\[12, 13\].*vendor$/ })).toBeVisible();
  await expect(conditions.getByRole("button", { name: /^org ~ apotheek → .*this computer$/ })).toBeVisible();
  await expect(conditions.getByRole("button", { name: /^id:5.*off$/ })).toBeVisible();
  await page.getByText("JSON", { exact: true }).click();
  await expect(page.getByRole("region", { name: "What is sent" })).toContainText('"organization"');
  await isAccessible(page, "what is sent");
});

test("a question nested sixty deep and one with five thousand ids pass through the builder", async ({
  page,
  host,
}) => {
  await openPractice(page, host.url);
  const depth = 59;
  const deep = `${"(".repeat(depth)}org:1${Array.from({ length: depth }, (_, level) => ` ${level % 2 ? "or" : "and"} id:${level + 2})`).join("")}`;
  await write(page, deep);
  await page.getByText("Builder", { exact: true }).click();
  const builder = page.getByRole("region", { name: "Builder" });
  const piece = builder.getByRole("group", { name: "A part that is not shown" });
  await expect(piece).toContainText(/A part with \d+ conditions/);
  await piece.getByRole("button", { name: "Turn off, keep" }).click();
  await expect(text(page)).toContainText("off (");
  await piece.getByRole("button", { name: "Turn off, keep" }).click();
  await expect(text(page)).not.toContainText("off");

  const ids = Array.from({ length: 5_000 }, (_, index) => index + 1).join(", ");
  await write(page, `id:[${ids}] and not name ~ jans`);
  await expect(builder.getByText("5,000 values")).toBeVisible();
  await askWhatIsWritten(page);
  await expect(count(page)).not.toHaveText("2,000 people");
});
