import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readTable } from "../../src/io/read-table.js";
import { TABLE_FORMATS } from "../../src/io/table-format.js";
import { writeTable } from "../../src/io/write-table.js";
import { makeTable } from "../../src/table/table.js";

const folder = mkdtempSync(join(tmpdir(), "synth-source-"));

const table = makeTable([
  { kind: "number", name: "n", missingText: "", values: Float64Array.of(1, 2.5, Number.NaN), format: { decimals: 1 } },
  { kind: "text", name: "t", missingText: "", codes: Int32Array.of(0, -1, 1), dictionary: ["x", "é,y"] },
  { kind: "date", name: "d", missingText: "", values: Float64Array.of(0, 86_400_000, 0), format: "YYYY-MM-DD" },
]);

describe("readTable from a stream", () => {
  it("gives the same table for every format that is asked for", async () => {
    for (const format of TABLE_FORMATS) {
      const path = join(folder, `table.${format}`);
      await writeTable(table, path);
      const bytes = readFileSync(path);
      const input = Readable.from([bytes.subarray(0, 7), bytes.subarray(7)]);
      expect(await readTable("-", { input, format }), format).toEqual(await readTable(path));
    }
  });

  it("is CSV unless said otherwise, and needs a stream", async () => {
    expect((await readTable("-", { input: Readable.from(["a,b\n1", ",x\n"]) })).columns).toHaveLength(2);
    await expect(readTable("-")).rejects.toMatchObject({ code: "E_USAGE_STREAM" });
    await expect(readTable("-", { format: "xml" })).rejects.toMatchObject({ code: "E_USAGE_FORMAT" });
  });

  it("reads a file by the format that is asked for, whatever its name", async () => {
    writeFileSync(join(folder, "table.dat"), "a,b\n1,x\n");
    expect((await readTable(join(folder, "table.dat"), { format: "csv" })).rowCount).toBe(1);
  });
});

describe("readTable on gzip", () => {
  it("reads compressed text of several members", async () => {
    const path = join(folder, "table.csv.gz");
    writeFileSync(path, Buffer.concat([gzipSync("a,b\n1,x\n"), gzipSync("2,y\n")]));
    expect((await readTable(path)).rowCount).toBe(2);
    writeFileSync(join(folder, "t.jsonl.gz"), gzipSync('{"a":1}\n'));
    expect((await readTable(join(folder, "t.jsonl.gz"))).rowCount).toBe(1);
  });

  it("refuses a damaged, cut or foreign file by name", async () => {
    const whole = gzipSync(`a,b\n${"1,x\n".repeat(1000)}`);
    const damaged = Buffer.from(whole);
    damaged[damaged.length - 6]! ^= 1;
    for (const bytes of [damaged, whole.subarray(0, whole.length - 9), Buffer.from("a,b\n1,2\n")]) {
      const path = join(folder, "bad.csv.gz");
      writeFileSync(path, bytes);
      await expect(readTable(path)).rejects.toMatchObject({ kind: "file", code: "E_FILE_GZIP", where: path });
    }
  });
});
