import { describe, expect, it } from "vitest";
import {
  type CrossValidation,
  c2stRows,
  classifierTest,
  crossValidate,
} from "../../../../src/evaluate/fidelity/detection/classifier-test.js";
import { makeTwoSample } from "../../../../src/evaluate/fidelity/detection/two-sample.js";
import type { ScoredValues } from "../../../../src/evaluate/scored-table.js";
import { aucVariance } from "../../../../src/stats/auc-variance.js";
import { type Table, takeRows } from "../../../../src/table/table.js";
import { people, scored, stream, withAllShuffled, withColumn } from "../../planted.js";

const train = people(700, "train");
const fresh = people(700, "fresh");

function detect(real: Table, sample: Table, label = "c2st", signal?: AbortSignal) {
  const tables = scored(real, sample);
  return classifierTest(tables.train, tables.synthetic, { random: stream(label), signal });
}

function numbersOf(column: ScoredValues): Float64Array {
  return column.kind === "number" ? column.values : Float64Array.from(column.codes);
}

describe("c2stRows", () => {
  it("is 20,000 up to 100 columns and falls as they rise, to 4,000", () => {
    expect([2, 100, 200, 500, 5000].map(c2stRows)).toEqual([20_000, 20_000, 10_000, 4000, 4000]);
  });
});

describe("classifierTest", () => {
  it("cannot tell two samples of one source apart: its interval holds .5", async () => {
    const figure = await detect(train, fresh);
    expect(figure.low).toBeLessThan(0.5);
    expect(figure.high).toBeGreaterThan(0.5);
    expect(figure.n).toBe(1400);
  });

  // Folds taken as independent missed .5 in 5 of 30 simulated samples of one source, with the correction in 2 of 80.
  it("has an error 1.5 times that of five independent folds (Nadeau and Bengio 2003)", async () => {
    const tables = scored(train, fresh);
    const sample = makeTwoSample(tables.train, tables.synthetic, 700, stream("folds"));
    const variances: number[] = [];
    const fit = () => ({ splits: [], predict: ([age]: readonly ScoredValues[]) => numbersOf(age!) });
    const onFold: CrossValidation["onFold"] = (fitted, { features, labels }) =>
      variances.push(aucVariance(fitted.predict(features), labels));
    const { error } = await crossValidate(sample, sample.features, fit, { onFold });
    const independent = Math.sqrt(variances.reduce((sum, variance) => sum + variance, 0)) / 5;
    expect(error).toBeCloseTo(1.5 * independent, 12);
  });

  it("tells disjoint tables apart wholly", async () => {
    const moved = withColumn(fresh, "age", (column) =>
      column.kind === "number" ? { ...column, values: column.values.map((value) => value + 100) } : column,
    );
    expect((await detect(train, moved)).value).toBe(1);
  });

  it("sees broken relations, though every column is right", async () => {
    const figure = await detect(train, withAllShuffled(fresh));
    expect(figure.low).toBeGreaterThan(0.75);
  });

  it("sees rounding that no other score sees", async () => {
    const rounded = withColumn(fresh, "income", (column) =>
      column.kind === "number" ? { ...column, values: column.values.map((value) => Math.round(value)) } : column,
    );
    const figure = await detect(train, rounded);
    expect(figure.value).toBeGreaterThan((await detect(train, fresh)).value!);
  });

  it("falls below .5 for a copy, and says why", async () => {
    const copy = takeRows(train, stream("copy").permutation(train.rowCount));
    const figure = await detect(train, copy);
    expect(figure.high).toBeLessThan(0.45);
    expect(figure.reason).toMatch(/copies/);
  });

  it("takes equally many rows of each side, at most the cap", async () => {
    const few = takeRows(fresh, [...Array(300).keys()]);
    expect((await detect(train, few)).n).toBe(600);
    const tables = scored(train, fresh);
    const capped = await classifierTest(tables.train, tables.synthetic, { random: stream("cap"), maxRows: 200 });
    expect(capped.n).toBe(400);
  });

  it("gives the same figure for the same stream, another for another", async () => {
    expect(await detect(train, fresh, "a")).toEqual(await detect(train, fresh, "a"));
    expect(await detect(train, fresh, "a")).not.toEqual(await detect(train, fresh, "b"));
  });

  it("is unavailable with fewer than 50 rows a side", async () => {
    const figure = await detect(train, takeRows(fresh, [...Array(49).keys()]));
    expect(figure).toEqual({ status: "unavailable", reason: expect.stringContaining("50 rows") });
  });

  it("stops when it is aborted", async () => {
    const controller = new AbortController();
    const running = detect(train, fresh, "abort", controller.signal);
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: "E_INTERRUPTED" });
  });
});
