import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import { canarySchema } from "../../src/evaluate/contract/canary-schema.js";
import { runCli, TINY } from "./run-cli.js";
import { listAll, makeTemporaryFolder } from "./temporary-folder.js";

const folder = makeTemporaryFolder();
const table = join(folder, "table.csv");
const report = join(folder, "canary.json");

/** 200 rows, whose weights mark them: no figure or message may hold one. */
const rows = Array.from({ length: 200 }, (_, row) => {
  const size = (row * 7) % 5;
  return `${size},${["red", "green", "blue"][row % 3]},${90000.5 + row * 13},${row % 2 ? "yes" : "no"}`;
});
writeFileSync(table, `size,colour,weight,kept\n${rows.join("\n")}\n`);

describe("synth audit canary", () => {
  it("writes every figure to a file and says in words what they mean, without a cell of the table", async () => {
    const result = await runCli(["audit", "canary", table, "--canaries", "20", "--rows", "80", "-o", report, ...TINY]);
    expect(result).toMatchObject({ code: 0, stdout: "" });
    expect(result.stderr).toMatch(/20 made-up records were added to the 200 rows/);
    expect(result.stderr).toMatch(/epsilon is at least +0\.00/);
    expect(result.stderr).toMatch(/verdict: caution/);
    const written = readFileSync(report, "utf8");
    expect(() => canarySchema.parse(JSON.parse(written))).not.toThrow();
    for (const text of [written, result.stderr]) {
      expect(rows.filter((row) => text.includes(row.split(",")[2]!))).toEqual([]);
    }
    expect(listAll(folder).sort()).toEqual(["canary.json", "table.csv"]);
  });

  it("prints one object with --json", async () => {
    const result = await runCli(["audit", "canary", table, "--canaries", "10", "--rows", "50", "--json", ...TINY]);
    const printed = JSON.parse(result.stdout);
    expect(printed).toMatchObject({ seed: 1, canary: { version: 1, canaries: { made: 10 } } });
    expect(printed.file).toBeUndefined();
    expect(result.stderr).toBe("");
  });

  it("audits a private training, which reads cells as they are written", async () => {
    const people = join(folder, "people.csv");
    const random = makeRandom(7);
    const one = (...values: readonly string[]) => values[random.integer(values.length)];
    const lines = Array.from({ length: 400 }, () =>
      [one("f", "m"), 20 + random.integer(41), one("nurse", "clerk", "cook"), one("early", "late")].join(),
    );
    writeFileSync(people, `sex,age,job,shift\n${lines.join("\n")}\n`);
    const promise = ["--epsilon", "8", "--noise-seed", "1", "--target", "sex"];
    const result = await runCli([
      "audit",
      "canary",
      people,
      "--canaries",
      "20",
      "--rows",
      "80",
      "--json",
      ...promise,
      ...TINY,
    ]);
    expect(result.stderr).toBe("");
    expect(JSON.parse(result.stdout)).toMatchObject({ canary: { guarantee: { epsilon: 8, refuted: false } } });
  }, 240_000);

  it.each([
    [["audit"], "E_USAGE_MISSING_COMMAND", "synth audit --help"],
    [["audit", "canry", table], "E_USAGE_UNKNOWN_COMMAND", "did you mean canary?"],
    [["audit", "canary"], "E_USAGE_MISSING_ARGUMENT", "--help"],
    [["audit", "canary", table, "--holdout", table], "E_USAGE_UNKNOWN_OPTION", ""],
    [["audit", "canary", table, "--canaries", "41"], "E_USAGE_CANARIES", ""],
    [["audit", "canary", table, "--confidence", "1"], "E_USAGE_NUMBER", ""],
    [["audit", "canary", table, "--target", "kept"], "E_USAGE_CONFLICT", "--epsilon"],
  ])("refuses %j", async (argv, code, hint) => {
    const result = await runCli(argv);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(`error ${code}: `);
    expect(result.stderr).toContain(hint);
  });

  it("says in its help what it costs", async () => {
    const { stdout, code } = await runCli(["audit", "canary", "--help"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/takes twice as long/);
    expect(stdout).toMatch(/Example:\n {2}synth audit canary /);
  });
});
