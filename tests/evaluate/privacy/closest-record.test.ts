import { describe, expect, it } from "vitest";
import { makeRandom } from "../../../src/core/random.js";
import {
  nearerToTrainShare,
  nearestDecile,
  neighborRatios,
  quantileCurve,
  quantileFigure,
} from "../../../src/evaluate/privacy/closest-record.js";
import type { CodedTable } from "../../../src/evaluate/privacy/coded-table.js";
import { type Neighbors, nearestNeighbors } from "../../../src/evaluate/privacy/nearest-neighbors.js";

function neighbors(distances: number[], rows: number[] = distances.map((_, i) => i)): Neighbors {
  return { k: 1, distances: Float64Array.from(distances), rows: Int32Array.from(rows) };
}

function uniformTable(rowCount: number, width: number, label: string): CodedTable {
  const random = makeRandom(7).fork(label);
  return { rowCount, width, values: Float64Array.from({ length: rowCount * width }, () => random.uniform()) };
}

describe("the DCR share", () => {
  it("counts ties half: 2 nearer, 1 tie, 1 farther is .625", () => {
    const share = nearerToTrainShare(neighbors([0.1, 0.1, 0.2, 0.5]), neighbors([0.2, 0.3, 0.2, 0.1]));
    expect(share.figure.value).toBe(0.625);
  });

  it("takes distances that differ by rounding as equal", () => {
    const share = nearerToTrainShare(neighbors([0.1 + 0.2]), neighbors([0.3]));
    expect(share.figure.value).toBe(0.5);
  });

  it("counts rows with a nearest record of their own as independent, rows that share one as one", () => {
    const near = Array(100).fill(0.1);
    const far = Array(100).fill(0.2);
    const own = nearerToTrainShare(neighbors(near), neighbors(far));
    const shared = nearerToTrainShare(neighbors(near, Array(100).fill(3)), neighbors(far));
    expect(own.effectiveRows).toBeCloseTo(100, 9);
    expect(shared.effectiveRows).toBeCloseTo(1, 9);
    expect(own.figure.low).toBeGreaterThan(0.96);
    expect(shared.figure.low).toBeLessThan(0.3);
  });

  it("tells a training record from the held-out record of the same row number", () => {
    const toTrain = neighbors([0.1, 0.1, 0.3, 0.3], [3, 3, 3, 3]);
    const toHoldout = neighbors([0.2, 0.2, 0.2, 0.2], [3, 3, 3, 3]);
    expect(nearerToTrainShare(toTrain, toHoldout).effectiveRows).toBeCloseTo(2, 9);
  });

  it("has an interval that holds .5 for 95 % of exchangeable samples though rows share few records", async () => {
    const runs = 200;
    let held = 0;
    let heldIfIndependent = 0;
    let sum = 0;
    for (let run = 0; run < runs; run++) {
      const rows = uniformTable(400, 2, `synthetic ${run}`);
      const train = await nearestNeighbors(uniformTable(60, 2, `train ${run}`), rows, 1);
      const holdout = await nearestNeighbors(uniformTable(60, 2, `holdout ${run}`), rows, 1);
      const { value, low, high } = nearerToTrainShare(train, holdout).figure;
      sum += value!;
      if (low! <= 0.5 && high! >= 0.5) held++;
      if (Math.abs(value! - 0.5) <= 1.96 * Math.sqrt(0.25 / 400)) heldIfIndependent++;
    }
    // 190 of 200 expected, binomial standard deviation 3.1
    expect(held).toBeGreaterThanOrEqual(181);
    expect(heldIfIndependent).toBeLessThan(170);
    expect(sum / runs).toBeGreaterThan(0.49);
    expect(sum / runs).toBeLessThan(0.51);
  });

  it("of the nearest decile shows copies of 3 % of the rows that the whole does not", async () => {
    const train = uniformTable(1000, 6, "train");
    const rows = uniformTable(1000, 6, "synthetic");
    rows.values.set(train.values.subarray(0, 30 * 6));
    const toTrain = await nearestNeighbors(train, rows, 1);
    const toHoldout = await nearestNeighbors(uniformTable(1000, 6, "holdout"), rows, 1);
    const decile = nearestDecile(toTrain, toHoldout);
    expect(decile).toHaveLength(100);
    expect(nearerToTrainShare(toTrain, toHoldout).figure.low).toBeLessThan(0.5);
    expect(nearerToTrainShare(toTrain, toHoldout, decile).figure.low).toBeGreaterThan(0.52);
  });
});

describe("NNDR", () => {
  it("is d1 / d2 with 1e-8 added to both: 1 for two copies, near 0 for one", () => {
    const found: Neighbors = { k: 2, distances: Float64Array.of(0.1, 0.4, 0, 0, 0, 0.5), rows: new Int32Array(6) };
    const ratios = neighborRatios(found);
    expect(ratios[0]).toBeCloseTo(0.25, 6);
    expect(ratios[1]).toBe(1);
    expect(ratios[2]).toBeCloseTo(2e-8, 12);
  });
});

describe("quantiles of distances", () => {
  const values = Float64Array.from({ length: 1001 }, (_, i) => (1000 - i) / 1000);

  it("are those of the sorted values, with the interval's ranks n p -+ 1.96 sqrt(n p (1 - p))", () => {
    const { value, low, high, n } = quantileFigure(values, 0.5);
    expect([value, n]).toEqual([0.5, 1001]);
    // 1.96 * sqrt(.25 / 1001) = .0310
    expect(low).toBeCloseTo(0.469, 2);
    expect(high).toBeCloseTo(0.531, 2);
  });

  it("make a curve of 101 points from the smallest to the largest", () => {
    const curve = quantileCurve(values);
    expect(curve).toHaveLength(101);
    expect([curve[0], curve[100]]).toEqual([0, 1]);
    expect(curve[25]).toBeCloseTo(0.25, 2);
  });
});
