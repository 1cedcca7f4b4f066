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

function mainFigure(...input: Parameters<typeof testPredictions>) {
  return testPredictions(...input)[0]!.figure;
}

function valuesOf(...input: Parameters<typeof testPredictions>) {
  return Object.fromEntries(testPredictions(...input).map(({ metric, figure }) => [metric, figure.value]));
}

describe("testPredictions", () => {
  const truth = ["a", "b", "c", "a", "b", "c"];
  // Scores of classes a, b, c by row: a and c are found, b is found in one row of two.
  const scores = Float64Array.of(0.9, 0, 0.1, 0.1, 0.8, 0.1, 0, 0, 1, 0.8, 0.1, 0.1, 0.4, 0.05, 0.3, 0.1, 0.1, 0.8);

  it("is the mean of each class against the rest (by hand: a 1, b 6 of 8 pairs, c 1)", () => {
    const { task, fitting, test } = classes(truth, truth);
    // b: .8 is above all of 0, 0, .1, .1; .05 above 0, 0 only: 6 of 8.
    const figure = mainFigure(task, scores, fitting, test);
    expect(figure.value).toBeCloseTo((1 + 6 / 8 + 1) / 3, 12);
    expect(figure.reason).toBeUndefined();
  });

  it("counts .5 for a class that was not learned (by hand)", () => {
    const { task, fitting, test } = classes(truth, ["a", "b", "a", "b"]);
    const figure = mainFigure(task, scores, fitting, test);
    expect(figure.value).toBeCloseTo((1 + 6 / 8 + 0.5) / 3, 12);
    expect(figure.reason).toBe("1 of 3 classes do not occur in the rows learned from");
  });

  it("leaves out a class that is not tested", () => {
    const { task, fitting, test } = classes(["a", "b", "a", "b"], truth);
    const two = Float64Array.of(1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0);
    expect(mainFigure(task, two, fitting, test).value).toBe(1);
  });

  it("is R2 of a number (by hand: residual 2 of total 8)", () => {
    const table = makeTable([texts("x", ["p", "q", "p", "q"]), numbers("y", [1, 1, 5, 5], 1)]);
    const tables = scored(table, table, makeTable([texts("x", ["p", "q"]), numbers("y", [1, 5])]));
    const figure = mainFigure(makeTask(tables, 1), Float64Array.of(2, 4), tables.synthetic, tables.holdout!);
    expect(figure.value).toBeCloseTo(1 - 2 / 8, 12);
    expect(figure.n).toBe(2);
  });

  it("knows R2 below 0, and 1 for perfect predictions", () => {
    const table = makeTable([texts("x", ["p", "q", "p", "q"]), numbers("y", [1, 1, 5, 5], 1)]);
    const tables = scored(table, table, table);
    const task = makeTask(tables, 1);
    const test = (...predictions: number[]) =>
      mainFigure(task, Float64Array.from(predictions), tables.synthetic, tables.holdout!);
    expect(test(1, 1, 5, 5)).toMatchObject({ value: 1, high: 1 });
    expect(test(5, 5, 1, 1).value).toBe(-3);
    expect(test(5, 5, 1, 1).low).toBeLessThanOrEqual(-3);
  });

  it("scores the likeliest class and the shares of two classes (by hand)", () => {
    const target = ["b", "a", "a", "a", "b"];
    const table = makeTable([texts("x", ["p", "q", "p", "q", "p"]), texts("y", target)]);
    const tables = scored(table, table, table);
    // Class 1 is the rarer, b. Likeliest: b, b, a, a, a; so a: TP 2, FP 1, FN 1; b: TP 1, FP 1, FN 1.
    const shares = Float64Array.of(0.9, 0.6, 0.2, 0.2, 0.1);
    const values = valuesOf(makeTask(tables, 1), shares, tables.synthetic, tables.holdout!);
    expect(values.AUC).toBeCloseTo(3 / 6, 12);
    expect(values.F1).toBeCloseTo((4 / 6 + 2 / 4) / 2, 12);
    expect(values.accuracy).toBeCloseTo(3 / 5, 12);
    expect(values.Brier).toBeCloseTo((0.01 + 0.36 + 0.04 + 0.04 + 0.81) / 5, 12);
    // Five rows are one group: mean prediction .4, share .4.
    expect(values.ECE).toBeCloseTo(0, 12);
  });

  it("scores the likeliest class and the shares of several classes (by hand)", () => {
    const { task, fitting, test } = classes(["a", "b", "c"], truth);
    const shares = Float64Array.of(0.5, 0.3, 0.2, 0.6, 0.4, 0, 0, 0, 1);
    const values = valuesOf(task, shares, fitting, test);
    // Likeliest: a, a, c; a: TP 1, FP 1: 2/3; b: 0; c: 1.
    expect(values.F1).toBeCloseTo((2 / 3 + 0 + 1) / 3, 12);
    expect(values.accuracy).toBeCloseTo(2 / 3, 12);
    expect(values.Brier).toBeCloseTo((0.25 + 0.09 + 0.04 + 0.36 + 0.36) / 2 / 3, 12);
    // Confidence .5, .6, 1 on average, two of three right.
    expect(values.ECE).toBeCloseTo(Math.abs(2.1 / 3 - 2 / 3), 12);
  });

  it("has RMSE in the target's units with the delta method's interval (by hand)", () => {
    const table = makeTable([texts("x", ["p", "q", "p", "q"]), numbers("y", [1, 1, 5, 5], 1)]);
    const tables = scored(table, table, table);
    const predictions = Float64Array.of(2, 1, 5, 2);
    const figure = testPredictions(makeTask(tables, 1), predictions, tables.synthetic, tables.holdout!)[1]!;
    // Squares 1, 0, 0, 9: mean 2.5, deviation sqrt(14.25), standard error of the mean sqrt(14.25) / 2.
    expect(figure.metric).toBe("RMSE");
    expect(figure.figure.value).toBeCloseTo(Math.sqrt(2.5), 12);
    expect(figure.figure.high).toBeCloseTo(Math.sqrt(2.5) + (1.96 * Math.sqrt(14.25)) / 2 / (2 * Math.sqrt(2.5)), 12);
  });

  it("is unavailable where the squares of numbers are no numbers", () => {
    const table = makeTable([texts("x", ["p", "q", "p", "q"]), numbers("y", [1e200, -1e200, 5, 5], 1)]);
    const tables = scored(table, table, table);
    const figures = testPredictions(makeTask(tables, 1), new Float64Array(4), tables.synthetic, tables.holdout!);
    expect(figures.map(({ figure }) => figure.status)).toEqual(["unavailable", "unavailable"]);
  });
});
