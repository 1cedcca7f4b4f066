import { describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import { auc } from "../../src/stats/auc.js";
import type { BoosterFeature } from "../../src/stats/feature-bins.js";
import { fitBooster, predictBooster } from "../../src/stats/histogram-boosting.js";

const number = (values: ArrayLike<number>): BoosterFeature => ({ kind: "number", values });
const random = makeRandom(11);

function uniforms(rows: number, label: string): Float64Array {
  const stream = random.fork(label);
  return Float64Array.from({ length: rows }, () => stream.uniform());
}

describe("fitBooster with squared error", () => {
  it("gives the means of two groups after one full step (by hand)", () => {
    const x = [1, 1, 1, 2, 2, 2];
    const booster = fitBooster([number(x)], [0, 1, 2, 10, 11, 12], {
      loss: "squared",
      iterations: 1,
      learningRate: 1,
      maxLeaves: 2,
      minLeafRows: 1,
    });
    expect([...predictBooster(booster, [number([1, 2, 0, 3])])]).toEqual([1, 11, 1, 11]);
  });

  it("shrinks each step by the learning rate and leaf values by l2 (by hand)", () => {
    const booster = fitBooster([number([1, 1, 2, 2])], [0, 0, 8, 8], {
      loss: "squared",
      iterations: 1,
      learningRate: 0.5,
      minLeafRows: 1,
      l2: 2,
    });
    // Mean 4; residual sums -8 and 8 over 2 rows + 2: a step of -+2, halved.
    expect([...predictBooster(booster, [number([1, 2])])]).toEqual([3, 5]);
  });

  it("finds the split that an exhaustive search finds", () => {
    const rows = 200;
    const columns = [0, 1, 2].map((at) => uniforms(rows, `exhaustive ${at}`));
    const target = Float64Array.from({ length: rows }, (_, row) => Math.sin(9 * columns[1]![row]!) + columns[0]![row]!);
    const booster = fitBooster(columns.map(number), target, {
      loss: "squared",
      iterations: 1,
      learningRate: 1,
      maxLeaves: 2,
      minLeafRows: 20,
    });
    const best = exhaustiveSplit(columns, target, 20);
    expect(booster.trees[0]![0]!.feature[0]).toBe(best.feature);
    const error = residual(target, predictBooster(booster, columns.map(number)));
    expect(error).toBeCloseTo(best.error, 9);
  });

  it.each([0, 1, 2, 3, 4])("finds the one column of five that tells something (%i)", (at) => {
    const columns = Array.from({ length: 5 }, (_, column) => uniforms(400, `five ${column}`));
    const target = columns[at]!.map((value) => (value > 0.35 ? 7 : 3));
    const booster = fitBooster(columns.map(number), target, {
      loss: "squared",
      iterations: 1,
      learningRate: 1,
      maxLeaves: 2,
    });
    expect(booster.trees[0]![0]!.feature[0]).toBe(at);
    // Edges lie between quantiles here (400 values, 255 bins), so a row beside the cut may be on the wrong side.
    expect(residual(target, predictBooster(booster, columns.map(number)))).toBeLessThan(50);
  });

  it("can send missing values either way in one split", () => {
    const x = Float64Array.from({ length: 90 }, (_, row) => (row % 3 === 2 ? Number.NaN : row % 3));
    for (const like of [0, 1]) {
      const target = x.map((value) => ((Number.isNaN(value) ? like : value) === 1 ? 9 : 2));
      const booster = fitBooster([number(x)], target, {
        loss: "squared",
        iterations: 1,
        learningRate: 1,
        maxLeaves: 2,
      });
      const expected = [2, 9, like === 1 ? 9 : 2];
      predictBooster(booster, [number([0, 1, Number.NaN])]).forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i]!, 9);
      });
    }
  });

  it("keeps to the number of leaves and to the rows of a leaf", () => {
    const x = uniforms(500, "leaves");
    const target = x.map((value) => Math.sin(30 * value));
    const booster = fitBooster([number(x)], target, {
      loss: "squared",
      iterations: 1,
      learningRate: 1,
      maxLeaves: 7,
      minLeafRows: 30,
    });
    const counts = new Map<number, number>();
    for (const value of predictBooster(booster, [number(x)])) counts.set(value, (counts.get(value) ?? 0) + 1);
    expect(counts.size).toBe(7);
    expect(Math.min(...counts.values())).toBeGreaterThanOrEqual(30);
  });

  it("predicts the mean where no feature tells anything", () => {
    const booster = fitBooster(
      [number(new Float64Array(50).fill(3))],
      Float64Array.from({ length: 50 }, (_, i) => i),
      {
        loss: "squared",
      },
    );
    expect(predictBooster(booster, [number([3, 4, Number.NaN])])).toEqual(Float64Array.of(24.5, 24.5, 24.5));
  });
});

