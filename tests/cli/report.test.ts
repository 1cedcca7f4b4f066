import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { comparisonSchema } from "../../src/evaluate/contract/comparison-schema.js";
import { runCli } from "./run-cli.js";
import { makeTemporaryFolder } from "./temporary-folder.js";

const folder = makeTemporaryFolder();
const rows = Array.from(
  { length: 120 },
  (_, row) => `${row % 7},${["red", "green", "blue"][row % 3]},${(row * 7) % 31}`,
);
const path = (name: string) => join(folder, name);
const tables = ["--train", path("train.csv"), "--synthetic", path("same.csv"), "--holdout", path("train.csv")];
const both = [...tables, "--synthetic", path("shifted.csv")];

beforeAll(() => {
  const write = (name: string, lines: readonly string[]) =>
    writeFileSync(path(name), `size,colour,n\n${lines.join("\n")}\n`);
  write("train.csv", rows);
  write("same.csv", rows);
  write(
    "shifted.csv",
    rows.map((row) => row.replace("green", "red").replace(/\d+$/, "30")),
  );
});

describe("synth report --format md", () => {
  it("prints Markdown alone on stdout", async () => {
    const { code, stdout } = await runCli(["report", ...tables, "--format", "md", "--quiet"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^## Audit of `same\.csv`\n\n\*\*/);
    expect(stdout).toContain("| Column shapes (100\u00A0% = as in the real table) | 100\u00A0% |");
  });
});

describe("synth report of several tables", () => {
  it("lays them side by side: a page, a file, a table on the terminal", async () => {
    const output = path("compared");
    const { code, stderr } = await runCli(["report", ...both, "-o", output, "--format", "md"]);
    expect(code).toBe(0);
    expect(readdirSync(output).sort()).toEqual(["comparison.json", "comparison.md", "index.html", "same", "shifted"]);
    const comparison = comparisonSchema.parse(JSON.parse(readFileSync(join(output, "comparison.json"), "utf8")));
    expect(comparison.tables.map(({ name, folder: own }) => [name, own])).toEqual([
      ["same", "same"],
      ["shifted", "shifted"],
    ]);
    expect(comparison.columns.find(({ name }) => name === "colour")?.nearest).toBe(0);
    expect(stderr).toMatch(/^ +same +shifted +ceiling$/m);
    expect(stderr).toContain(`open ${output}/index.html`);
    expect(readdirSync(join(output, "same")).sort()).toEqual(["report.html", "report.json", "report.md"]);
    expect(readFileSync(join(output, "comparison.md"), "utf8")).toContain("|  | `same` | `shifted` |");
    expect(readFileSync(join(output, "index.html"), "utf8")).toContain('href="./shifted/report.html"');
  });

  it("has the comparison beside the reports with --json, and numbers tables that share a name", async () => {
    const { stdout } = await runCli(["report", ...tables, "--synthetic", path("same.csv"), "--json"]);
    const { reports, comparison } = JSON.parse(stdout);
    expect(reports).toHaveLength(2);
    expect(reports[1]).toMatchObject({ synthetic: path("same.csv"), report: { version: 2 } });
    expect(comparisonSchema.parse(comparison).tables.map(({ name }) => name)).toEqual(["same-1", "same-2"]);
  });
});
