import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCli } from "./run-cli.js";
import { makeTemporaryFolder } from "./temporary-folder.js";

const folder = makeTemporaryFolder();
const table = join(folder, "people.csv");
writeFileSync(table, `age,sex\n${"30,f\n40,m\n".repeat(20)}`);

describe("synth share and fit with epsilon", () => {
  it.each([
    ["share", "--no-copies", "minDistance"],
    ["share", "--shadow 4", "shadowModels"],
  ])("%s refuses %s, and leaves nothing behind", async (command, option, where) => {
    const output = join(folder, "out");
    const result = await runCli([command, table, "--epsilon", "1", ...option.split(" "), "-o", output, "--json"]);
    expect(result.code).toBe(2);
    expect(JSON.parse(result.stdout).error).toMatchObject({ code: "E_PRIVACY_UNPAID", where });
    expect(readdirSync(folder)).toEqual(["people.csv"]);
  });

  it.each(["share", "fit"])(
    "%s refuses to draw rows of a larger table: one row more would change which",
    async (command) => {
      const output = join(folder, "out");
      const result = await runCli([command, table, "--epsilon", "1", "--max-rows", "39", "-o", output]);
      expect(result.code).toBe(2);
      expect(result.stderr).toMatch(/^error E_PRIVACY_SAMPLE: .*39 rows or more, --max-rows$/m);
      expect(result.stderr).toContain("--max-rows 390");
      expect(readdirSync(folder)).toEqual(["people.csv"]);
    },
  );
});