describe("fitBooster with log-loss", () => {
  it("learns an interaction that no single column shows", () => {
    const a = uniforms(4000, "a");
    const b = uniforms(4000, "b");
    const target = a.map((value, row) => (value > 0.5 !== b[row]! > 0.5 ? 1 : 0));
    const booster = fitBooster([number(a), number(b)], target, { loss: "logistic", iterations: 20 });
    const testA = uniforms(2000, "test a");
    const testB = uniforms(2000, "test b");
    const truth = testA.map((value, row) => (value > 0.5 !== testB[row]! > 0.5 ? 1 : 0));
    expect(auc(predictBooster(booster, [number(testA), number(testB)]), truth)).toBeGreaterThan(0.99);
  });

  it("tells nothing from noise", () => {
    const x = [0, 1, 2].map((at) => number(uniforms(2000, `noise ${at}`)));
    const fresh = [0, 1, 2].map((at) => number(uniforms(2000, `fresh ${at}`)));
    const target = uniforms(2000, "coin").map(Math.round);
    const scores = predictBooster(fitBooster(x, target, { loss: "logistic" }), fresh);
    expect(Math.abs(auc(scores, uniforms(2000, "other coin").map(Math.round)) - 0.5)).toBeLessThan(0.05);
  });

  it("uses that a value is missing", () => {
    const x = uniforms(1000, "missing").map((value) => (value < 0.3 ? Number.NaN : value));
    const target = x.map((value) => (Number.isNaN(value) ? 1 : 0));
    const booster = fitBooster([number(x)], target, { loss: "logistic" });
    const [missing, known] = predictBooster(booster, [number([Number.NaN, 0.7])]);
    expect(missing).toBeGreaterThan(0.99);
    expect(known).toBeLessThan(0.01);
  });

  it("sends missing values to the side that fits them, between known ones", () => {
    const x = Float64Array.from({ length: 900 }, (_, row) => (row % 3 === 2 ? Number.NaN : row % 3));
    const target = x.map((value) => (Number.isNaN(value) || value === 1 ? 1 : 0));
    const booster = fitBooster([number(x)], target, { loss: "logistic" });
    const scores = predictBooster(booster, [number([0, 1, Number.NaN])]);
    expect([...scores].map(Math.round)).toEqual([0, 1, 1]);
  });

  it("groups categories by what they say of the target, whatever their codes", () => {
    const codes = Int32Array.from(uniforms(20_000, "codes"), (value) => Math.floor(value * 200));
    const target = Float64Array.from(codes, (code) => (code * 7919) % 2);
    const booster = fitBooster([{ kind: "category", codes, levels: 200 }], target, {
      loss: "logistic",
      iterations: 1,
      maxLeaves: 2,
    });
    const scores = predictBooster(booster, [{ kind: "category", codes, levels: 200 }]);
    expect(auc(scores, target)).toBe(1);
  });

  it("takes categories beyond 255 and unseen ones as missing", () => {
    const codes = Int32Array.from({ length: 9000 }, (_, row) => row % 300);
    const target = Float64Array.from(codes, (code) => (code < 150 ? 1 : 0));
    const booster = fitBooster([{ kind: "category", codes, levels: 301 }], target, { loss: "logistic" });
    const scores = predictBooster(booster, [{ kind: "category", codes: [0, 149, 150, 299, 300, -1], levels: 301 }]);
    expect(scores[0]).toBeGreaterThan(0.95);
    expect(scores[1]).toBeGreaterThan(0.95);
    expect(scores[2]).toBeLessThan(0.05);
    expect(scores[3]).toBe(scores[5]);
    expect(scores[4]).toBe(scores[5]);
  });

  it("gives about the share of a class where there is one class only", () => {
    const booster = fitBooster([number(uniforms(100, "one class"))], new Float64Array(100), { loss: "logistic" });
    expect(predictBooster(booster, [number([0.5])])[0]).toBeLessThan(0.02);
  });

  it("gives the same trees for the same rows", () => {
    const x = uniforms(500, "same");
    const target = x.map((value) => (value > 0.4 ? 1 : 0));
    const fit = () => fitBooster([number(x)], target, { loss: "logistic", iterations: 5 });
    expect(fit()).toEqual(fit());
  });
});

