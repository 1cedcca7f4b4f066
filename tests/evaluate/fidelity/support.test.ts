import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeRandom } from "../../../src/core/random.js";
import { makeSamples } from "../../../src/evaluate/fidelity/samples.js";
import { scoreSupport } from "../../../src/evaluate/fidelity/support.js";
import { centerDistances, nearestRows, neighborRadii } from "../../../src/evaluate/fidelity/support-distances.js";
import { fitSupportSpace } from "../../../src/evaluate/fidelity/support-space.js";
import type { ScoredTable, ScoredTables } from "../../../src/evaluate/scored-table.js";
import { stream } from "../planted.js";

const ROWS = 1000;

/** Rows of two clouds at 0 and `apart`, in two numbers and a category that names the cloud; `share` of them in the first. */
function clouds(label: string, share = 0.5, apart = 8, rows = ROWS): ScoredTable {
  const random = makeRandom(5).fork(label);
  const inFirst = Int32Array.from({ length: rows }, () => (random.uniform() < share ? 0 : 1));
  const cloud = () => Float64Array.from(inFirst, (code) => code * apart + random.normal());
  return {
    rowCount: rows,
    columns: [
      { kind: "number", values: cloud() },
      { kind: "number", values: cloud() },
      { kind: "category", codes: inFirst, levels: 2 },
    ],
  };
}

function tablesOf(train: ScoredTable, synthetic: ScoredTable, holdout?: ScoredTable): ScoredTables {
  const columns = train.columns.map((column, at) => ({
    name: `c${at}`,
    type: column.kind === "number" ? ("decimal" as const) : ("category" as const),
    dictionary: [],
    unit: 1,
    write: String,
  }));
  return { columns, train, synthetic, ...(holdout === undefined ? {} : { holdout }) };
}

function supportOf(train: ScoredTable, synthetic: ScoredTable, holdout?: ScoredTable) {
  const samples = makeSamples(tablesOf(train, synthetic, holdout), stream("samples"));
  return scoreSupport(train, samples, { random: stream("support") });
}

const train = clouds("train");

describe("scoreSupport", () => {
  it("is near 1, and near its ceiling, for another sample of the same source", async () => {
    const { alphaPrecision, betaRecall } = await supportOf(train, clouds("fresh"), clouds("holdout"));
    expect(alphaPrecision.value).toBeGreaterThan(0.94);
    // Five neighbours: chance covers 1 - 2^-5 = .969 of the real rows.
    expect(betaRecall.value).toBeGreaterThan(0.93);
    expect(betaRecall.value).toBeLessThan(0.99);
    for (const figure of [alphaPrecision, betaRecall]) {
      expect(Math.abs(figure.ceiling! - figure.value!)).toBeLessThan(0.04);
      expect(figure.aboveCeiling).not.toBe("beyond noise");
      expect(figure.low).toBeLessThan(figure.value!);
      expect(figure.high).toBeGreaterThan(figure.value!);
    }
  });

  it("loses recall and keeps precision where half of the real rows have no like (a dropped mode)", async () => {
    const { alphaPrecision, betaRecall } = await supportOf(train, clouds("one", 1));
    expect(alphaPrecision.value).toBeGreaterThan(0.85);
    // Half of the real rows are covered; the others' nearest lie at the rim, so that P_beta = min(beta, .5): 1 - 2 * .125.
    expect(betaRecall.value).toBeCloseTo(0.75, 1);
  });

  it("loses precision and keeps recall where a third of the rows lies far away", async () => {
    const fresh = clouds("fresh", 0.5, 8, 1500);
    const noisy: ScoredTable = {
      rowCount: 1500,
      columns: fresh.columns.map((column) =>
        column.kind === "number"
          ? { ...column, values: column.values.map((value, row) => (row % 3 === 0 ? 1e6 + value : value)) }
          : column,
      ),
    };
    const { alphaPrecision, betaRecall } = await supportOf(clouds("train", 0.5, 8, 1500), noisy);
    // P_alpha = 2 alpha / 3, so that 1 - 2 * integral of alpha / 3 = 2 / 3.
    expect(alphaPrecision.value).toBeCloseTo(2 / 3, 1);
    expect(betaRecall.value).toBeGreaterThan(0.8);
  });

  it("is near 0 in recall, at most a half in precision for one row copied again and again", async () => {
    const one: ScoredTable = {
      rowCount: ROWS,
      columns: train.columns.map((column) =>
        column.kind === "number"
          ? { ...column, values: column.values.map(() => column.values[7]!) }
          : { ...column, codes: column.codes.map(() => column.codes[7]!) },
      ),
    };
    const { alphaPrecision, betaRecall } = await supportOf(train, one);
    expect(betaRecall.value).toBeLessThan(0.03);
    expect(alphaPrecision.value).toBeLessThanOrEqual(0.51);
  });

  it("flags a copied table as above its ceiling", async () => {
    const { betaRecall } = await supportOf(train, train, clouds("holdout"));
    expect(betaRecall.value).toBeGreaterThan(0.99);
    expect(betaRecall.aboveCeiling).toBe("beyond noise");
  });

  it("is 1 for a copied table of one category, whose rows share their distances", async () => {
    const coin: ScoredTable = {
      rowCount: 100,
      columns: [
        { kind: "category", codes: Int32Array.from({ length: 100 }, (_, row) => (row < 70 ? 0 : 1)), levels: 2 },
      ],
    };
    const { alphaPrecision, betaRecall } = await supportOf(coin, coin);
    expect(alphaPrecision.value).toBeCloseTo(1, 9);
    expect(betaRecall.value).toBeCloseTo(1, 9);
  });

  it("is unavailable, with the reason, for fewer than 50 rows", async () => {
    const { alphaPrecision, betaRecall } = await supportOf(train, clouds("few", 0.5, 8, 49));
    for (const figure of [alphaPrecision, betaRecall]) {
      expect(figure).toEqual({ status: "unavailable", reason: "it needs 50 rows a side; there are 49" });
    }
  });

  it("stays a number where a column is all missing or constant on a side", async () => {
    const missing = Float64Array.from({ length: ROWS }, () => Number.NaN);
    const alter = (side: ScoredTable, values: Float64Array): ScoredTable => ({
      ...side,
      columns: [{ kind: "number", values }, ...side.columns.slice(1)],
    });
    const constant = missing.map(() => 3);
    for (const [a, b] of [
      [train, alter(train, missing)],
      [alter(train, missing), train],
      [alter(train, constant), train],
    ] as const) {
      const { alphaPrecision, betaRecall } = await supportOf(a, b);
      for (const figure of [alphaPrecision, betaRecall]) {
        expect(figure.value).toBeGreaterThanOrEqual(0);
        expect(figure.value).toBeLessThanOrEqual(1);
      }
    }
  });

  it("gives the same figures for the same stream", async () => {
    const fresh = clouds("fresh", 0.3, 2, 300);
    expect(await supportOf(train, fresh)).toEqual(await supportOf(train, fresh));
  });
});

