import { describe, expect, it } from "vitest";
import { compareWithRelease } from "../../src/privacy/compare-with-release.js";
import type { PrivateRelease } from "../../src/privacy/private-request.js";

const [a, b] = [
  { field: 0, groups: 2 },
  { field: 1, groups: 2, groupOf: Uint16Array.of(0, 1, 1) },
];

/** 100 rows were counted: 60 and 40 in the first column, 50 and 50 in the second, and both together. */
const release = {
  schema: { version: 1, rowCount: 100, columns: [] },
  measurements: [
    { of: [a], counts: Float64Array.of(60, 40), sigma: 5 },
    { of: [b], counts: Float64Array.of(50, 50), sigma: 5 },
    { of: [a, b], counts: Float64Array.of(30, 30, 20, 20), sigma: 10 },
  ],
} as unknown as PrivateRelease;

/** So many rows of each pair of levels: (0, 0), (0, 1), (1, 0), (1, 2). */
function rowsOf(counts: readonly [number, number, number, number]) {
  const pairs = [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 2],
  ] as const;
  const rows = counts.flatMap((count, at) => new Array<readonly [number, number]>(count).fill(pairs[at]!));
  return {
    rowCount: rows.length,
    fields: [Uint8Array.from(rows, ([first]) => first), Uint8Array.from(rows, ([, second]) => second)],
  };
}

describe("compareWithRelease", () => {
  it("finds no distance where shares are those that were released, however many rows there are", () => {
    const { single, joint } = compareWithRelease(release, rowsOf([15, 15, 10, 10]));
    expect(single).toMatchObject({ tables: 2, distance: 0, chiSquare: 0 });
    expect(joint).toMatchObject({ tables: 1, distance: 0, chiSquare: 0 });
  });

  it("measures total variation and chi^2 a cell by hand", () => {
    // 50 rows, each counts twice: 40, 20, 20, 20; the first column 60, 40, the second 60, 40.
    const { single, joint } = compareWithRelease(release, rowsOf([20, 10, 10, 10]));
    // Distances 0 and (10 + 10) / 200; chi^2 0 and (10 / 5)^2.
    expect(single.distance).toBeCloseTo(0.05, 12);
    expect(single.chiSquare).toBeCloseTo(2, 12);
    expect(joint!.distance).toBeCloseTo(0.1, 12);
    expect(joint!.chiSquare).toBeCloseTo(0.5, 12);
  });

  it("knows what noise alone makes: cells sigma sqrt(2 / pi) / 2 n", () => {
    const { single, joint } = compareWithRelease(release, rowsOf([15, 15, 10, 10]));
    expect(single.noise).toBeCloseTo((2 * 5 * 0.7978845608) / 200, 9);
    expect(joint!.noise).toBeCloseTo((4 * 10 * 0.7978845608) / 200, 9);
  });
});