describe("fitBooster stays the same", () => {
  // Predictions of the version before this test was written (same data, 100 rounds): arithmetic may be reordered, no more.
  const rows = 600;
  const x = Float64Array.from({ length: rows }, (_, i) => ((i * 37) % 101) / 10);
  const missing = Float64Array.from({ length: rows }, (_, i) => (i % 7 === 3 ? Number.NaN : (i * 53) % 89));
  const codes = Int32Array.from({ length: rows }, (_, i) => (((i * 29) % 23) % 6) - (i % 11 === 0 ? 1 : 0));
  const features = [number(x), number(missing), { kind: "category", codes, levels: 6 } as const];
  const value = x.map(
    (v, i) => Math.sin(v) + (codes[i]! % 3) * 0.7 + (Number.isNaN(missing[i]!) ? 1 : missing[i]! / 60),
  );
  const classes = value.map((v, i) => (v + ((i * 31) % 17) / 10 > 2 ? 1 : 0));

  it.each([
    ["squared", value, [-0.06049882146, 0.28296211748, 1.19306521372, 2.2965423983, 0.7811301949, 0.0651794296]],
    ["logistic", classes, [0.0428191056, 0.0065225347, 0.69596554261, 0.99870337237, 0.74430601959, 0.01113967312]],
  ] as const)("with loss %s", (loss, target, expected) => {
    const predictions = predictBooster(fitBooster(features, target, { loss }), features);
    [0, 1, 2, 100, 301, 599].forEach((row, i) => {
      expect(predictions[row]).toBeCloseTo(expected[i]!, 8);
    });
  });

  it("bounds a leaf that gradient over hessian would throw far (by hand)", () => {
    // 20 of 2,000 rows are positive, all where x is 1: the step is .99 / .0099 = 100, kept to 10, a tenth of it added.
    const at = Float64Array.from({ length: 2000 }, (_, i) => (i < 20 ? 1 : 0));
    const { trees } = fitBooster([number(at)], at, { loss: "logistic", iterations: 1 });
    expect(Math.max(...trees[0]![0]!.value)).toBeCloseTo(1, 12);
  });
});

describe("fitBooster with softmax", () => {
  it("gives probabilities of each class that sum to 1 and find the class", () => {
    const x = uniforms(3000, "softmax");
    const target = x.map((value) => Math.floor(value * 3));
    const booster = fitBooster([number(x)], target, { loss: "softmax", classes: 3, iterations: 30 });
    const scores = predictBooster(booster, [number([0.1, 0.5, 0.9])]);
    for (let row = 0; row < 3; row++) {
      const shares = scores.subarray(row * 3, row * 3 + 3);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
      expect(shares[row]).toBeGreaterThan(0.9);
    }
  });

  it("has two classes' probabilities on the same side as the logistic loss", () => {
    const x = uniforms(1000, "two classes");
    const target = x.map((value) => (value > 0.3 ? 1 : 0));
    const one = predictBooster(fitBooster([number(x)], target, { loss: "logistic" }), [number(x)]);
    const two = predictBooster(fitBooster([number(x)], target, { loss: "softmax", classes: 2 }), [number(x)]);
    one.forEach((share, row) => {
      expect(two[2 * row + 1]! > 0.5).toBe(share > 0.5);
    });
  });
});

describe("fitBooster refuses", () => {
  it.each([
    ["E_BOOSTER_EMPTY", [], [], { loss: "squared" }],
    ["E_BOOSTER_ROWS", [1, 2, 3], [1, 2], { loss: "squared" }],
    ["E_BOOSTER_TARGET", [1, 2], [0, 2], { loss: "logistic" }],
    ["E_BOOSTER_TARGET", [1, 2], [0, Number.NaN], { loss: "squared" }],
    ["E_BOOSTER_CLASSES", [1, 2], [0, 1], { loss: "softmax" }],
  ] as const)("%s", (code, x, target, options) => {
    expect(() => fitBooster([number(x)], target, options)).toThrow(expect.objectContaining({ code }));
  });

  it("predictions for another number of features", () => {
    const booster = fitBooster([number([1, 2])], [0, 1], { loss: "squared" });
    expect(() => predictBooster(booster, [])).toThrow(expect.objectContaining({ code: "E_BOOSTER_FEATURES" }));
  });
});

function residual(truth: Float64Array, predicted: Float64Array): number {
  return truth.reduce((sum, value, row) => sum + (value - predicted[row]!) ** 2, 0);
}

/** The least squared error of two means, over all cuts of all columns that leave `least` rows a side. */
function exhaustiveSplit(columns: readonly Float64Array[], target: Float64Array, least: number) {
  const best = { feature: -1, error: Number.POSITIVE_INFINITY };
  columns.forEach((column, feature) => {
    for (const cut of column) {
      const sides = [target.filter((_, row) => column[row]! <= cut), target.filter((_, row) => column[row]! > cut)];
      if (sides.some((side) => side.length < least)) continue;
      const error = sides.reduce((sum, side) => {
        const mean = side.reduce((total, value) => total + value, 0) / side.length;
        return sum + side.reduce((total, value) => total + (value - mean) ** 2, 0);
      }, 0);
      if (error < best.error) Object.assign(best, { feature, error });
    }
  });
  return best;
}