describe("fitSupportSpace", () => {
  const number = (...values: number[]): ScoredTable => ({
    rowCount: values.length,
    columns: [{ kind: "number", values: Float64Array.from(values) }],
  });

  it("places numbers by their ranks, missing ones in the middle with a coordinate of their own (by hand)", () => {
    const table = fitSupportSpace(number(10, 20, 20, 90)).embed(number(10, 20, Number.NaN));
    // Mid-ranks 1/8, 4/8: sqrt(12) times -.375 and 0.
    const [first, second, third] = [0, 2, 4].map((at) => [...table.values.subarray(at, at + 2)]);
    expect(first![0]).toBeCloseTo(-0.375 * Math.sqrt(12), 12);
    expect([first![1], second, third]).toEqual([0, [0, 0], [0, 1]]);
  });

  it("goes on in standard deviations beyond the training range, ten at most", () => {
    const table = fitSupportSpace(number(-1, 1, -1, 1)).embed(number(1.5, 3, -9, 1e9, Number.POSITIVE_INFINITY));
    const places = Array.from({ length: 5 }, (_, row) => table.values[2 * row]! / Math.sqrt(3));
    const beyond = [0.5, 2, -8, 10, 10].map((by) => Math.sign(by) + by / Math.sqrt(3));
    places.forEach((place, at) => {
      expect(place).toBeCloseTo(beyond[at]!, 9);
    });
  });

  it("puts unlike categories 2 apart, squared, and the centre among them (by hand)", () => {
    const category = (...codes: number[]): ScoredTable => ({
      rowCount: codes.length,
      columns: [{ kind: "category", codes: Int32Array.from(codes), levels: 2 }],
    });
    const space = fitSupportSpace(category(0, 0, 0, 1));
    const table = space.embed(category(0, 0, 0, 1));
    const { distances } = nearestRows(space.embed(category(1, -1)), space.embed(category(0)));
    expect([...distances]).toEqual([2, 2]);
    // One-hot (1, 0) and (0, 1) to (.75, .25): 2 * .25^2 and 2 * .75^2.
    const toCenter = centerDistances(table, table);
    expect(toCenter[0]).toBeCloseTo(0.125, 12);
    expect(toCenter[3]).toBeCloseTo(1.125, 12);
  });
});

describe("neighborRadii", () => {
  it("is the k-th smallest distance to another row, and nearestRows the smallest to another table's", () => {
    const values = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 4, maxLength: 20 });
    fc.assert(
      fc.property(values, values, (a, b) => {
        const embed = (list: number[]) => ({
          rowCount: list.length >> 1,
          limits: Float64Array.of(Number.POSITIVE_INFINITY, 2),
          values: Float64Array.from(list.slice(0, 2 * (list.length >> 1))),
        });
        const [left, right] = [embed(a), embed(b)];
        const squared = (x: typeof left, i: number, y: typeof left, j: number) =>
          (x.values[2 * i]! - y.values[2 * j]!) ** 2 + Math.min(2, (x.values[2 * i + 1]! - y.values[2 * j + 1]!) ** 2);
        const { distances, rows } = nearestRows(left, right);
        const radii = neighborRadii(left, 2);
        for (let i = 0; i < left.rowCount; i++) {
          const across = Array.from({ length: right.rowCount }, (_, j) => squared(left, i, right, j));
          expect(distances[i]).toBe(Math.min(...across));
          expect(rows[i]).toBe(across.indexOf(distances[i]!));
          const within = Array.from({ length: left.rowCount }, (_, j) => (i === j ? [] : [squared(left, i, left, j)]));
          expect(radii[i]).toBe(within.flat().sort((x, y) => x - y)[1] ?? Number.POSITIVE_INFINITY);
        }
      }),
    );
  });
});
