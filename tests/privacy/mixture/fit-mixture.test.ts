import { describe, expect, it } from "vitest";
import type { ProgressEvent } from "../../../src/core/progress.js";
import { makeRandom } from "../../../src/core/random.js";
import { expectedCounts } from "../../../src/privacy/mixture/expected-counts.js";
import { fitMixture, type MixtureOptions } from "../../../src/privacy/mixture/fit-mixture.js";
import type { Mixture } from "../../../src/privacy/mixture/mixture.js";
import { knownMixture, measured } from "./known-mixture.js";

const ROWS = 10_000;
const truth = knownMixture([3, 4, 5, 3], 4, makeRandom(1));
const PAIRS = [0, 1, 2, 3].flatMap((a) => [0, 1, 2, 3].filter((b) => b > a).map((b) => [a, b]));
const options: MixtureOptions = { random: makeRandom(5), engine: "onnx", threads: 1, components: 32 };

function inputOf(sigma: number, noise?: ReturnType<typeof makeRandom>) {
  const questions = [...[0, 1, 2, 3].map((field) => [field]), ...PAIRS];
  const measurements = questions.map((of) => measured(truth, of, { rows: ROWS, sigma, ...(noise && { noise }) }));
  const oneWays = [0, 1, 2, 3].map((field) => measurements[field]!.counts.map((count) => Math.max(0, count)));
  return { rows: ROWS, fields: truth.fields, measurements, oneWays };
}

/** chi^2 a cell of a mixture. */
function chiSquare(mixture: Mixture, { measurements }: ReturnType<typeof inputOf>): number {
  const residuals = measurements.flatMap(({ of, counts, sigma }) =>
    Array.from(expectedCounts(mixture, of, ROWS), (count, cell) => ((count - counts[cell]!) / sigma) ** 2),
  );
  return residuals.reduce((sum, value) => sum + value, 0) / residuals.length;
}

/** Mean distance of pairs' counts from the truth's, in rows. */
function pairDistance(countsOf: (pair: readonly number[]) => Float64Array): number {
  const distances = PAIRS.flatMap((pair) => {
    const expected = expectedCounts(
      truth,
      pair.map((field) => truth.fields[field]!),
      ROWS,
    );
    return Array.from(countsOf(pair), (count, cell) => Math.abs(count - expected[cell]!));
  });
  return distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
}

describe("a mixture fitted to joint counts", () => {
  it("recovers every pair of a known mixture, to the little noise that is stated", async () => {
    const mixture = await fitMixture(inputOf(5), options);
    expect(chiSquare(mixture, inputOf(5))).toBeLessThanOrEqual(1.001);
    const sums = [0, 1, 2, 3].map((field) =>
      mixture.probabilities.subarray(mixture.starts[field], mixture.starts[field + 1]).reduce((sum, p) => sum + p, 0),
    );
    expect([mixture.weights.reduce((sum, weight) => sum + weight, 0), ...sums].map((sum) => sum.toFixed(9))).toEqual(
      Array(5).fill("1.000000000"),
    );
  });

  it("stops where chi^2 is that of the noise: what is left is noise, so that it is nearer the truth than the counts", async () => {
    const input = inputOf(60, makeRandom(9));
    const mixture = await fitMixture(input, options);
    expect(chiSquare(mixture, input)).toBeLessThanOrEqual(1.001);
    expect(chiSquare(mixture, input)).toBeGreaterThan(0.85);
    const noisy = new Map(input.measurements.map(({ of, counts }) => [of.map(({ field }) => field).join(), counts]));
    const fitted = pairDistance((pair) =>
      expectedCounts(
        mixture,
        pair.map((field) => truth.fields[field]!),
        ROWS,
      ),
    );
    expect(fitted).toBeLessThan(0.85 * pairDistance((pair) => noisy.get(pair.join())!));
  });

  it("has fewer starts where groups are many, for a step costs the square of them", async () => {
    const componentsOf = async (groups: number) => {
      const fields = [0, 1].map((field) => ({ field, groups: groups / 2 }));
      const oneWays = fields.map(() => new Float64Array(groups / 2).fill(1));
      const measurements = [{ of: [fields[0]!], counts: oneWays[0]!, sigma: 1 }];
      return (await fitMixture({ rows: groups / 2, fields, measurements, oneWays }, options)).weights.length;
    };
    expect([await componentsOf(800), await componentsOf(1200), await componentsOf(2000)]).toEqual([32, 16, 8]);
  });

  it("is the same for the same seed, another one for another", async () => {
    const fitted = (seed: number) => fitMixture(inputOf(60), { ...options, random: makeRandom(seed) });
    const [first, again, other] = [await fitted(1), await fitted(1), await fitted(2)];
    expect(again).toEqual(first);
    expect(other.weights).not.toEqual(first.weights);
  });

  it("goes on from a mixture of the same groups, which needs no more steps than are new to it", async () => {
    const input = inputOf(20);
    const start = await fitMixture(input, options);
    const again = await fitMixture(input, { ...options, start });
    again.probabilities.forEach((probability, at) => {
      expect(Math.abs(probability - start.probabilities[at]!)).toBeLessThan(0.05);
    });
    expect(chiSquare(again, input)).toBeLessThanOrEqual(1.001);
  });

  it("tells how far it is, and is interrupted by its signal", async () => {
    const events: ProgressEvent[] = [];
    await fitMixture(inputOf(60), { ...options, onProgress: (event) => events.push(event) });
    expect(events[0]).toMatchObject({ stage: "mixture", done: 0, total: 6000, unit: "steps" });
    expect(events.at(-1)).toMatchObject({
      done: 6000,
      quality: expect.stringMatching(/^chi\^2 (1\.00|0\.\d\d) a cell$/),
    });
    const signal = AbortSignal.abort();
    await expect(fitMixture(inputOf(60), { ...options, signal })).rejects.toMatchObject({ kind: "interrupted" });
  });
});
