// The pictures in docs/screenshots: every place and state, made by `cargo xtask screenshots`.
import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import { binaries, expect, type Host, type Key, Program, test } from "./devhost.ts";
import { ask, cell, command, count } from "./steps.ts";

const folder =
  process.env.MUSTER_SCREENSHOTS ?? resolve(import.meta.dirname, "../../docs/screenshots");

type Look = { scheme?: "light" | "dark"; contrast?: "normal" | "high"; language?: string };

/** The app as a person left it: practice synced, in a look of their choice. */
async function open(page: Page, host: Host, place: string, look: Look = {}): Promise<string> {
  const { scheme = "light", contrast = "normal", language = "en" } = look;
  await command(page, host, "settings_set", { language, scheme, contrast });
  const practice = (await command(page, host, "practice_open", null)) as { id: string };
  await command(page, host, "sync_start", { connection: practice.id });
  await expect
    .poll(async () => {
      const jobs = (await command(page, host, "jobs_list", null)) as { state: string }[];
      return jobs.every((job) => job.state === "done");
    })
    .toBe(true);
  await command(page, host, "last_set", { connection: practice.id, place });
  await page.goto(host.url);
  if (place !== "settings") await expect(page.getByRole("row").nth(5)).toBeVisible();
  return practice.id;
}

async function shoot(page: Page, name: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled" });
}

test("first start", async ({ page, host }) => {
  await page.goto(host.url);
  await expect(page.getByRole("heading", { name: "Welcome to Muster" })).toBeVisible();
  await shoot(page, "first-start");
});

