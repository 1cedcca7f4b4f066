import { describe, expect, it } from "vitest";
import type { RandomStream } from "../../src/core/random.js";
import { auc } from "../../src/stats/auc.js";
import { permutationImportance } from "../../src/stats/permutation-importance.js";
import { stream } from "../evaluate/planted.js";

const random = stream("importance");
const rows = 2000;
const told = Float64Array.from({ length: rows }, () => random.normal());
const ignored = Float64Array.from({ length: rows }, (_, row) => row % 3);
const labels = told.map((value) => (value > 0 ? 1 : 0));
const scoreOf = ([first]: readonly Float64Array[]) => auc(first!, labels);
const shuffle = (feature: Float64Array, own: RandomStream) =>
  Float64Array.from(own.permutation(rows), (row) => feature[row]!);

describe("permutationImportance", () => {
  it("is the score's distance from .5 for the only feature that a model looks at, and 0 for another", () => {
    const [first, second] = permutationImportance([told, ignored], [0, 1], shuffle, scoreOf, stream("shuffle"));
    expect(Math.abs(first! - 0.5)).toBeLessThan(0.05);
    expect(second).toBe(0);
  });

  it("shuffles a feature alike, whatever other features there are, and anew with another stream", () => {
    const [beside] = permutationImportance([told, ignored], [0, 1], shuffle, scoreOf, stream("shuffle"));
    expect(permutationImportance([told], [0], shuffle, scoreOf, stream("shuffle"))).toEqual([beside]);
    expect(permutationImportance([told], [0], shuffle, scoreOf, stream("another"))).not.toEqual([beside]);
  });
});
