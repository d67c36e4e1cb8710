// How long the window takes with a large mirror: run by `cargo xtask bench`, a line a measurement.
import type { Page, Response } from "@playwright/test";
import { expect, type Host, test } from "./devhost.ts";

const PEOPLE = process.env.MUSTER_PEOPLE ?? "1000000";
const ORGANIZATIONS = process.env.MUSTER_ORGANIZATIONS ?? "50000";
const ROUNDS = 7;

test.use({
  hostArguments: ["--people", PEOPLE, "--organizations", ORGANIZATIONS, "--rate-limit", "0"],
});

type Row = { id: number; name: string };
type Answer = { total: number; rows: Row[] };

async function command<T>(page: Page, host: Host, name: string, input: unknown): Promise<T> {
  const response = await page.request.post(`${host.url}/api/${name}`, {
    headers: { "x-muster-token": host.token },
    data: JSON.stringify(input),
    timeout: 600_000,
  });
  expect(response.ok(), `${name}: ${await response.text()}`).toBe(true);
  return response.json();
}

async function synced(page: Page, host: Host): Promise<string> {
  const { id } = await command<{ id: string }>(page, host, "practice_open", null);
  await command(page, host, "sync_start", { connection: id });
  await expect
    .poll(
      async () => {
        const jobs = await command<{ state: string }[]>(page, host, "jobs_list", null);
        return jobs.every((job) => job.state === "done");
      },
      { timeout: 600_000 },
    )
    .toBe(true);
  return id;
}

/** The questions of the bench: about the largest organizations there are. */
async function questions(page: Page, host: Host, connection: string): Promise<string[]> {
  const answer = await command<Answer>(page, host, "organizations_query", {
    connection,
    source: "mirror",
    filter: null,
    search: null,
    seen: "present",
    sort: { by: "people", direction: "DESC" },
    offset: 0,
    limit: 20,
  });
  const [a, b, c, ...more] = answer.rows.map((row) => row.id);
  return [
    `org:${a}`,
    `not org:${a}`,
    `org:[${[a, b, c, ...more].join(",")}]`,
    `((org:[${a},${b}] and not (created > 2024-01-01 or name ~ jans)) or not (org:${c} and not updated > 1y)) and not id:[1,2,3]`,
    "name ~ jans",
    "role:organization_manager and created > 2023-06-30",
    "org ~ apotheek and not vat:none",
    "updated < 90d or seen:missing",
    "role:unknown",
    "",
  ];
}

async function expected(page: Page, host: Host, connection: string, text: string) {
  const reading = await command<{ filter: string | null; problems: unknown[] }>(page, host, "filter_read", {
    connection,
    face: "text",
    written: text,
  });
  expect(reading.problems, text).toEqual([]);
  return command<Answer>(page, host, "people_query", {
    who: {
      connection,
      source: "mirror",
      as_of: null,
      filter: reading.filter,
      search: null,
      seen: "present",
      truth: "matching",
      ids: null,
    },
    sort: [{ by: "name", direction: "ASC" }],
    offset: 0,
    limit: 1,
    remember: null,
  });
}

function say(what: string, times: number[]): void {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const [median, p95] = [at(0.5), at(0.95)];
  process.stdout.write(
    `\n${what.slice(0, 60).padEnd(60)} ${median.toFixed(1)} ms, p95 ${p95.toFixed(1)}, ${times.length} times\n`,
  );
}

/** From the key Enter to the frame that shows the answer, in milliseconds. */
async function fromEnter(page: Page, total: string, name: string): Promise<number> {
  // The listener has to be there before the key: only then is the key pressed.
  await page.evaluate(
    ({ total, name }) => {
      const taken = new Promise<number>((done, failed) => {
        let began = 0;
        const look = () => {
          const count = document.querySelector("header h1, header h2")?.parentElement?.textContent ?? "";
          const first = document.querySelector('[role="row"][row-index="0"] [col-id="name"]')?.textContent ?? "";
          const shown = count.includes(total) && (name === "" || first.includes(name));
          // The frame after this one is the first that a person sees.
          if (shown) requestAnimationFrame(() => done(performance.now() - began));
          else if (performance.now() - began < 10_000) requestAnimationFrame(look);
          else failed(new Error(`${total}, ${name} never came: ${count}, ${first}`));
        };
        const start = (event: KeyboardEvent) => {
          if (event.key !== "Enter") return;
          removeEventListener("keydown", start, { capture: true });
          began = event.timeStamp;
          requestAnimationFrame(look);
        };
        addEventListener("keydown", start, { capture: true });
      });
      Object.assign(window, { taken });
    },
    { total, name },
  );
  await page.keyboard.press("Enter");
  return page.evaluate(() => (window as unknown as { taken: Promise<number> }).taken);
}

test("the window with a large mirror", async ({ page, host }) => {
  const connection = await synced(page, host);
  await command(page, host, "last_set", { connection, place: "people" });
  await page.goto(host.url);
  await expect(page.getByRole("row").nth(5)).toBeVisible({ timeout: 60_000 });
  const format = new Intl.NumberFormat("en");

  const asked = await questions(page, host, connection);
  const times = new Map<string, number[]>(asked.map((text) => [text, []]));
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const text of asked) {
      const answer = await expected(page, host, connection, text);
      await page.keyboard.press("Control+Shift+F");
      await page.keyboard.press("Control+A");
      if (text === "") await page.keyboard.press("Delete");
      else {
        // What was read once is kept: it is asked for in the first round only.
        const reads = (response: Response) => response.url().endsWith("/api/filter_read");
        const read = round === 0 ? page.waitForResponse(reads) : null;
        await page.keyboard.insertText(text);
        await read;
      }
      // What may be typed next is offered while typing; it is put away before the question goes.
      await page.keyboard.press("Escape");
      await page.keyboard.press("Control+Shift+F");
      const taken = await fromEnter(page, format.format(answer.total), answer.rows[0]?.name ?? "");
      // The first round reads what the later ones find in memory.
      if (round > 0) times.get(text)?.push(taken);
    }
  }
  for (const [text, all] of times) say(`Enter to first page: ${text || "everybody"}`, all);

  await page.keyboard.press("Control+F");
  await page.evaluate(() => {
    const gaps: number[] = [];
    let last = performance.now();
    const frame = (now: number) => {
      gaps.push(now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    Object.assign(window, { gaps });
  });
  const worst: number[] = [];
  for (const text of ["janssens", "apotheek", "be0", "zoë", "12345"]) {
    await page.evaluate(() => (window as unknown as { gaps: number[] }).gaps.splice(0));
    await page.keyboard.press("Control+A");
    const found = page.waitForResponse((response) => {
      const asked = response.request().postDataJSON() as { who?: { search: string | null } } | null;
      return response.url().endsWith("/api/people_query") && asked?.who?.search === text;
    });
    await page.keyboard.type(text, { delay: 90 });
    await found;
    worst.push(...(await page.evaluate(() => (window as unknown as { gaps: number[] }).gaps)));
  }
  say("frames while typing in quick search", worst);
  process.stdout.write(`\nlongest frame while typing in quick search ${Math.max(...worst).toFixed(1)} ms\n`);
});
