import { existsSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { makeScoredTables } from "../../src/evaluate/make-scored-tables.js";
import type { ScoredTables } from "../../src/evaluate/scored-table.js";
import { readTable } from "../../src/io/read-table.js";
import { inferSchema } from "../../src/schema/infer-schema.js";
import { auc } from "../../src/stats/auc.js";
import type { BoosterFeature } from "../../src/stats/feature-bins.js";
import { fitLinearModel, type LinearOptions, predictLinearModel } from "../../src/stats/linear-model.js";
import { stream } from "../evaluate/planted.js";

function number(values: Iterable<number>): BoosterFeature {
  return { kind: "number", values: Float64Array.from(values) };
}

function fitted(features: BoosterFeature[], target: ArrayLike<number>, options: LinearOptions): Float64Array {
  return predictLinearModel(fitLinearModel(features, target, options), features);
}

/** By scikit-learn 1.9.1: tests/evaluate/known-answers/make-linear-answers.py. */
interface Answers {
  readonly x: (number | null)[];
  readonly code: number[];
  readonly two: number[];
  readonly three: number[];
  readonly number: number[];
  readonly logistic: number[];
  readonly softmax: number[];
  readonly squared: number[];
}

const KNOWN = new URL("../evaluate/known-answers/linear.json", import.meta.url);
const answers = JSON.parse(readFileSync(KNOWN, "utf8")) as Answers;
const features: BoosterFeature[] = [
  number(answers.x.map((value) => value ?? Number.NaN)),
  { kind: "category", codes: answers.code, levels: 3 },
];

function expectClose(values: Float64Array, expected: readonly number[], tolerance: number): void {
  for (const [at, value] of expected.entries()) expect(Math.abs(values[at]! - value)).toBeLessThan(tolerance);
}

describe("fitLinearModel gives scikit-learn's predictions, missing values and categories included", () => {
  it("of LogisticRegression with two classes", () => {
    expectClose(fitted(features, answers.two, { loss: "logistic" }), answers.logistic, 1e-3);
  });

  it("of LogisticRegression with three classes", () => {
    expectClose(fitted(features, answers.three, { loss: "softmax", classes: 3 }), answers.softmax, 1e-3);
  });

  it("of Ridge, to rounding", () => {
    expectClose(fitted(features, answers.number, { loss: "squared" }), answers.squared, 1e-10);
  });
});

describe("fitLinearModel", () => {
  const random = stream("linear");
  const x = Float64Array.from({ length: 400 }, () => random.normal());

  it("follows a target's unit, however large: 1e200 times the target, 1e200 times the predictions", () => {
    const small = fitted([number(x)], x, { loss: "squared" });
    const large = fitted(
      [number(x)],
      x.map((value) => 1e200 * value),
      { loss: "squared" },
    );
    expectClose(
      large.map((value) => value / 1e200),
      [...small],
      1e-9,
    );
  });

  it("does not mind the unit of a feature, nor infinite numbers among it", () => {
    const target = x.map((value) => (value > 0 ? 1 : 0));
    const plain = fitted([number(x)], target, { loss: "logistic" });
    expectClose(fitted([number(x.map((value) => value * 1e300))], target, { loss: "logistic" }), [...plain], 1e-9);
    const infinite = fitted([number([...x.subarray(1), Number.POSITIVE_INFINITY])], target, { loss: "logistic" });
    expect(infinite.every((value) => value >= 0 && value <= 1)).toBe(true);
  });

  it("predicts the share, or the mean, where the features say nothing", () => {
    const constant = number(new Float64Array(400).fill(0.1));
    const nothing = number(new Float64Array(400).fill(Number.NaN));
    const target = Float64Array.from({ length: 400 }, (_, row) => (row % 4 === 0 ? 1 : 0));
    for (const feature of [constant, nothing]) {
      expectClose(fitted([feature], target, { loss: "logistic" }), [0.25], 1e-4);
      expectClose(fitted([feature], target, { loss: "squared" }), [0.25], 1e-6);
      expectClose(fitted([feature], target, { loss: "softmax", classes: 3 }), [0.75, 0.25, 0.0012], 2e-3);
    }
  });

  it("stays finite with one row, with one class, and where a line parts the classes", () => {
    expect(fitted([number([3])], [1], { loss: "logistic" })[0]).toBeGreaterThan(0.5);
    expect(fitted([number(x)], new Float64Array(400), { loss: "logistic" })[0]).toBeLessThan(0.01);
    const parted = fitLinearModel(
      [number(x)],
      x.map((value) => (value > 0 ? 1 : 0)),
      { loss: "logistic" },
    );
    expect(parted.converged).toBe(true);
    expect(parted.weights[0]!.every(Number.isFinite)).toBe(true);
  });

  it("takes the rarest of many levels together, and knows of no level that fitting did not see", () => {
    const codes = Int32Array.from({ length: 3000 }, (_, row) => (row < 2000 ? row % 10 : row - 2000));
    const target = codes.map((code) => (code === 3 ? 1 : 0));
    const many = { kind: "category", codes, levels: 1001 } as const;
    const model = fitLinearModel([many], target, { loss: "logistic" });
    expect(model.encoding.width).toBe(101);
    const asked = { kind: "category", codes: [3, 4, 1000, 999], levels: 1001 } as const;
    const [three, four, unseen, rare] = predictLinearModel(model, [asked]);
    expect(three).toBeGreaterThan(0.9);
    expect(Math.max(four!, rare!)).toBeLessThan(0.05);
    expect(unseen).toBeLessThan(0.5);
  });

  it("reaches the minimum of a wide table, by the diagonal alone", () => {
    const wide: BoosterFeature[] = Array.from({ length: 9 }, (_, at) => {
      const own = random.fork(at);
      return { kind: "category", codes: Int32Array.from({ length: 2000 }, () => own.integer(90)), levels: 90 };
    });
    const first = wide[0]!.kind === "category" ? wide[0]!.codes : [];
    const target = Float64Array.from({ length: 2000 }, (_, row) => (first[row]! < 30 ? 1 : 0));
    const model = fitLinearModel(wide, target, { loss: "logistic" });
    expect(model.encoding.width).toBeGreaterThan(800);
    expect(model.converged).toBe(true);
    expect(auc(predictLinearModel(model, wide), target)).toBe(1);
  });

  it.each([
    ["E_LINEAR_EMPTY", [], [], { loss: "squared" }],
    ["E_LINEAR_ROWS", [1, 2], [0, 1, 1], { loss: "logistic" }],
    ["E_LINEAR_TARGET", [1, 2], [0, 2], { loss: "logistic" }],
    ["E_LINEAR_TARGET", [1, 2], [0, Number.NaN], { loss: "squared" }],
    ["E_LINEAR_CLASSES", [1, 2], [0, 1], { loss: "softmax" }],
  ] as const)("refuses: %s", (code, values, target, options) => {
    expect(() => fitLinearModel([number(values)], target, options)).toThrow(expect.objectContaining({ code }));
  });

  it("refuses predictions for another number of features", () => {
    const model = fitLinearModel([number([1, 2])], [0, 1], { loss: "squared" });
    expect(() => predictLinearModel(model, [])).toThrow(expect.objectContaining({ code: "E_LINEAR_FEATURES" }));
  });
});

const ADULT = "../shared/data/adult.csv";

describe.skipIf(!existsSync(ADULT))("on UCI Adult (skipped: ../shared/data/adult.csv is missing)", () => {
  let tables: ScoredTables;
  beforeAll(async () => {
    const train = await readTable(ADULT);
    const holdout = await readTable("../shared/data/adult-holdout.csv");
    tables = makeScoredTables({ train, synthetic: train, holdout }, inferSchema(train)).tables;
  });

  function predicted(target: string, options: LinearOptions): { scores: Float64Array; truth: Float64Array } {
    const at = tables.columns.findIndex((column) => column.name === target);
    const featuresOf = (side: "train" | "holdout") => tables[side]!.columns.filter((_, column) => column !== at);
    const targetOf = (side: "train" | "holdout") => {
      const column = tables[side]!.columns[at]!;
      return Float64Array.from(column.kind === "number" ? column.values : column.codes);
    };
    const model = fitLinearModel(featuresOf("train"), targetOf("train"), options);
    return { scores: predictLinearModel(model, featuresOf("holdout")), truth: targetOf("holdout") };
  }

  it("income has scikit-learn's AUC .90543", () => {
    const { scores, truth } = predicted("income", { loss: "logistic" });
    expect(auc(scores, truth)).toBeCloseTo(0.90543, 5);
    expectClose(scores, [0.00240016, 0.11873521, 0.38378608], 1e-4);
  });

  it("hours-per-week has scikit-learn's predictions", () => {
    const { scores } = predicted("hours-per-week", { loss: "squared" });
    expectClose(scores, [32.29026016, 48.31798069, 47.36090513], 1e-6);
  });
});

describe("a linear model of many columns", () => {
  it("stops after 30 iterations where columns are more than 600, and has learned by then", () => {
    const random = stream("wide");
    const target = Float64Array.from({ length: 400 }, (_, row) => row % 2);
    // Neighbours are nearly the same column, which makes the minimum slow to reach.
    let last = target.map(() => random.normal());
    const features = Array.from({ length: 650 }, (_, column) => {
      last = last.map((value, row) => value + 0.05 * random.normal() + (column < 5 ? 0.1 * target[row]! : 0));
      return { kind: "number" as const, values: last };
    });
    const model = fitLinearModel(features, target, { loss: "logistic" });
    expect(model.iterations).toBeLessThanOrEqual(30);
    expect(auc(predictLinearModel(model, features), target)).toBeGreaterThan(0.95);
  });
});
