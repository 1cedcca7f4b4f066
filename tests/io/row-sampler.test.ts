import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import { readTable } from "../../src/io/read-table.js";
import { makeRowSampler } from "../../src/io/row-sampler.js";
import { makeTextColumnBuilder } from "../../src/io/text-column-builder.js";

const folder = mkdtempSync(join(tmpdir(), "synth-sampler-"));

describe("makeRowSampler", () => {
  it("keeps every row in its place where there are no more than the limit", () => {
    const sampler = makeRowSampler(5, makeRandom(1));
    expect(Array.from({ length: 5 }, () => sampler.next())).toEqual([0, 1, 2, 3, 4]);
    expect([sampler.order(), sampler.slotCount(), sampler.rowCount()]).toEqual([undefined, 5, 5]);
  });

  it("keeps each row equally often: 4,000 draws of 10 of 40 rows, chi-square of 39 degrees below its 99.9 % quantile", () => {
    const counts = new Float64Array(40);
    for (let seed = 0; seed < 4000; seed++) for (const row of drawRows(10, 40, seed)) counts[row]! += 1;
    const expected = 1000;
    const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(chiSquare).toBeLessThan(72.05);
  });

  it("gives the slots in the order of the file, and depends on nothing but the seed", () => {
    const rows = drawRows(100, 10_000, 7);
    expect(rows).toEqual([...new Set(rows)].sort((a, b) => a - b));
    expect(rows).toHaveLength(100);
    expect(drawRows(100, 10_000, 7)).toEqual(rows);
    expect(drawRows(100, 10_000, 8)).not.toEqual(rows);
  });
});

describe("makeTextColumnBuilder", () => {
  it("forgets values that no slot holds any more: half a million distinct ones in ten slots", () => {
    const builder = makeTextColumnBuilder("a");
    let most = 0;
    for (let value = 0; value < 500_000; value++) {
      builder.set(value % 10, `value ${value}`, value + 1);
      most = Math.max(most, builder.distinctCount());
    }
    expect(most).toBeLessThanOrEqual(65_537);
    const order = Uint32Array.of(9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    const { codes, dictionary } = builder.finish(order);
    expect([...codes]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(dictionary[0]).toBe("value 499999");
  });
});

describe("readTable with maxRows", () => {
  it("draws the same rows from CSV, JSON lines and Arrow, in the file's order, and says how many", async () => {
    const rows = Array.from({ length: 3000 }, (_, row) => row);
    const csv = join(folder, "t.csv");
    writeFileSync(csv, `n,t\n${rows.map((row) => `${row},text ${row}`).join("\n")}\n`);
    writeFileSync(join(folder, "t.jsonl"), rows.map((row) => JSON.stringify({ n: row, t: `text ${row}` })).join("\n"));
    const { writeTable } = await import("../../src/io/write-table.js");
    await writeTable(await readTable(csv), join(folder, "t.arrow"));
    const notices: string[] = [];
    const options = { maxRows: 200, seed: 5 };
    const drawn = await readTable(csv, {
      ...options,
      onProgress: (event) => void (event.kind === "notice" && notices.push(`${event.code} ${event.message}`)),
    });
    expect(notices).toEqual(["N_ROWS_SAMPLED 200 of 3,000 rows drawn, seed 5"]);
    expect(await readTable(join(folder, "t.jsonl"), options)).toEqual(drawn);
    const [number, text] = drawn.columns;
    const values = number?.kind === "number" ? [...number.values] : [];
    expect(values).toEqual([...values].sort((a, b) => a - b));
    expect(text).toMatchObject({ dictionary: values.map((value) => `text ${value}`) });
    const arrow = (await readTable(join(folder, "t.arrow"), options)).columns[0];
    expect(arrow).toMatchObject({ values: Float64Array.from(values) });
    await expect(readTable(csv, { maxRows: 0 })).rejects.toMatchObject({ code: "E_USAGE_MAX_ROWS" });
  });
});

function drawRows(limit: number, rowCount: number, seed: number): number[] {
  const sampler = makeRowSampler(limit, makeRandom(seed));
  const rows: number[] = [];
  for (let row = 0; row < rowCount; row++) {
    const slot = sampler.next();
    if (slot >= 0) rows[slot] = row;
  }
  return Array.from(sampler.order() ?? [], (slot) => rows[slot]!);
}
