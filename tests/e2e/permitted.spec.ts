// What each role's key may do: what the rules allow or leave open can be begun in the window, what they
// forbid rests there and says why, and the command behind the window refuses it as well.
import type { Locator, Page } from "@playwright/test";
import { expect, type Host, type Key, test } from "./devhost.ts";
import { cell, command, keyOf } from "./steps.ts";

type Connection = { id: string };
type Made = { plan: unknown; problems: Array<{ violations: Array<{ code: string | null }> }> };

const CHANGES = ["Change the profile", "Change the preferences", "Change the subscription", "New API key"];

/** By the vendor's pages: what may not be begun, and whether people can be read at all. */
const RULES: Record<string, { rests: string[]; reads: boolean }> = {
  reseller: { rests: [], reads: true },
  organization_manager: { rests: ["New person"], reads: true },
  organization_customer_service: { rests: [], reads: false },
  software_developer: { rests: ["New person", "New organization"], reads: false },
  medical_professional: { rests: ["New person", "New organization"], reads: false },
};

async function connected(page: Page, host: Host, address: string, key: Key): Promise<string> {
  const { id } = (await command(page, host, "connection_add", {
    vendor: "medipim",
    platform: "be",
    name: key.role,
    base_url: address,
    key_id: key.id,
    secret: key.secret,
  })) as Connection;
  await command(page, host, "actor_set", {
    connection: id,
    role: key.role,
    organization: key.organization ?? null,
    person: null,
  });
  return id;
}

for (const [role, { rests, reads }] of Object.entries(RULES)) {
  /** A control that may not be used keeps the focus, and says why. */
  const stands = async (control: Locator, name: string) =>
    rests.includes(name)
      ? expect(control, name).toHaveAttribute("aria-disabled", "true")
      : expect(control, name).not.toHaveAttribute("aria-disabled", "true");

  test(`the key of a ${role} is offered what it may do`, async ({ page, host, simulator }) => {
    const { medipim } = simulator.ready;
    await page.goto(host.url);
    const connection = await connected(page, host, medipim.base_url, keyOf(simulator.ready, role));
    await page.goto("about:blank");
    await page.goto(host.url);
    await page.getByRole("button", { name: "Sync now" }).first().click();
    if (reads) await expect(page.getByRole("grid")).toBeVisible();
    else await expect(page.getByText("The role of this key does not allow it").first()).toBeVisible();

    await stands(page.getByRole("button", { name: "New person" }), "New person");
    await page.keyboard.press("Control+n");
    const form = page.getByRole("dialog", { name: "New person" });
    if (rests.includes("New person")) {
      await expect(page.getByRole("alert").filter({ hasText: "New person" })).toBeVisible();
      await expect(form).toBeHidden();
    } else {
      await expect(form).toBeVisible();
      await page.keyboard.press("Escape");
    }

    if (reads) {
      await cell(page, 0, "name").click();
      await page.getByRole("button", { name: "Change", exact: true }).click();
      for (const name of CHANGES) await stands(page.getByRole("menuitem", { name }), name);
      await page.keyboard.press("Escape");
    }

    await page.keyboard.press("Control+2");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await stands(page.getByRole("menuitem", { name: "New organization" }), "New organization");

    // Around the window: the same command that it sends.
    const intent = {
      kind: "organization.create",
      target: null,
      values: { name: "Around", type: "other" },
      secrets: [],
      line: null,
    };
    const making = { connection, title: "Around", intents: [intent], secrets: [], partly: false };
    const { plan, problems } = (await command(page, host, "plan_make", making)) as Made;
    const codes = problems.flatMap(({ violations }) => violations.map(({ code }) => code));
    const refused = rests.includes("New organization");
    expect(codes).toEqual(refused ? ["not_allowed"] : []);
    expect(plan === null).toBe(refused);
  });
}
