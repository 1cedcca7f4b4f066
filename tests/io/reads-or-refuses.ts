import { readFileSync, writeFileSync } from "node:fs";
import { extname } from "node:path";
import fc from "fast-check";
import { expect } from "vitest";
import { SynthError } from "../../src/core/errors.js";
import { readTable } from "../../src/io/read-table.js";
import { columnLength } from "../../src/table/column.js";

/** Expects of a file that it is read as a whole table, or refused with an error of ours. */
export async function readsOrRefuses(path: string): Promise<void> {
  try {
    const read = await readTable(path);
    expect(read.rowCount).toBeGreaterThan(0);
    for (const column of read.columns) {
      expect(columnLength(column)).toBe(read.rowCount);
      if (!("codes" in column)) continue;
      for (const code of column.codes) expect(code < column.dictionary.length && code >= -1).toBe(true);
    }
  } catch (cause) {
    if (!(cause instanceof SynthError)) throw cause;
    expect(["data", "file"]).toContain(cause.kind);
  }
}

/** The same of a file of which any one byte was changed. */
export async function readsOrRefusesChanged(whole: string): Promise<void> {
  const bytes = readFileSync(whole);
  const path = `${whole}.changed${extname(whole)}`;
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
      const changed = Buffer.from(bytes);
      changed[at] = changed[at]! ^ change;
      writeFileSync(path, changed);
      await readsOrRefuses(path);
    }),
    { numRuns: 300 },
  );
}
