import { describe, expect, it } from "vitest";
import { scoreAccuracy } from "../../../src/evaluate/fidelity/accuracy.js";
import type { Table } from "../../../src/table/table.js";
import { numbers, people, scored, stream, texts, withAllShuffled } from "../planted.js";

const train = people(2000, "train");

function accuracy(real: Table, sample: Table) {
  const tables = scored(real, sample);
  const side = { table: tables.synthetic, reference: tables.train, groups: undefined };
  const [score] = scoreAccuracy(tables.train, [side], stream("accuracy"));
  return {
    univariate: score!.univariate.value,
    bivariate: score!.bivariate.value,
    trivariate: score!.trivariate.value,
  };
}

describe("scoreAccuracy", () => {
  it("is 1 for identical tables", () => {
    expect(accuracy(train, train)).toEqual({ univariate: 1, bivariate: 1, trivariate: 1 });
  });

  it("is 0 for disjoint categories", () => {
    const real = { rowCount: 4, columns: [texts("a", ["x", "y", "x", "y"]), texts("b", ["x", "y", "x", "y"])] };
    const other = { rowCount: 4, columns: [texts("a", ["p", "q", "p", "q"]), texts("b", ["p", "q", "p", "q"])] };
    expect(accuracy(real, other)).toMatchObject({ univariate: 0, bivariate: 0 });
  });

  it("keeps single columns and loses pairs and triples when columns are shuffled", () => {
    const shuffled = accuracy(train, withAllShuffled(train));
    expect(shuffled.univariate).toBe(1);
    expect(shuffled.bivariate).toBeLessThan(0.9);
    expect(shuffled.trivariate).toBeLessThan(shuffled.bivariate - 0.05);
  });

  it("cuts numbers at the real deciles (by hand: the lower half moved into the top decile)", () => {
    const values = Array.from({ length: 100 }, (_, row) => row + 0.5);
    const real = { rowCount: 100, columns: [numbers("n", values, 1)] };
    const sample = {
      rowCount: 100,
      columns: [
        numbers(
          "n",
          values.map((value) => (value < 50 ? 99.5 : value)),
          1,
        ),
      ],
    };
    expect(accuracy(real, sample).univariate).toBeCloseTo(0.5, 12);
  });

  it("takes categories beyond the ten most frequent as one", () => {
    const names = Array.from({ length: 240 }, (_, row) => `v${row % 12}`);
    const swapped = names.map((name) => (name === "v10" ? "v11" : name === "v11" ? "v10" : name));
    const lost = names.map((name) => (name === "v3" ? "v4" : name));
    const real = { rowCount: 240, columns: [texts("a", names), texts("b", names)] };
    expect(accuracy(real, { ...real, columns: [texts("a", swapped), texts("b", names)] }).univariate).toBe(1);
    expect(accuracy(real, { ...real, columns: [texts("a", lost), texts("b", names)] }).univariate).toBeCloseTo(
      1 - 1 / 24,
      12,
    );
  });

  it("is not a number for pairs of one column", () => {
    const one = { rowCount: 3, columns: [numbers("n", [1, 2, 3])] };
    expect(accuracy(one, one)).toEqual({ univariate: 1, bivariate: Number.NaN, trivariate: Number.NaN });
  });

  it("looks at 1,000 triples of many columns, the same ones each time", () => {
    const columns = Array.from({ length: 25 }, (_, at) => numbers(`n${at}`, [at, 1, 2, 3, 1, 2]));
    const wide = { rowCount: 6, columns };
    expect(accuracy(wide, wide).trivariate).toBe(1);
  });
});
