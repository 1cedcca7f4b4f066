import { describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import { expectedKolmogorovSmirnov } from "../../src/stats/expected-kolmogorov-smirnov.js";

describe("the mean Kolmogorov-Smirnov distance of two samples", () => {
  it("is 1 for one value each, and 2/3 for two: of six orders two have distance 1, four 1/2", () => {
    expect(expectedKolmogorovSmirnov(1)).toBeCloseTo(1, 12);
    expect(expectedKolmogorovSmirnov(2)).toBeCloseTo(2 / 3, 12);
  });

  it("is what 5,000 pairs of uniform samples show", () => {
    const random = makeRandom(1);
    for (const rows of [10, 19]) {
      let sum = 0;
      for (let trial = 0; trial < 5000; trial++) sum += distance(rows, () => random.uniform());
      expect(Math.abs(sum / 5000 - expectedKolmogorovSmirnov(rows))).toBeLessThan(0.006);
    }
  });

  it("nears Kolmogorov's limit sqrt(pi / 2) ln 2 sqrt(2 / n) for many rows", () => {
    const limit = Math.sqrt(Math.PI / 2) * Math.LN2 * Math.sqrt(2 / 4000);
    expect(expectedKolmogorovSmirnov(4000) / limit).toBeCloseTo(1, 1);
  });
});

/** By its definition: the largest difference of the two counts on the way up. */
function distance(rows: number, draw: () => number): number {
  const values = Array.from({ length: 2 * rows }, (_, i) => ({ value: draw(), side: i < rows ? 1 : -1 }));
  values.sort((a, b) => a.value - b.value);
  let [balance, largest] = [0, 0];
  for (const { side } of values) {
    balance += side;
    largest = Math.max(largest, Math.abs(balance));
  }
  return largest / rows;
}
