import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, watch, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { unzipSync } from "fflate";
import Papa from "papaparse";
import { beforeAll, describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import { deserializeCheckpoint, loadModel, type SynthModel } from "../../src/index.js";
import { type CliResult, runCli } from "./run-cli.js";
import { makeTemporaryFolder } from "./temporary-folder.js";

const main = resolve(import.meta.dirname, "../../dist/cli/main.js");
const folder = makeTemporaryFolder();
const path = (name: string) => join(folder, name);

/** What fewer rows have than any threshold publishes. */
const PLANTED = ["lighthouse keeper", "falconer", "called at noon about the gate", "8316427"];
const ROWS = 503;
const MISSING = 51;
const FLAGS = [
  ...["--epsilon", "8", "--noise-seed", "5", "--target", "sex", "--steps", "8", "--threads", "1"],
  ...["--set", "model.network.width=8", "--set", "model.network.blocks=0", "--set", "model.adversarial.enabled=false"],
  ...["--checkpoint-every", "0.001"],
];
let told: CliResult;
let json: { rows: number; privacy: { plan: { released: string; share: number }[]; ledger: object[]; epsilon: number } };
let model: SynthModel;

function people(): string {
  const random = makeRandom(7);
  const one = <T>(values: readonly T[]) => values[random.integer(values.length)]!;
  const rows = Array.from({ length: ROWS }, (_, row) => [
    one(["f", "m"]),
    row < 5 ? PLANTED[3] : 20 + random.integer(40),
    row < 8 ? PLANTED[row % 2] : row < 8 + MISSING ? "" : one(["nurse", "clerk", "cook"]),
    row === 9 ? PLANTED[2] : one(["early", "late"]),
  ]);
  return Papa.unparse([["sex", "age", "job", "shift"], ...rows]);
}

beforeAll(async () => {
  writeFileSync(path("people.csv"), people());
  const argv = ["fit", path("people.csv"), ...FLAGS, "--log", path("log.jsonl")];
  told = await runCli([...argv, "-o", path("m.synth"), "--json"]);
  expect(told.code, told.stderr).toBe(0);
  json = JSON.parse(told.stdout);
  model = await loadModel(path("m.synth"));
}, 240_000);

describe("synth fit --epsilon", () => {
  it("tells plan and ledger in --json, and in the log the plan before anything else of the rows", () => {
    const { plan, ledger, epsilon } = json.privacy;
    expect(epsilon).toBe(8);
    expect(ledger).toEqual(model.privacy!.ledger);
    expect(plan.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 6);
    expect(plan.map(({ released }) => released)).toContain("counts of pairs of columns");
    const codes = logLines().flatMap((line) => (line.kind === "notice" ? [line.code] : []));
    expect(codes.slice(0, 3)).toEqual(["N_NOT_PRIVATE", "N_PRIVACY_DELTA", "N_PRIVACY_PLAN"]);
  });

  it("keeps the promise in the model: the budget is not passed, the noise is named, the target is", () => {
    const { spent, noise, target, assumptions } = model.privacy!;
    expect(spent).toBeGreaterThan(7);
    expect(spent).toBeLessThanOrEqual(8);
    expect({ noise, target }).toEqual({ noise: "seeded", target: "sex" });
    expect(assumptions.join("\n")).toContain('"sex"');
  });

  it("puts no value of few rows into the model, the log or what it prints", () => {
    const files = Object.entries(unzipSync(readFileSync(path("m.synth"))));
    const texts = [
      ...files.map(([name, bytes]): [string, string] => [name, Buffer.from(bytes).toString("latin1")]),
      ["log", readFileSync(path("log.jsonl"), "utf8")] as const,
      ["stdout", told.stdout] as const,
      ["stderr", told.stderr] as const,
    ];
    expect(texts.filter(([, text]) => PLANTED.some((value) => text.includes(value))).map(([name]) => name)).toEqual([]);
    expect(texts.some(([name, text]) => name === "manifest.json" && text.includes("nurse"))).toBe(true);
  });

  it("knows neither how many rows there are nor how many lack a value", () => {
    expect(model.schema.rowCount).toBeGreaterThan(0);
    expect(model.schema.rowCount).not.toBe(ROWS);
    expect(json.rows).toBe(model.schema.rowCount);
    const shares = model.schema.columns.map(({ missingShare }) => missingShare);
    expect(shares).not.toContain(MISSING / ROWS);
    const manifest = Buffer.from(unzipSync(readFileSync(path("m.synth")))["manifest.json"]!).toString();
    expect(manifest).not.toMatch(new RegExp(`[:,[](${ROWS}|${MISSING})[,}\\]]`));
  });

  it("draws rows, also on conditions", async () => {
    const drawn = await runCli(["sample", path("m.synth"), "-n", "40", "-o", path("rows.csv"), "--where", "sex = 'f'"]);
    expect(drawn.code, drawn.stderr).toBe(0);
    const { data } = Papa.parse<string[]>(readFileSync(path("rows.csv"), "utf8"), { skipEmptyLines: true });
    expect(new Set(data.slice(1).map(([sex]) => sex))).toEqual(new Set(["f"]));
  });

  it("has its promise told by synth inspect, with the warning that it does not hold", async () => {
    const { stdout, code } = await runCli(["inspect", path("m.synth")]);
    expect(code).toBe(0);
    const privacy = stdout.slice(stdout.indexOf("\nPrivacy\n"));
    for (const { released } of model.privacy!.ledger) expect(privacy).toContain(released);
    for (const words of ["Not private: seeded", "Nothing is promised", "Taken as public", "discrete Gaussian"]) {
      expect(privacy).toContain(words);
    }
    expect(stdout).toContain("  model.network.width");
    expect(stdout).not.toContain("  encoding."); // its settings were not followed
    const inspected = JSON.parse((await runCli(["inspect", path("m.synth"), "--json"])).stdout);
    expect(inspected.privacy).toEqual(model.privacy);
  });

  it("prints the plan as a table before anything is spent, and refuses what cannot be promised", async () => {
    const fit = (...flags: string[]) => runCli(["fit", path("people.csv"), "-o", path("none.synth"), ...flags]);
    const undeclared = await fit("--epsilon", "1", "--bounds", "public");
    expect(undeclared).toMatchObject({ code: 2, stderr: expect.stringContaining("E_PRIVACY_UNDECLARED") });
    const plan = /numbers a row changes +noise \(sigma\) +of the budget\n.*number of rows/;
    expect(undeclared.stderr).not.toMatch(plan);
    writeFileSync(path("memos.csv"), `memo\n${Array.from({ length: ROWS }, (_, row) => `memo of ${row}`).join("\n")}`);
    const refused = await runCli(["fit", path("memos.csv"), "-o", path("none.synth"), "--epsilon", "8"]);
    expect(refused).toMatchObject({ stderr: expect.stringContaining("E_PRIVACY_") });
    expect(refused.stderr).toMatch(plan);
    const refusals: [string, string[]][] = [
      ["E_PRIVACY_EPSILON", ["--epsilon", "0"]],
      ["E_USAGE_NUMBER", ["--epsilon", "one"]],
      ["E_PRIVACY_DELTA", ["--epsilon", "1", "--delta", "0.01"]],
      ["E_USAGE_VALUE", ["--epsilon", "1", "--bounds", "open"]],
      ["E_USAGE_CONFLICT", ["--delta", "1e-6"]],
      ["E_USAGE_TARGET", ["--epsilon", "1", "--target", "sec"]],
      ["E_PRIVACY_UNPAID", ["--epsilon", "1", "--find-constraints"]],
      ["E_PRIVACY_UNPAID", ["--epsilon", "1", "--warm-start", path("m.synth")]],
      ["E_PRIVACY_UNPAID", ["--epsilon", "1", "--min-category-count", "3"]],
    ];
    for (const [error, flags] of refusals) {
      expect(await fit(...flags), error).toMatchObject({ code: 2, stderr: expect.stringContaining(error) });
    }
    expect(existsSync(path("none.synth"))).toBe(false);
  });

  it("comes to the same bytes after kill -9: what was released is asked for once", async () => {
    expect(existsSync(main), "run `npm run build` first").toBe(true);
    const random = makeRandom(11);
    let code = await killedAt(1);
    const { phase, state } = deserializeCheckpoint(readFileSync(path("killed.synth.checkpoint")));
    expect([code, phase]).toEqual([null, "private"]);
    expect(JSON.stringify(state.values)).toContain("discrete-gaussian");
    for (const value of PLANTED) expect(JSON.stringify(state.values)).not.toContain(value);
    for (let kills = 1; code === null; kills++) {
      code = await killedAt(kills < 3 ? 2 + random.integer(8) : Number.POSITIVE_INFINITY, "--resume");
    }
    expect(readFileSync(path("killed.synth")).equals(readFileSync(path("m.synth")))).toBe(true);
    expect(readdirSync(folder).filter((name) => name.includes("checkpoint"))).toEqual([]);
  }, 240_000);
});

function logLines(): { kind: string; code: string }[] {
  const lines = readFileSync(path("log.jsonl"), "utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line));
}

/** Runs the fit until the checkpoint was written so many times, and kills it; the exit code, null where it was killed. */
async function killedAt(writes: number, ...more: string[]): Promise<number | null> {
  const argv = [main, "fit", path("people.csv"), "-o", path("killed.synth"), "--quiet", ...FLAGS, ...more];
  const child = spawn(process.execPath, argv, { stdio: "ignore" });
  let seen = 0;
  const watcher = watch(folder, (_, name) => {
    if (name === "killed.synth.checkpoint" && ++seen === writes) child.kill("SIGKILL");
  });
  const code = await new Promise<number | null>((done) => child.on("exit", done));
  watcher.close();
  return code;
}
