import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import { beforeAll, describe, expect, it } from "vitest";
import { readTable } from "../../src/io/read-table.js";
import { writeTable } from "../../src/io/write-table.js";
import { runCli, TINY } from "./run-cli.js";
import { makeTemporaryFolder } from "./temporary-folder.js";

const folder = makeTemporaryFolder();
const at = (name: string): string => join(folder, name);
const model = at("table.synth");

const HEADER = "size,colour,price,start";
const ROWS = Array.from({ length: 160 }, (_, row) => {
  const price = row % 10 === 9 ? "unknown" : `$${((row * 7) % 50) + 0.5}0`;
  return `${(row * 7) % 5},${["red", "green", "blue"][row % 3]},${price},${String(8 + (row % 4)).padStart(2, "0")}:30`;
});
const CSV = `${HEADER}\n${ROWS.join("\n")}\n`;

beforeAll(async () => {
  writeFileSync(at("table.csv"), CSV);
  const fitted = await runCli(["fit", "-", "-o", model, "--missing", "unknown", ...TINY], { stdin: CSV });
  expect(fitted).toMatchObject({ code: 0, stdout: "" });
});

describe("tables from stdin", () => {
  it("are read in the format that --format names, CSV without one", async () => {
    const lines = ROWS.map((row) => JSON.stringify({ size: Number(row.split(",")[0]), colour: row.split(",")[1] }));
    const typesOf = async (argv: string[], stdin: string | Uint8Array) => {
      const { stdout } = await runCli(["schema", "-", "--json", ...argv], { stdin });
      return JSON.parse(stdout).columns.map(({ name, type }: Record<string, string>) => `${name} ${type}`);
    };
    const types = "size integer, colour category, price money, start time";
    expect((await typesOf(["--missing", "unknown"], CSV)).join(", ")).toBe(types);
    expect(await typesOf(["--format", "jsonl"], lines.join("\n"))).toEqual(["size integer", "colour category"]);
    await writeTable(await readTable(at("table.csv")), at("stdin.parquet"));
    expect(await typesOf(["--format", "parquet"], readFileSync(at("stdin.parquet")))).toHaveLength(4);
  });

  it("are refused where nothing comes", async () => {
    const { code, stderr } = await runCli(["schema", "-"]);
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/^error E_DATA_/m);
  });
});

describe("tables to stdout", () => {
  it("are in the format that --format names, and are those that a file has", async () => {
    const sample = (...argv: string[]) => runCli(["sample", model, "-n", "20", "--quiet", ...argv]);
    const { stdout, stderr, code } = await sample("-o", "-", "--format", "jsonl");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const first = JSON.parse(stdout.split("\n")[0]!);
    expect(Object.keys(first)).toEqual(HEADER.split(","));
    expect(stdout.trimEnd().split("\n")).toHaveLength(20);
    expect((await sample("-o", "-", "--format", "tsv")).stdout.split("\n")[0]).toBe(HEADER.replaceAll(",", "\t"));
  });
});

describe("sample -o rows.parquet", () => {
  it("has the rows and formats that sample -o rows.csv has", async () => {
    for (const name of ["rows.parquet", "rows.arrow", "rows.csv"]) {
      const { code } = await runCli(["sample", model, "-n", "60", "-o", at(name), "--quiet"]);
      expect(code).toBe(0);
    }
    const text = await readTable(at("rows.csv"), { missing: ["unknown"] });
    for (const name of ["rows.parquet", "rows.arrow"]) {
      const table = await readTable(at(name));
      await writeTable(table, at("again.csv"));
      expect(await readTable(at("again.csv"), { missing: ["unknown"] })).toEqual(text);
      expect(table.columns.map((column) => "format" in column && column.format)).toMatchObject([
        { decimals: 0 },
        false,
        { prefix: "$", minDecimals: 2 },
        "HH:mm",
      ]);
    }
  });
});

describe("--max-rows", () => {
  it("draws so many rows of a larger table, says so, and draws the same ones again", async () => {
    const argv = ["schema", at("table.csv"), "--max-rows", "50"];
    const { stdout, stderr } = await runCli(argv);
    expect(stderr).toMatch(/50 of 160 rows/);
    expect((await runCli(argv)).stdout).toBe(stdout);
    const { rowCount } = JSON.parse((await runCli([...argv, "--json"])).stdout);
    expect(rowCount).toBe(50);
  });
});

describe("synth report", () => {
  it("reads every format that fit reads, missing spellings and header as told", async () => {
    const table = await readTable(at("table.csv"), { missing: ["unknown"] });
    for (const name of ["a.parquet", "a.jsonl.gz"]) await writeTable(table, at(name));
    writeFileSync(at("a.csv.gz"), gzipSync(CSV));
    const connection = await (await DuckDBInstance.create(at("a.db"))).connect();
    await connection.run(`create table rows as select * from '${at("a.parquet")}'`);
    connection.closeSync();
    const synthetic = [at("a.parquet"), at("a.jsonl.gz"), at("a.csv.gz"), `duckdb:${at("a.db")}?table=rows`, "-"];
    const argv = ["report", "--train", at("table.csv"), "--missing", "unknown", "--synthetic", ...synthetic];
    const { code, stdout, stderr } = await runCli([...argv, "-o", at("audits"), "--json"], { stdin: CSV });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const shapes = JSON.parse(stdout).reports.map(
      ({ report }: { report: { fidelity: { columnShapes: { value: number } } } }) => report.fidelity.columnShapes.value,
    );
    expect(shapes).toEqual([1, 1, 1, 1, 1]);
    const written = readdirSync(at("audits")).sort();
    expect(written).toEqual(["a-1", "a-2", "a-3", "comparison.json", "index.html", "rows", "table"]);
  });

  it("names columns itself where the tables have no header", async () => {
    writeFileSync(at("bare.csv"), `${ROWS.join("\n")}\n`);
    const argv = ["report", "--train", at("bare.csv"), "--synthetic", at("bare.csv"), "--no-header", "--json"];
    const { report } = JSON.parse((await runCli(argv)).stdout);
    expect(JSON.stringify(report)).toContain("column_4");
  });

  it("takes one table only from stdin", async () => {
    const { code, stderr } = await runCli(["report", "--train", "-", "--synthetic", "-"], { stdin: CSV });
    expect({ code, error: /E_\w+/.exec(stderr)?.[0] }).toEqual({ code: 2, error: "E_USAGE_CONFLICT" });
  });
});
