import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeRandom } from "../../../src/core/random.js";
import type { CodedTable } from "../../../src/evaluate/privacy/coded-table.js";
import {
  identicalMatchExcess,
  identicalMatchShare,
  makeRowIndex,
} from "../../../src/evaluate/privacy/identical-matches.js";
import { uniqueValueHits } from "../../../src/evaluate/privacy/unique-values.js";

function coded(rows: number[][]): CodedTable {
  return { rowCount: rows.length, width: rows[0]?.length ?? 1, values: Float64Array.from(rows.flat()) };
}

function draw(rowCount: number, levels: number, label: string): CodedTable {
  const random = makeRandom(11).fork(label);
  return coded(Array.from({ length: rowCount }, () => [random.integer(levels), random.integer(levels)]));
}

describe("identical matches", () => {
  it("are the rows of which an equal one is in the table", () => {
    const index = makeRowIndex(
      coded([
        [1, 2],
        [1, 3],
        [0.5, -1],
      ]),
    );
    const share = identicalMatchShare(
      coded([
        [1, 3],
        [2, 1],
        [0.5, -1],
        [0.5, -1.0000001],
      ]),
      index,
    );
    expect(share).toMatchObject({ value: 0.5, n: 4 });
  });

  it("are found as by comparing with every row", () => {
    const cell = fc.constantFrom(0, -0, 1, 4, -1, 0.25);
    const rows = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(rows, rows, (a, b) => {
        const index = makeRowIndex(coded(a));
        b.forEach((row, at) => {
          const expected = a.findIndex((other) => other.every((value, column) => value === row[column]));
          expect(index.find(coded(b), at)).toBe(expected);
        });
      }),
    );
  });

  it("exceed chance where 2 % of the rows are copies of different training rows", () => {
    const [train, holdout, rows] = [draw(1000, 1e6, "train"), draw(1000, 1e6, "holdout"), draw(1000, 1e6, "rows")];
    expect(identicalMatchExcess(rows, train, holdout)).toMatchObject({ value: 0, low: 0, high: 0 });
    rows.values.set(train.values.subarray(0, 20 * 2));
    const excess = identicalMatchExcess(rows, train, holdout);
    expect(excess.value).toBeCloseTo(0.02, 12);
    // 2.8 standard errors of sqrt(20) records
    expect(excess.low).toBeCloseTo(0.02 - (2.8 * Math.sqrt(20)) / 1000, 12);
  });

  it("of one record copied 50 times are one coincidence, not fifty", () => {
    const [train, holdout, rows] = [draw(1000, 1e6, "train"), draw(1000, 1e6, "holdout"), draw(1000, 1e6, "rows")];
    for (let row = 0; row < 50; row++) rows.values.set(train.values.subarray(0, 2), row * 2);
    expect(identicalMatchExcess(rows, train, holdout).low).toBeLessThan(0);
  });

  it("do not exceed chance for an independent sample of a table with few different rows", () => {
    const [train, holdout, rows] = [draw(300, 30, "train"), draw(300, 30, "holdout"), draw(3000, 30, "rows")];
    expect(identicalMatchShare(rows, makeRowIndex(train)).value).toBeGreaterThan(0.2);
    const excess = identicalMatchExcess(rows, train, holdout);
    expect(excess.low).toBeLessThan(0);
    expect(excess.high).toBeGreaterThan(0);
  });
});

describe("values unique in training", () => {
  const random = makeRandom(13);
  const column = (rowCount: number, levels: number): number[][] =>
    Array.from({ length: rowCount }, () => [random.integer(levels), random.integer(2)]);
  const [train, holdout, rows] = [column(2000, 20_000), column(2000, 20_000), column(2000, 20_000)];

  it("are hit as often as those of held-out rows by an independent sample", () => {
    const { share, excess } = uniqueValueHits(coded(rows), coded(train), coded(holdout));
    // 2,000 values of 20,000, once each with probability .9: about .09 of the cells of the one column that counts
    expect(share.value).toBeGreaterThan(0.06);
    expect(share.value).toBeLessThan(0.12);
    expect(share.ceiling).toBeGreaterThan(0.06);
    expect(share.n).toBe(2000);
    expect(excess.low).toBeLessThan(0);
    expect(excess.high).toBeGreaterThan(0);
  });

  it("are hit more often where a fifth of the cells is taken from training", () => {
    const leaking = rows.map((row, at) => (at % 5 === 0 ? [train[at]![0]!, row[1]!] : row));
    const { share, excess } = uniqueValueHits(coded(leaking), coded(train), coded(holdout));
    expect(share.low).toBeGreaterThan(share.ceiling!);
    expect(excess.low).toBeGreaterThan(0.1);
  });

  it("are unavailable where no column has them", () => {
    const few = column(100, 2);
    expect(uniqueValueHits(coded(few), coded(few), coded(few)).share.status).toBe("unavailable");
  });
});
