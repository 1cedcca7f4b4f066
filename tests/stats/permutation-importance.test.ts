import { describe, expect, it } from "vitest";
import { auc } from "../../src/stats/auc.js";
import type { BoosterFeature } from "../../src/stats/feature-bins.js";
import { permutationImportance } from "../../src/stats/permutation-importance.js";
import { stream } from "../evaluate/planted.js";

const random = stream("importance");
const rows = 2000;
const told: BoosterFeature = { kind: "number", values: Float64Array.from({ length: rows }, () => random.normal()) };
const ignored: BoosterFeature = {
  kind: "category",
  codes: Int32Array.from({ length: rows }, (_, row) => row % 3),
  levels: 3,
};
const labels = Float64Array.from(told.values as Float64Array, (value) => (value > 0 ? 1 : 0));
const scoreOf = ([first]: readonly BoosterFeature[]) => auc(first!.kind === "number" ? first!.values : [], labels);

describe("permutationImportance", () => {
  it("is the score's distance from .5 for the only feature that a model looks at, and 0 for another", () => {
    const [first, second] = permutationImportance([told, ignored], scoreOf, { random: stream("shuffle"), repeats: 4 });
    expect(first).toHaveLength(4);
    for (const loss of first!) expect(Math.abs(loss - 0.5)).toBeLessThan(0.05);
    expect(second).toEqual([0, 0, 0, 0]);
  });

  it("shuffles a feature alike, whatever other features there are, and anew in each repeat", () => {
    const alone = permutationImportance([told], scoreOf, { random: stream("shuffle"), repeats: 2 });
    const beside = permutationImportance([told, ignored], scoreOf, { random: stream("shuffle"), repeats: 2 });
    expect(beside[0]).toEqual(alone[0]);
    expect(alone[0]![0]).not.toBe(alone[0]![1]);
  });

  it("says which feature is done", () => {
    const done: number[] = [];
    permutationImportance([told, ignored], scoreOf, { random: stream("x"), onFeature: (count) => done.push(count) });
    expect(done).toEqual([1, 2]);
  });
});
