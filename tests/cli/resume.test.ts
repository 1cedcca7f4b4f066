import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, watch, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import { makeTemporaryFolder } from "./temporary-folder.js";

const root = resolve(import.meta.dirname, "../..");
const main = join(root, "dist/cli/main.js");
const folder = makeTemporaryFolder();
const table = join(folder, "penguins.csv");

/** A model that is trained in 30 steps of the first phase and a few of the second. */
const TINY = [
  ...[
    "--quiet",
    "--steps",
    "30",
    "--threads",
    "1",
    "--set",
    "model.network.width=8",
    "--set",
    "model.network.blocks=0",
  ],
  ...["--set", "model.completion.batchSize=20", "--set", "model.adversarial.batchSize=20"],
  ...["--set", "model.adversarial.criticWidth=8", "--set", "model.adversarial.epochs=1", "--set", "encoding.bins=4"],
  ...["--set", "model.completion.looks=6", "--set", "model.adversarial.looks=3", "--checkpoint-every", "0.001"],
];
const KILLS = 20;
let whole: Buffer;

beforeAll(() => {
  expect(existsSync(main), "run `npm run build` first").toBe(true);
  const lines = readFileSync(join(root, "examples/penguins.csv"), "utf8").split("\n").slice(0, 150);
  writeFileSync(table, lines.map((line) => line.split(",").slice(0, 4).join(",")).join("\n"));
  const path = join(folder, "whole.synth");
  const { status, stderr } = spawnSync(process.execPath, [main, "fit", table, "-o", path, ...TINY]);
  expect(status, String(stderr)).toBe(0);
  whole = readFileSync(path);
});

function start(place: string, ...more: string[]): ChildProcess {
  const argv = [main, "fit", table, "-o", join(place, "m.synth"), "--log", join(place, "log.jsonl"), ...TINY, ...more];
  return spawn(process.execPath, argv, { stdio: ["ignore", "ignore", "pipe"] });
}

/** When a signal is sent: so long after the start, or at so many changes in the folder: a checkpoint makes one amid its write, and others. */
type Moment = { readonly ms: number } | { readonly changes: number } | "never";

async function stopAt(child: ChildProcess, place: string, moment: Moment, signal: NodeJS.Signals) {
  let changes = 0;
  let stderr = "";
  child.stderr?.on("data", (chunk) => {
    stderr += chunk;
  });
  const watcher = watch(place, (_, name) => {
    if (!name?.includes("m.synth.checkpoint")) return;
    changes++;
    if (typeof moment === "object" && "changes" in moment && changes === moment.changes) child.kill(signal);
  });
  const timer =
    typeof moment === "object" && "ms" in moment ? setTimeout(() => child.kill(signal), moment.ms) : undefined;
  const code = await new Promise<number | null>((done) => child.on("exit", done));
  clearTimeout(timer);
  watcher.close();
  return { code, stderr };
}

describe("a training that was interrupted", () => {
  it(`comes to the same bytes after kill -9 at ${KILLS} random moments`, async () => {
    const random = makeRandom(8);
    let kills = 0;
    let killsAmidWrite = 0;
    for (let chain = 0; kills < KILLS; chain++) {
      const place = join(folder, `chain${chain}`);
      mkdirSync(place);
      let code: number | null = null;
      for (let run = 0; code === null; run++) {
        const child = start(place, ...(run === 0 ? [] : ["--resume"]));
        const isEarly = random.uniform() < 0.3;
        const next = isEarly ? { ms: random.integer(2000) } : { changes: 1 + random.integer(12) };
        const moment = kills < KILLS ? next : "never";
        ({ code } = await stopAt(child, place, moment, "SIGKILL"));
        if (code !== null) continue;
        kills++;
        if (readdirSync(place).some((name) => name.endsWith(".tmp"))) killsAmidWrite++;
      }
      expect(code).toBe(0);
      expect(readFileSync(join(place, "m.synth")).equals(whole), `chain ${chain}`).toBe(true);
      expect(readdirSync(place).sort()).toEqual(["log.jsonl", "m.synth"]);
    }
    expect(kills).toBe(KILLS);
    expect(killsAmidWrite).toBeGreaterThan(2);
  }, 600_000);

  it("keeps its state at Ctrl-C and says how to go on", async () => {
    const place = join(folder, "stopped");
    mkdirSync(place);
    const { code, stderr } = await stopAt(start(place), place, { changes: 5 }, "SIGINT");
    expect(code).toBe(130);
    expect(stderr).toMatch(
      /interrupted; no unfinished file was left behind, and .*m\.synth\.checkpoint holds the training/,
    );
    expect(stderr).toContain("run the same command again with --resume");
    expect(readdirSync(place).sort()).toEqual(["log.jsonl", "m.synth.checkpoint"]);
    expect((await stopAt(start(place, "--resume"), place, "never", "SIGKILL")).code).toBe(0);
    expect(readFileSync(join(place, "m.synth")).equals(whole)).toBe(true);
    const lines = readFileSync(join(place, "log.jsonl"), "utf8").trimEnd().split("\n");
    const codes = lines.map((line) => JSON.parse(line)).filter(({ kind }) => kind === "notice");
    expect(codes.map(({ code: name }) => name)).toContain("N_RESUMED");
  }, 120_000);
});
