import { describe, expect, it } from "vitest";
import { makeRandom } from "../../../src/core/random.js";
import { expectedCounts } from "../../../src/privacy/mixture/expected-counts.js";
import { jointCounts } from "../../../src/privacy/mixture/joint-counts.js";
import { mixtureParameters } from "../../../src/privacy/mixture/loss-term.js";
import { lossTerms } from "../../../src/privacy/mixture/loss-terms.js";
import { compile } from "../../../src/runtime/compile.js";
import { makeParameters, type Parameters } from "../../../src/runtime/parameters.js";
import { knownMixture, measured } from "./known-mixture.js";

const ROWS = 100;
const truth = knownMixture([2, 3, 4, 3, 3], 3, makeRandom(1));
const other = knownMixture([2, 3, 4, 3, 3], 3, makeRandom(2));
const { fields, starts } = truth;
const FIELDS = fields.map(({ field }) => field);
const PAIRS = FIELDS.flatMap((a) => FIELDS.filter((b) => b > a).map((b) => [a, b] as const));
const CROSSED = PAIRS.filter(([a]) => a > 0).map(([a, b]) => [a, b, 0]);

/** The same mixture as the loss's logits; components last. */
function logitsOf({ weights, probabilities }: typeof truth, size: Parameters["specs"]): Parameters {
  const parameters = makeParameters(size);
  const [groups, components] = size.logits!.shape as [number, number];
  weights.forEach((weight, component) => {
    parameters.views.weights![component] = Math.log(weight);
    for (let group = 0; group < groups; group++) {
      parameters.views.logits![group * components + component] = Math.log(probabilities[component * groups + group]!);
    }
  });
  return parameters;
}

/** chi^2 of `other` against what was measured of `truth`, and its gradients. */
async function lossOf(questions: readonly (readonly number[])[]) {
  const measurements = questions.map((question, at) => measured(truth, question, { rows: ROWS, sigma: 2 + at }));
  const size = { rows: ROWS, components: 3, fields };
  const terms = lossTerms(jointCounts(measurements, fields), size);
  const parameters = logitsOf(other, mixtureParameters(size));
  const gradients = makeParameters(parameters.specs);
  const programs = await Promise.all(terms.map(({ spec }) => compile(spec, { engine: "onnx" })));
  const chiSquare = async (): Promise<number> => {
    let sum = 0;
    gradients.flat.fill(0);
    for (const [index, { inputs }] of terms.entries()) {
      const part = makeParameters(parameters.specs);
      sum += (await programs[index]!.run(parameters.views, inputs, part.views)).chiSquare![0]!;
      part.flat.forEach((value, at) => {
        gradients.flat[at]! += value;
      });
    }
    return sum;
  };
  const expected = measurements.reduce((sum, { of, counts, sigma }) => {
    const own = expectedCounts(other, of, ROWS);
    return sum + own.reduce((part, count, cell) => part + ((count - counts[cell]!) / sigma) ** 2, 0);
  }, 0);
  return { names: terms.map(({ spec }) => spec.name), parameters, gradients, chiSquare, expected };
}

describe.each([
  ["one-ways and most pairs, as one product", [[0], [1], [2], [3], ...PAIRS], 1],
  ["all pairs crossed with a field, a product for each of its groups", CROSSED, 1],
  ["few pairs, as blocks", [[1], [1, 3], [2, 0]], 2],
  ["triples and a table of four fields, as blocks", [[0], [3, 1, 2], [3, 2, 1, 0]], 3],
] as const)("the loss of %s", (_, questions, programs) => {
  it("is the sum over cells of (expected - measured)^2 / variance", async () => {
    const { chiSquare, expected, names } = await lossOf(questions);
    expect(names).toHaveLength(programs);
    expect(await chiSquare()).toBeCloseTo(expected, 2);
  });

  it("has the gradients of finite differences", async () => {
    const { parameters, gradients, chiSquare } = await lossOf(questions);
    await chiSquare();
    const analytic = gradients.flat.slice();
    const scale = Math.max(...analytic.map(Math.abs));
    for (let at = 0; at < parameters.flat.length; at += 5) {
      const before = parameters.flat[at]!;
      const sides: number[] = [];
      for (const side of [1, -1]) {
        parameters.flat[at] = before + 0.01 * side;
        sides.push(await chiSquare());
      }
      parameters.flat[at] = before;
      expect(Math.abs((sides[0]! - sides[1]!) / 0.02 - analytic[at]!) / scale).toBeLessThan(5e-3);
    }
  });
});

it("a mixture's groups stand one field after the other", () => {
  expect(starts).toEqual([0, 2, 5, 9, 12, 15]);
});
