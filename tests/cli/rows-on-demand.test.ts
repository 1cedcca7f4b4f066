import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { runCli, TINY } from "./run-cli.js";
import { listAll, makeTemporaryFolder } from "./temporary-folder.js";

const folder = makeTemporaryFolder();
const table = join(folder, "table.csv");
const model = join(folder, "table.synth");
const output = join(folder, "rows.csv");

beforeAll(async () => {
  const rows = Array.from({ length: 160 }, (_, row) => {
    const size = row % 10 === 0 ? "" : (row * 7) % 50;
    return `${size},${["red", "green", "blue"][row % 3]},${row % 2 ? ">50K" : "<=50K"}`;
  });
  writeFileSync(table, `size,colour,pay\n${rows.join("\n")}\n`);
  expect(await runCli(["fit", table, "-o", model, ...TINY])).toMatchObject({ code: 0 });
});

const sample = (...argv: string[]) => runCli(["sample", model, "--threads", "1", "--quiet", "-o", "-", ...argv]);
const linesOf = ({ stdout }: { readonly stdout: string }) => stdout.trimEnd().split("\n");

describe("synth sample", () => {
  it("--where draws rows that meet all conditions", async () => {
    const lines = linesOf(
      await sample("-n", "50", "--where", "size >= 20 and size < 31", "--where", "colour != 'red'"),
    );
    expect(lines).toHaveLength(51);
    expect(lines.slice(1).every((line) => /^(2\d|30),(green|blue),/.test(line))).toBe(true);
  });

  it("--balance and --mix give a category's levels their shares", async () => {
    const count = (lines: readonly string[], end: string) => lines.filter((line) => line.endsWith(end)).length;
    const balanced = linesOf(await sample("-n", "40", "--balance", "pay"));
    expect([count(balanced, ",>50K"), count(balanced, ",<=50K")]).toEqual([20, 20]);
    const mixed = linesOf(await sample("-n", "40", "--mix", 'pay=">50K":0.25,"<=50K":0.75'));
    expect([count(mixed, ",>50K"), count(mixed, ",<=50K")]).toEqual([10, 30]);
  });

  it("--shard gives the whole's rows, cut", async () => {
    const whole = linesOf(await sample("-n", "2500"));
    const parts = [
      linesOf(await sample("-n", "2500", "--shard", "1/2")),
      linesOf(await sample("-n", "2500", "--shard", "2/2")),
    ];
    expect([...parts[0]!, ...parts[1]!.slice(1)]).toEqual(whole);
  });

  it("--like completes the rows of a table in order", async () => {
    const like = join(folder, "like.csv");
    writeFileSync(like, "colour,size\nblue,\n,12\nmauve,13\n");
    const lines = linesOf(await sample("--like", like));
    expect(lines[0]).toBe("size,colour,pay");
    expect(lines.slice(1).map((line) => line.split(",").slice(0, 2))).toEqual([
      [expect.any(String), "blue"],
      ["12", expect.stringMatching(/red|green|blue/)],
      ["13", "mauve"],
    ]);
  });

  it.each([
    [["--where", "colour = 'rde'"], "E_EXPRESSION_LEVEL", 'did you mean "red"?'],
    [["--where", "colour = red"], "E_EXPRESSION_COLUMN", "'red'"],
    [["--where", "size >"], "E_EXPRESSION_SYNTAX", ""],
    [["--balance", "size"], "E_SAMPLE_MIX_COLUMN", ""],
    [["--mix", "pay=>50K"], "E_USAGE_MIX", "--mix"],
    [["--mix", "pay=>50K:0.9"], "E_SAMPLE_MIX_SHARES", "sum to 1"],
    [["--shard", "4/3"], "E_USAGE_SHARD", ""],
    [["--balance", "pay", "--mix", "pay=>50K:1"], "E_USAGE_CONFLICT", ""],
    [["--like", "x.csv", "-n", "3"], "E_USAGE_CONFLICT", ""],
    [["--like", "x.csv", "--truncation", "0.5"], "E_USAGE_CONFLICT", ""],
    [["--truncation", "-1"], "E_USAGE_TRUNCATION", "0.7"],
    [["--truncation", "0.7"], "E_SAMPLE_TRUNCATION", "preset stylegan"],
  ])("%j ends with 2 and %s, and leaves no file", async (argv, code, hint) => {
    const before = listAll(folder);
    const result = await runCli(["sample", model, "-o", output, ...argv]);
    expect(result).toMatchObject({ code: 2, stderr: expect.stringContaining(`error ${code}`) });
    expect(result.stderr).toContain(hint);
    expect(listAll(folder)).toEqual(before);
  });
});

describe("synth impute", () => {
  it("fills missing cells, says how many, and keeps the rest to the letter", async () => {
    const filled = join(folder, "filled.csv");
    const result = await runCli(["impute", model, table, "-o", filled, "--threads", "1"]);
    expect(result).toMatchObject({ code: 0, stderr: expect.stringContaining("16 cells filled (size 16)") });
    const [before, after] = [table, filled].map((path) => readFileSync(path, "utf8").split("\n"));
    expect(after!.filter((line) => line.startsWith(","))).toEqual([]);
    expect(after!.map((line, row) => (before![row]!.startsWith(",") ? before![row] : line))).toEqual(before);
    expect(after!.map((line) => line.replace(/^\d+/, "")).filter((line, row) => !before![row]!.endsWith(line))).toEqual(
      [],
    );
  });
});
