import { existsSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromArrow } from "../../src/io/from-arrow.js";
import { readTable } from "../../src/io/read-table.js";
import { toArrow } from "../../src/io/to-arrow.js";
import { writeTable } from "../../src/io/write-table.js";
import { makeTable } from "../../src/table/table.js";
import { readsOrRefuses, readsOrRefusesChanged } from "./reads-or-refuses.js";

const folder = mkdtempSync(join(tmpdir(), "synth-damaged-"));

const table = makeTable([
  { kind: "number", name: "n", missingText: "", values: Float64Array.of(1, 2.5, Number.NaN), format: { decimals: 1 } },
  { kind: "text", name: "t", missingText: "", codes: Int32Array.of(0, -1, 1), dictionary: ["x", "yz"] },
  { kind: "boolean", name: "b", missingText: "", codes: Int32Array.of(0, 1, -1), dictionary: ["no", "yes"] },
  { kind: "date", name: "d", missingText: "", values: Float64Array.of(0, 86_400_000, 0), format: "YYYY-MM-DD" },
]);

describe("readTable on damaged files", () => {
  it("reads or refuses an Arrow file with any byte changed, and what it reads is a whole table", async () => {
    const whole = join(folder, "whole.arrow");
    await writeTable(table, whole);
    await readsOrRefusesChanged(whole);
  });

  it("reads or refuses any text as CSV, and what it reads is a whole table", async () => {
    const path = join(folder, "any.csv");
    const piece = fc.constantFrom(
      "a",
      "1",
      ",",
      ";",
      "\t",
      "|",
      '"',
      '""',
      "\n",
      "\r\n",
      "\r",
      " ",
      "é",
      "2020-01-02",
      "NA",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
        writeFileSync(path, pieces.join(""));
        await readsOrRefuses(path);
      }),
      { numRuns: 300 },
    );
  });

  it("names the column of an Arrow array that holds an infinite number", async () => {
    const { tableFromArrays, tableToIPC } = await import("apache-arrow");
    writeFileSync(
      join(folder, "infinite.arrow"),
      tableToIPC(tableFromArrays({ x: Float64Array.of(1, Infinity) }), "file"),
    );
    await expect(readTable(join(folder, "infinite.arrow"))).rejects.toMatchObject({
      code: "E_DATA_NOT_FINITE",
      where: 'column "x", row 2',
    });
  });

  it("refuses an index outside its dictionary, naming the column", async () => {
    const { Dictionary, Int32, makeData, Table, Utf8, Vector, vectorFromArray } = await import("apache-arrow");
    const dictionary = vectorFromArray(["x"], new Utf8());
    for (const outside of [1, -1]) {
      const type = new Dictionary(new Utf8(), new Int32(), 0);
      const data = makeData({ type, length: 2, nullCount: 0, data: Int32Array.of(0, outside), dictionary });
      expect(() => fromArrow(new Table({ c: new Vector([data]) }))).toThrow(
        expect.objectContaining({ code: "E_FILE_CORRUPT", where: 'column "c"' }),
      );
    }
  });

  it("says what an .arrow file is not when it holds delimited text", async () => {
    writeFileSync(join(folder, "text.arrow"), "a,b\n1,2\n");
    await expect(readTable(join(folder, "text.arrow"))).rejects.toMatchObject({ kind: "file", code: "E_FILE_CORRUPT" });
  });
});

describe("writeTable", () => {
  it.skipIf(!existsSync("/dev/full"))("reports a full disk (the kernel's /dev/full)", async () => {
    for (const name of ["full.csv", "full.arrow"]) {
      symlinkSync("/dev/full", join(folder, name));
      await expect(writeTable(table, join(folder, name))).rejects.toMatchObject({ code: "E_FILE_DISK_FULL" });
    }
  });

  it("refuses an unknown format before it opens anything, and leaves nothing behind when aborted", async () => {
    const own = mkdtempSync(join(folder, "own-"));
    await expect(writeTable(table, join(own, "out.xlsx"))).rejects.toMatchObject({ code: "E_FILE_FORMAT" });
    const signal = AbortSignal.abort();
    await expect(writeTable(table, join(own, "out.csv"), { signal })).rejects.toMatchObject({ code: "E_INTERRUPTED" });
    expect(readdirSync(own)).toEqual([]);
  });

  it("writes the text it is known for", async () => {
    await writeTable(table, join(folder, "out.csv"));
    expect(readFileSync(join(folder, "out.csv"), "utf8")).toBe(
      "n,t,b,d\n1,x,no,1970-01-01\n2.5,,yes,1970-01-02\n,yz,,1970-01-01\n",
    );
  });

  it("gives Arrow columns the types that other programs expect", () => {
    const types = toArrow(table).schema.fields.map((field) => String(field.type));
    expect(types).toEqual(["Float64", "Dictionary<Int32, Utf8>", "Bool", "Date32<DAY>"]);
  });
});
