import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCli, TINY } from "./run-cli.js";
import { listAll, makeTemporaryFolder } from "./temporary-folder.js";

const folder = makeTemporaryFolder();
const output = join(folder, "out.synth");

function writeRows(name: string, rowCount: number): string {
  const rows = Array.from({ length: rowCount }, (_, row) => `${row % 7},${"ab"[row % 2]}`);
  const path = join(folder, name);
  writeFileSync(path, `n,c\n${rows.join("\n")}\n`);
  return path;
}

describe("a budget or rate that cannot train", () => {
  const cases: [argv: string[], code: string, where: string, message: string][] = [
    [["--steps", "0"], "E_USAGE_NUMBER", "--steps", "of at least 1"],
    [["--steps", "-5"], "E_USAGE_NUMBER", "--steps", "of at least 1"],
    [["--epochs", "0"], "E_USAGE_NUMBER", "--epochs", "more than 0"],
    [["--epochs", "NaN"], "E_USAGE_NUMBER", "--epochs", "more than 0"],
    [["--minutes", "0"], "E_USAGE_NUMBER", "--minutes", "more than 0"],
    [["--preset", "balancd"], "E_CONFIG_PRESET", "preset", 'no preset "balancd"'],
    ...["learningRate", "clipNorm", "batchSize", "epochs"].map((name): [string[], string, string, string] => [
      ["--set", `model.completion.${name}=-1`],
      "E_CONFIG_VALUE",
      `model.completion.${name}`,
      "must be more than 0; got -1",
    ]),
    [["--set", "model.completion.weightDecay=-1"], "E_CONFIG_VALUE", "model.completion.weightDecay", "at least 0"],
  ];

  it.each(cases)("%j exits with 2 and names the place", async (argv, code, where, message) => {
    const table = writeRows("table.csv", 40);
    const before = listAll(folder);
    const result = await runCli(["fit", table, "-o", output, "--json", ...argv]);
    expect(result).toMatchObject({ code: 2, stderr: "" });
    const { error } = JSON.parse(result.stdout);
    expect(error).toMatchObject({ code, where });
    expect(error.message).toContain(message);
    expect(listAll(folder)).toEqual(before);
  });
});

describe("few rows", () => {
  it("are fitted with a note from 10 rows on", async () => {
    const result = await runCli(["fit", writeRows("few.csv", 12), "-o", output, ...TINY]);
    expect(result).toMatchObject({ code: 0 });
    expect(result.stderr).toMatch(/^note: 12 rows are too few to learn from/m);
  });
});

describe("training that diverges", () => {
  it("exits with 5, names the step and leaves no half-made model", async () => {
    const table = writeRows("mad.csv", 60);
    const before = listAll(folder);
    const result = await runCli([
      ...["fit", table, "-o", join(folder, "mad.synth"), "--json", ...TINY],
      ...["--set", "model.completion.weightDecay=1e30"],
    ]);
    expect(result).toMatchObject({ code: 5 });
    const { error } = JSON.parse(result.stdout);
    expect(error).toMatchObject({ code: "E_TRAIN_DIVERGED", message: expect.stringMatching(/at step \d+/) });
    expect(error.hint).not.toBe("");
    expect(listAll(folder)).toEqual(before);
  });
});
