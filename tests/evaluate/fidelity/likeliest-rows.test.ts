import { describe, expect, it } from "vitest";
import { makeRandom } from "../../../src/core/random.js";
import { likeliestRows } from "../../../src/evaluate/fidelity/likeliest-rows.js";
import type { ScoredTable } from "../../../src/evaluate/scored-table.js";

const normals = (count: number, seed: number, mean = 0): Float64Array => {
  const values = new Float32Array(count);
  makeRandom(seed).fillNormal(values);
  return Float64Array.from(values, (value) => value + mean);
};
const tableOf = (values: Float64Array): ScoredTable => ({
  rowCount: values.length,
  columns: [{ kind: "number", values }],
});

describe("likeliest rows", () => {
  const reference = tableOf(normals(3000, 1));
  // Every other row comes from another distribution, two deviations away.
  const shifted = normals(3000, 3, 2);
  const mixed = normals(3000, 2).map((value, row) => (row % 2 === 0 ? value : shifted[row]!));
  const choose = (seed: number) => likeliestRows(reference, tableOf(mixed), 1500, { random: makeRandom(seed) });

  it("leaves out most of what real rows are not like", async () => {
    const chosen = await choose(1);
    expect(chosen).toHaveLength(1500);
    expect(new Set(chosen).size).toBe(1500);
    const foreign = chosen.filter((row) => row % 2 === 1).length / chosen.length;
    expect(foreign).toBeLessThan(0.33); // half of them before
    const mean = chosen.reduce((sum, row) => sum + mixed[row]!, 0) / chosen.length;
    expect(Math.abs(mean)).toBeLessThan(0.35); // 1 before
  });

  it("keeps the rows in order, and the same ones for the same seed", async () => {
    const [once, again, other] = [await choose(1), await choose(1), await choose(2)];
    expect([...once]).toEqual([...once].sort((a, b) => a - b));
    expect(again).toEqual(once);
    expect(other).not.toEqual(once);
  });
});
