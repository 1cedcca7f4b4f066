import { describe, expect, it } from "vitest";
import { makeTask } from "../../../src/evaluate/utility/prediction-task.js";
import { testPredictions } from "../../../src/evaluate/utility/test-predictions.js";
import { makeTable, type Table } from "../../../src/table/table.js";
import { numbers, scored, texts } from "../planted.js";

/** 60 training rows, 20 a class, and test rows of the given targets. */
function classes(test: readonly string[], fitting: readonly string[]) {
  const table = (target: readonly string[]): Table =>
    makeTable([
      numbers(
        "x",
        target.map((_, row) => row % 7),
      ),
      texts("y", target),
    ]);
  const train = ["a", "b", "c"].flatMap((name) => new Array<string>(20).fill(name));
  const tables = scored(table(train), table(fitting), table(test));
  return { task: makeTask(tables, 1), fitting: tables.synthetic, test: tables.holdout! };
}

describe("testPredictions", () => {
  const truth = ["a", "b", "c", "a", "b", "c"];
  // Scores of classes a, b, c by row: a and c are found, b is found in one row of two.
  const scores = Float64Array.of(0.9, 0, 0.1, 0.1, 0.8, 0.1, 0, 0, 1, 0.8, 0.1, 0.1, 0.4, 0.05, 0.3, 0.1, 0.1, 0.8);

  it("is the mean of each class against the rest (by hand: a 1, b 6 of 8 pairs, c 1)", () => {
    const { task, fitting, test } = classes(truth, truth);
    // b: .8 is above all of 0, 0, .1, .1; .05 above 0, 0 only: 6 of 8.
    const figure = testPredictions(task, scores, fitting, test);
    expect(figure.value).toBeCloseTo((1 + 6 / 8 + 1) / 3, 12);
    expect(figure.reason).toBeUndefined();
  });

  it("counts .5 for a class that was not learned (by hand)", () => {
    const { task, fitting, test } = classes(truth, ["a", "b", "a", "b"]);
    const figure = testPredictions(task, scores, fitting, test);
    expect(figure.value).toBeCloseTo((1 + 6 / 8 + 0.5) / 3, 12);
    expect(figure.reason).toBe("1 of 3 classes do not occur in the rows learned from");
  });

  it("leaves out a class that is not tested", () => {
    const { task, fitting, test } = classes(["a", "b", "a", "b"], truth);
    const two = Float64Array.of(1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0);
    expect(testPredictions(task, two, fitting, test).value).toBe(1);
  });

  it("is R2 of a number (by hand: residual 2 of total 8)", () => {
    const table = makeTable([texts("x", ["p", "q", "p", "q"]), numbers("y", [1, 1, 5, 5], 1)]);
    const tables = scored(table, table, makeTable([texts("x", ["p", "q"]), numbers("y", [1, 5])]));
    const figure = testPredictions(makeTask(tables, 1), Float64Array.of(2, 4), tables.synthetic, tables.holdout!);
    expect(figure.value).toBeCloseTo(1 - 2 / 8, 12);
    expect(figure.n).toBe(2);
  });

  it("knows R2 below 0, and 1 for perfect predictions", () => {
    const table = makeTable([texts("x", ["p", "q", "p", "q"]), numbers("y", [1, 1, 5, 5], 1)]);
    const tables = scored(table, table, table);
    const task = makeTask(tables, 1);
    const test = (...predictions: number[]) =>
      testPredictions(task, Float64Array.from(predictions), tables.synthetic, tables.holdout!);
    expect(test(1, 1, 5, 5)).toMatchObject({ value: 1, high: 1 });
    expect(test(5, 5, 1, 1).value).toBe(-3);
    expect(test(5, 5, 1, 1).low).toBeLessThanOrEqual(-3);
  });
});
