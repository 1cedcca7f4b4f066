import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCli, TINY } from "./run-cli.js";
import { makeTemporaryFolder } from "./temporary-folder.js";

const folder = makeTemporaryFolder();
const table = join(folder, "visits.csv");
const schema = join(folder, "schema.json");
const model = join(folder, "visits.synth");

/** 240 visits: who left came before, who is still there has not left. */
const lines = Array.from({ length: 240 }, (_, row) => {
  const came = (row * 37) % 200;
  const state = ["in", "out", "out"][row % 3]!;
  const day = (days: number) => new Date(86_400_000 * days).toISOString().slice(0, 10);
  return `${day(came)},${state === "in" ? "" : day(came + ((row * 11) % 60))},${state}`;
});
writeFileSync(table, `came,left,state\n${lines.join("\n")}\n`);

describe("constraints from the command line", () => {
  it("proposes them, keeps them, shows them and checks them", async () => {
    const found = await runCli(["schema", table, "--find-constraints", "-o", schema]);
    expect(found.code).toBe(0);
    const { constraints } = JSON.parse(readFileSync(schema, "utf8"));
    expect(constraints).toEqual([
      { kind: "conditionalNull", column: "left", when: "\"state\" = 'in'", support: { holds: 240, rows: 240 } },
      { kind: "inequality", columns: ["came", "left"], support: { holds: 160, rows: 160 } },
    ]);
    const fitted = await runCli(["fit", table, "--schema", schema, "-o", model, ...TINY]);
    expect(fitted).toMatchObject({ code: 0, stderr: expect.stringContaining("the distance left - came") });
    const inspected = await runCli(["inspect", model]);
    expect(inspected.stdout).toMatch(/Constraints\n {2}column "left" is learned as the distance left - came/);
    const drawn = join(folder, "drawn.csv");
    expect((await runCli(["sample", model, "-n", "500", "-o", drawn])).code).toBe(0);
    const rows = readFileSync(drawn, "utf8").trim().split("\n").slice(1);
    expect(rows).toHaveLength(500);
    for (const row of rows) {
      const [came, left, state] = row.split(",");
      expect(left === "").toBe(state === "in");
      expect(left === "" || came! <= left!).toBe(true);
    }
    const report = await runCli(["report", "--train", table, "--synthetic", drawn, "--schema", schema, "--json"]);
    expect(JSON.parse(report.stdout).report.constraints).toMatchObject([
      { synthetic: { value: 1, n: 500 }, real: { value: 1, n: 240 } },
      { synthetic: { value: 1 }, real: { value: 1, n: 160 } },
    ]);
  }, 60_000);

  it("names the rows that break one, and quotes none", async () => {
    const broken = join(folder, "broken.csv");
    writeFileSync(broken, `came,left,state\n${[...lines, "1970-06-01,1931-12-24,out"].join("\n")}\n`);
    const result = await runCli(["fit", broken, "--schema", schema, "-o", join(folder, "no.synth"), ...TINY]);
    expect(result.code).toBe(3);
    expect(result.stderr).toContain(
      "E_CONSTRAINT_BROKEN: schema.constraints[1] (came <= left) is broken by 1 of 161 rows",
    );
    expect(result.stderr).toContain("(row numbers: 241)");
    expect(result.stderr).not.toContain("1931");
  });
});
