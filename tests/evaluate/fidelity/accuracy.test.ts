import { describe, expect, it } from "vitest";
import { scoreAccuracy } from "../../../src/evaluate/fidelity/accuracy.js";
import { jackknifeGroups } from "../../../src/stats/jackknife.js";
import { type Table, takeRows } from "../../../src/table/table.js";
import { numbers, people, scored, stream, texts, withAllShuffled } from "../planted.js";

const train = people(2000, "train");

async function accuracy(real: Table, sample: Table) {
  const tables = scored(real, sample);
  const side = { table: tables.synthetic, reference: tables.train, groups: undefined };
  const [score] = await scoreAccuracy(tables.train, [side], { random: stream("accuracy") });
  return {
    univariate: score!.univariate.value,
    bivariate: score!.bivariate.value,
    trivariate: score!.trivariate.value,
  };
}

describe("scoreAccuracy", () => {
  it("is 1 for identical tables", async () => {
    expect(await accuracy(train, train)).toEqual({ univariate: 1, bivariate: 1, trivariate: 1 });
  });

  it("is 0 for disjoint categories", async () => {
    const real = { rowCount: 4, columns: [texts("a", ["x", "y", "x", "y"]), texts("b", ["x", "y", "x", "y"])] };
    const other = { rowCount: 4, columns: [texts("a", ["p", "q", "p", "q"]), texts("b", ["p", "q", "p", "q"])] };
    expect(await accuracy(real, other)).toMatchObject({ univariate: 0, bivariate: 0 });
  });

  it("keeps single columns and loses pairs and triples when columns are shuffled", async () => {
    const shuffled = await accuracy(train, withAllShuffled(train));
    expect(shuffled.univariate).toBe(1);
    expect(shuffled.bivariate).toBeLessThan(0.9);
    expect(shuffled.trivariate).toBeLessThan(shuffled.bivariate - 0.05);
  });

  it("cuts numbers at the real deciles (by hand: the lower half moved into the top decile)", async () => {
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
    expect((await accuracy(real, sample)).univariate).toBeCloseTo(0.5, 12);
  });

  it("takes categories beyond the ten most frequent as one", async () => {
    const names = Array.from({ length: 240 }, (_, row) => `v${row % 12}`);
    const swapped = names.map((name) => (name === "v10" ? "v11" : name === "v11" ? "v10" : name));
    const lost = names.map((name) => (name === "v3" ? "v4" : name));
    const real = { rowCount: 240, columns: [texts("a", names), texts("b", names)] };
    expect((await accuracy(real, { ...real, columns: [texts("a", swapped), texts("b", names)] })).univariate).toBe(1);
    expect((await accuracy(real, { ...real, columns: [texts("a", lost), texts("b", names)] })).univariate).toBeCloseTo(
      1 - 1 / 24,
      12,
    );
  });

  it("is not a number for pairs of one column", async () => {
    const one = { rowCount: 3, columns: [numbers("n", [1, 2, 3])] };
    expect(await accuracy(one, one)).toEqual({ univariate: 1, bivariate: Number.NaN, trivariate: Number.NaN });
  });

  it("leaves each jackknife group out as if its rows were not there", async () => {
    const fresh = people(500, "fresh");
    const tables = scored(train, fresh);
    const groups = jackknifeGroups(fresh.rowCount, stream("groups"))!;
    const side = { table: tables.synthetic, reference: tables.train, groups };
    const [score] = await scoreAccuracy(tables.train, [side], { random: stream("accuracy") });
    const rows = [...groups.keys()].filter((row) => groups[row] !== 4);
    const kept = await accuracy(train, takeRows(fresh, rows));
    for (const kind of ["univariate", "bivariate", "trivariate"] as const) {
      expect(score![kind].leaveOut).toHaveLength(10);
      expect(score![kind].leaveOut[4]).toBeCloseTo(kept[kind], 12);
    }
  });

  it("compares each sample with its own reference, bins cut at training's deciles", async () => {
    const tables = scored(train, people(500, "fresh"), people(700, "holdout"));
    const [own, other] = await scoreAccuracy(
      tables.train,
      [
        { table: tables.synthetic, reference: tables.train, groups: undefined },
        { table: tables.holdout!, reference: tables.holdout!, groups: undefined },
      ],
      { random: stream("accuracy") },
    );
    expect(own!.trivariate.value).toBeLessThan(1);
    expect(other!.trivariate.value).toBe(1);
  });

  it("stops when it is asked to", async () => {
    const tables = scored(train, train);
    const side = { table: tables.synthetic, reference: tables.train, groups: undefined };
    const options = { random: stream("accuracy"), signal: AbortSignal.abort() };
    await expect(scoreAccuracy(tables.train, [side], options)).rejects.toMatchObject({ code: "E_INTERRUPTED" });
  });

  it("looks at 1,000 triples of many columns, the same ones each time", async () => {
    const columns = Array.from({ length: 25 }, (_, at) => numbers(`n${at}`, [at, 1, 2, 3, 1, 2]));
    const wide = { rowCount: 6, columns };
    expect((await accuracy(wide, wide)).trivariate).toBe(1);
  });
});