test("connect, with the report of a test", async ({ page, host, simulator }) => {
  const { base_url, keys } = simulator.ready.medipim;
  const key = keys.find((own: Key) => own.role === "organization_manager");
  if (!key) throw new Error("the simulator has a manager");
  await page.goto(host.url);
  await page.getByRole("button", { name: "Connect to Medipim" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Our pharmacy group");
  await page.getByLabel("Key id").fill(String(key.id));
  await page.getByLabel("Secret", { exact: true }).fill(key.secret);
  await page.getByRole("button", { name: "Advanced" }).click();
  await page.getByLabel("Address of the API").fill(base_url);
  await page.getByRole("button", { name: "Test", exact: true }).click();
  await expect(page.getByText(/The key (seems to be|may be)/)).toBeVisible();
  await shoot(page, "connect");
  await page.getByLabel("Secret", { exact: true }).fill("wrong");
  await page.getByRole("button", { name: "Test", exact: true }).click();
  await expect(page.getByText("The vendor refuses the key")).toBeVisible();
  await shoot(page, "connect-refused");
});

for (const [name, look] of [
  ["people-light", {}],
  ["people-dark", { scheme: "dark" }],
  ["people-high-contrast", { contrast: "high" }],
  ["people-dutch", { language: "nl" }],
  ["people-german", { language: "de" }],
] satisfies [string, Look][]) {
  test(name, async ({ page, host }) => {
    await open(page, host, "people", look);
    await shoot(page, name);
  });
}

test("person", async ({ page, host }) => {
  await open(page, host, "people");
  await cell(page, 3, "name").click();
  await expect(page.getByRole("complementary", { name: "Person" })).toBeVisible();
  await shoot(page, "person");
});

test("question, with its facets and why somebody matches", async ({ page, host }) => {
  await open(page, host, "people");
  await ask(page, "role:organization_manager and (created > 2020-01-01 or not org:any)");
  await expect(count(page)).not.toHaveText("2,000 people");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+b");
  await expect(page.getByRole("complementary", { name: "Facets" }).getByRole("button").nth(8)).toBeVisible();
  await shoot(page, "question-facets");
  await page.keyboard.press("Control+b");
  await cell(page, 2, "name").click();
  const verdict = page.getByText("Matches the question");
  await verdict.scrollIntoViewIfNeeded();
  await shoot(page, "question-explained");
});

for (const face of ["Builder", "JSON"]) {
  test(`question as ${face}`, async ({ page, host }) => {
    await open(page, host, "people");
    await ask(page, "org:12 and not (role:reseller or name ~ jans)");
    await expect(count(page)).not.toHaveText("2,000 people");
    await page.getByText(face, { exact: true }).click();
    await expect(page.getByRole("region", { name: face })).toContainText(/\S/);
    await shoot(page, `question-${face.toLowerCase()}`);
  });
}

test("selection and export", async ({ page, host }) => {
  await open(page, host, "people");
  await cell(page, 1, "select").click();
  await cell(page, 5, "select").click({ modifiers: ["Shift"] });
  await expect(page.getByTestId("selected")).toHaveText("5 selected");
  await shoot(page, "selection");
  await page.keyboard.press("Control+Shift+e");
  await expect(page.getByRole("dialog", { name: "Export people" })).toBeVisible();
  await shoot(page, "export");
});

test("a past sync, in the dark", async ({ page, host }) => {
  const connection = await open(page, host, "people", { scheme: "dark" });
  await command(page, host, "sync_start", { connection });
  const syncs = async () =>
    ((await command(page, host, "syncs_list", { connection })) as unknown[]).length;
  await expect.poll(syncs).toBeGreaterThan(1);
  await page.keyboard.press("Control+d");
  await page.getByRole("slider", { name: "Sync" }).press("ArrowLeft");
  await expect(page.getByText(/^As of /)).toBeVisible();
  await shoot(page, "past-sync");
});

test("nothing matches", async ({ page, host }) => {
  await open(page, host, "people");
  await page.getByPlaceholder("Name, id or identifier").fill("nobody has this name");
  await expect(page.getByText("Nobody matches")).toBeVisible();
  await shoot(page, "nothing-matches");
});

test("narrow window", async ({ page, host }) => {
  await page.setViewportSize({ width: 640, height: 640 });
  await open(page, host, "people", { language: "fr", scheme: "dark" });
  await shoot(page, "people-narrow-french");
});

test("offline", async ({ page, host }) => {
  await open(page, host, "people");
  await command(page, host, "practice_network", { on: false });
  await page.getByText("Live", { exact: true }).click();
  await expect(page.getByText("No connection").first()).toBeVisible();
  await shoot(page, "offline");
});

test("organizations", async ({ page, host }) => {
  await open(page, host, "organizations");
  await shoot(page, "organizations");
});

test("settings", async ({ page, host }) => {
  await open(page, host, "settings");
  await expect(page.getByRole("heading", { name: "Settings" })).toBeVisible();
  await shoot(page, "settings");
});

test("removal", async ({ page, host }) => {
  await open(page, host, "people");
  await page.getByRole("button", { name: /switch or change/ }).click();
  await page.getByRole("menuitem", { name: "Remove…" }).click();
  await expect(page.getByRole("dialog")).toContainText("mirror.db");
  await shoot(page, "removal");
});

test("palette", async ({ page, host }) => {
  await open(page, host, "people");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog")).toBeVisible();
  await shoot(page, "palette");
});

test.describe("states of a connection", () => {
  async function connect(page: Page, host: Host, base_url: string, key: Key): Promise<string> {
    const draft = {
      vendor: "medipim",
      platform: "be",
      name: "Our pharmacy group",
      base_url,
      key_id: key.id,
      secret: key.secret,
    };
    const added = (await command(page, host, "connection_add", draft)) as { id: string };
    await command(page, host, "last_set", { connection: added.id, place: "people" });
    return added.id;
  }

  const keyOf = (keys: Key[], role: string): Key => {
    const key = keys.find((own) => own.role === role);
    if (!key) throw new Error(`the simulator has a ${role}`);
    return key;
  };

  test("never synced", async ({ page, host, simulator }) => {
    const { base_url, keys } = simulator.ready.medipim;
    await connect(page, host, base_url, keyOf(keys, "reseller"));
    await page.goto(host.url);
    await expect(page.getByText("Not synced yet")).toBeVisible();
    await shoot(page, "never-synced");
  });

  test("no permission", async ({ page, host, simulator }) => {
    const { base_url, keys } = simulator.ready.medipim;
    await connect(page, host, base_url, keyOf(keys, "software_developer"));
    await page.goto(host.url);
    await page.getByText("Live", { exact: true }).click();
    await expect(page.getByText("The role of this key does not allow it").first()).toBeVisible();
    await shoot(page, "no-permission");
  });

  test.describe("a strict vendor", () => {
    test.use({
      simulatorArguments: ["--people", "300", "--organizations", "40", "--rate-limit", "2"],
    });

    test("rate limited", async ({ page, host, simulator }) => {
      const { base_url, keys } = simulator.ready.medipim;
      const connection = await connect(page, host, base_url, keyOf(keys, "reseller"));
      await page.goto(host.url);
      await command(page, host, "sync_start", { connection });
      await expect(page.getByText(/Waiting for the vendor|asks for a pause/).first()).toBeVisible({
        timeout: 60_000,
      });
      await shoot(page, "rate-limited");
    });
  });

  test("keyring locked", async ({ page, profile, simulator }) => {
    const { base_url, keys } = simulator.ready.medipim;
    const key = keyOf(keys, "reseller");
    const home = join(profile, "home");
    await mkdir(join(home, "run"), { recursive: true, mode: 0o700 });
    const data = join(home, "data");
    const run = join(home, "run");
    const env = { ...process.env, HOME: home, XDG_DATA_HOME: data, XDG_RUNTIME_DIR: run };
    const quiet = ">/dev/null 2>&1";
    const add = `"${binaries}/musterctl" --profile "${profile}" connect add --vendor medipim \
      --platform be --name "Our pharmacy group" --base-url ${base_url} --key-id ${key.id}`;
    // A first session makes a keyring with the secret in it; the second never unlocks it.
    const first = `printf %s test | gnome-keyring-daemon --unlock --components=secrets ${quiet}
      printf %s ${key.secret} | ${add}`;
    await promisify(execFile)("dbus-run-session", ["--", "sh", "-c", first], { env });
    const second = `gnome-keyring-daemon --start --components=secrets ${quiet}
      exec "${binaries}/muster-devhost" --vault keyring --profile "${profile}" --ui "$UI"`;
    const session = ["--", "sh", "-c", second];
    const UI = resolve(import.meta.dirname, "../../ui/dist");
    const host = await Program.start<Host>("dbus-run-session", session, { ...env, UI });
    await page.goto(host.ready.url);
    await page.getByText("Live", { exact: true }).click();
    await expect(page.getByText("The keyring is locked").first()).toBeVisible();
    await shoot(page, "keyring-locked");
    await host.stop();
  });
});

test("roles", async ({ page, host }) => {
  await open(page, host, "people");
  await page.keyboard.press("Control+3");
  const row = page.getByRole("row").filter({ has: page.locator('code:text-is("user.create")') });
  await row.getByRole("gridcell").nth(3).click();
  await expect(page.getByRole("complementary", { name: "Rule" })).toBeVisible();
  await shoot(page, "roles");
});

test("changes: a form, an import, a plan and what came of it, the activity", async ({ page, host, profile }) => {
  await open(page, host, "people");
  await page.keyboard.press("Control+n");
  const form = page.getByRole("dialog", { name: "New person" });
  await form.getByLabel("E-mail").fill("zoe.peeters@example.com");
  await expect(form.getByText("Kept as a draft")).toBeVisible();
  await shoot(page, "new-person");
  await page.keyboard.press("Escape");

  const file = join(profile, "new people.csv");
  const lines = ["E-mail;Role;Organization;Name;Language;Subscription"];
  for (const [index, name] of ["An Maes", "Bram Claes", "Chloé Dubois", "Dirk Peeters"].entries())
    lines.push(`person${index}${index === 2 ? "" : "@example.com"};medical_professional;92;${name};nl;1`);
  await writeFile(file, lines.join("\r\n"));
  await page.keyboard.press("Control+4");
  await page.getByRole("button", { name: "Import…" }).click();
  const asked = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose a file…" }).click();
  await (await asked).setFiles(file);
  const importing = page.getByRole("dialog", { name: "Import" });
  const plan = importing.getByRole("button", { name: "Plan the 3 good rows" });
  await expect(plan).toBeEnabled();
  await shoot(page, "import");
  await plan.click();
  await page.getByRole("button", { name: "Apply", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Apply", exact: true }).click();
  await expect(page.getByRole("button", { name: /^Applied\s*3/ })).toBeVisible();
  await page.locator('.ag-row[row-index="0"] .ag-cell').first().click();
  await expect(page.getByRole("complementary", { name: "Step" })).toContainText("Request id");
  await expect(page.locator(".mantine-Notification-root")).toHaveCount(0);
  await shoot(page, "changes");
  await page.keyboard.press("Control+7");
  await expect(page.getByTestId("chain")).toContainText("entries hold");
  await shoot(page, "activity");
});
