import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { beforeAll, describe, expect, it } from "vitest";
import type { SynthError } from "../../src/core/errors.js";
import { readTable } from "../../src/io/read-table.js";
import { writeTable } from "../../src/io/write-table.js";
import { makeCellFormatter } from "../../src/table/format-cell.js";
import { makeTable, type Table } from "../../src/table/table.js";

const folder = mkdtempSync(join(tmpdir(), "synth-database-"));
const database = join(folder, "it's.db");

beforeAll(async () => {
  const instance = await DuckDBInstance.create(database);
  const connection = await instance.connect();
  await connection.run(
    "create table \"odd name\" as select i, i || ' é' t, date '1950-01-01' + i::int d from range(5) r(i)",
  );
  await connection.run("create schema s; create table s.t as select 'secret' x");
  connection.closeSync();
  instance.closeSync();
});

describe("readTable on DuckDB", () => {
  it("reads a table by its name and a query, and leaves no temporary file", async () => {
    const before = temporaryFolders();
    expect(spell(await readTable(`duckdb:${database}?table=odd name`))).toEqual([
      "0,0 é,1950-01-01",
      "1,1 é,1950-01-02",
      "2,2 é,1950-01-03",
      "3,3 é,1950-01-04",
      "4,4 é,1950-01-05",
    ]);
    expect(
      spell(await readTable(`duckdb:${database}?query=select i + 1 as "a&b" from "odd name" where i > 3;`)),
    ).toEqual(["5"]);
    expect(spell(await readTable(`duckdb:${database}?table=s.t`))).toEqual(["secret"]);
    expect(spell(await readTable("duckdb:?query=select 1 x union all select 2"))).toEqual(["1", "2"]);
    expect(temporaryFolders()).toEqual(before);
  });

  it("refuses what is not there and other paths, never quoting a cell", async () => {
    const codeOf = (path: string) => readTable(path).catch((error: SynthError) => `${error.code} ${error.message}`);
    expect(await codeOf(`duckdb:${database}?table=none`)).toMatch(
      /^E_FILE_DUCKDB .*Table with name none does not exist/,
    );
    const cast = await codeOf(`duckdb:${database}?query=select x::int from s.t`);
    expect(cast).toMatch(/^E_FILE_DUCKDB .*Conversion Error$/);
    expect(await codeOf(`duckdb:${join(folder, "none.db")}?table=t`)).toMatch(/^E_FILE_NOT_FOUND/);
    expect(await codeOf(`duckdb:${database}`)).toMatch(/^E_USAGE_DUCKDB/);
    expect(await codeOf(`duckdb:${database}?query=drop table s.t`)).toMatch(/^E_FILE_DUCKDB/);
  });
});

describe("readTable on Parquet parts", () => {
  it("reads a folder or a pattern as one table, in the order of the names", async () => {
    const parts = join(folder, "parts");
    mkdirSync(parts);
    await writeTable(numbers(3, 4), join(parts, "part-2.parquet"));
    await writeTable(numbers(1, 2), join(parts, "part-1.parquet"));
    writeFileSync(join(parts, "_SUCCESS"), "");
    expect(spell(await readTable(parts))).toEqual(["1", "2", "3", "4"]);
    expect(spell(await readTable(join(parts, "part-*.parquet")))).toEqual(["1", "2", "3", "4"]);
    await expect(readTable(join(parts, "none-*.parquet"))).rejects.toMatchObject({ code: "E_FILE_NOT_FOUND" });
    await expect(readTable(join(parts, "*S"))).rejects.toMatchObject({ code: "E_FILE_FORMAT" });
    const text = makeTable([{ kind: "text", name: "n", missingText: "", codes: Int32Array.of(0), dictionary: ["x"] }]);
    await writeTable(text, join(parts, "part-3.parquet"));
    await expect(readTable(parts)).rejects.toMatchObject({ code: "E_DATA_PARTS_DIFFER", where: 'column "n"' });
  });
});

function temporaryFolders(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith("synth-duckdb-"));
}

function numbers(...values: number[]): Table {
  return makeTable([
    { kind: "number", name: "n", missingText: "", values: Float64Array.from(values), format: { decimals: 0 } },
  ]);
}

function spell(table: Table): string[] {
  const formatters = table.columns.map(makeCellFormatter);
  return Array.from({ length: table.rowCount }, (_, row) => formatters.map((format) => format(row)).join(","));
}
