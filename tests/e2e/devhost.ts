// A devhost with an empty profile for each test, and a simulator beside it where one is asked for.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { test as base } from "@playwright/test";

const root = resolve(import.meta.dirname, "../..");
const devhost = process.env.MUSTER_DEVHOST ?? join(root, "target/debug/muster-devhost");
export const binaries = dirname(devhost);

/** A program that has printed its ready line. */
export class Program<Ready> {
  private constructor(
    private readonly child: ChildProcess,
    readonly ready: Ready,
  ) {}

  static async start<Ready>(
    name: string,
    args: string[],
    env: NodeJS.ProcessEnv = process.env,
  ): Promise<Program<Ready>> {
    const program = name.includes("-session") ? name : join(binaries, name);
    const child = spawn(program, args, {
      stdio: ["ignore", "pipe", "inherit"],
      env,
      // A group of its own, so that everything it starts ends with it.
      detached: true,
    });
    const line = await new Promise<string>((done, failed) => {
      createInterface({ input: child.stdout }).once("line", done);
      child.once("error", failed);
      child.once("exit", (code) => failed(new Error(`${name} ended with ${code}`)));
    });
    return new Program(child, JSON.parse(line));
  }

  async stop(): Promise<void> {
    const { pid, exitCode } = this.child;
    if (pid === undefined || exitCode !== null) return;
    const ended = new Promise((done) => this.child.once("exit", done));
    process.kill(-pid, "SIGINT");
    await ended;
  }
}

export type Host = { url: string; token: string };
export type Key = { id: number; secret: string; role: string; organization: number | null };
export type Simulator = { medipim: { base_url: string; keys: Key[] } };

type Fixtures = {
  profile: string;
  /** Arguments of devhost beyond the profile. */
  hostArguments: string[];
  host: Host;
  simulatorArguments: string[];
  simulator: Program<Simulator>;
};

export const test = base.extend<Fixtures>({
  hostArguments: [[], { option: true }],
  simulatorArguments: [["--people", "300", "--organizations", "40"], { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a pattern
  profile: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), "muster-e2e-"));
    await use(folder);
    await rm(folder, { recursive: true });
  },
  host: async ({ profile, hostArguments }, use) => {
    const ui = join(root, "ui/dist");
    const args = ["--profile", profile, "--ui", ui, ...hostArguments];
    const host = await Program.start<Host>("muster-devhost", args);
    await use(host.ready);
    await host.stop();
  },
  simulator: async ({ simulatorArguments }, use) => {
    const simulator = await Program.start<Simulator>("muster-simulator", simulatorArguments);
    await use(simulator);
    await simulator.stop();
  },
});

export { expect } from "@playwright/test";
