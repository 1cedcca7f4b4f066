import { describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import type { Field } from "../../src/encode/field.js";
import {
  criticInputGradient,
  criticParameters,
  criticScore,
  initializeLinear,
} from "../../src/gan/networks/critic-network.js";
import { maskedCrossEntropy } from "../../src/gan/objectives/masked-cross-entropy.js";
import { momentTarget, secondMomentLoss } from "../../src/gan/objectives/second-moment.js";
import { makeLevelMap } from "../../src/gan/techniques/level-map.js";
import { drawStraightThrough } from "../../src/gan/techniques/straight-through.js";
import { makeLevelRows } from "../../src/gan/training/level-rows.js";
import { compile } from "../../src/runtime/compile.js";
import { makeParameters } from "../../src/runtime/parameters.js";
import type { ProgramResult, TensorMap } from "../../src/runtime/program.js";
import { tf } from "../../src/runtime/tf.js";

const fields: readonly Field[] = [
  { kind: "discrete", name: "a", levels: 2 },
  { kind: "discrete", name: "b", levels: 3 },
];
const map = makeLevelMap(fields);

/** Runs a function of inputs only on the reference engine. */
async function evaluateOnce(
  inputs: Record<string, [number[], Float32Array]>,
  run: (inputs: TensorMap) => ProgramResult,
) {
  const specs = Object.fromEntries(Object.entries(inputs).map(([name, [shape]]) => [name, { shape }]));
  const program = await compile(
    { name: "test", parameters: {}, inputs: specs, run: (_, given) => run(given) },
    { engine: "cpu" },
  );
  return program.run({}, Object.fromEntries(Object.entries(inputs).map(([name, [, data]]) => [name, data])));
}

describe("masked cross-entropy", () => {
  it("is the hand-computed weighted sum over the fields to predict", async () => {
    const logits = Float32Array.from([1, 2, 0, 1, 3]);
    // Field b is to be predicted, level 1, weight 2 (K / unknown = 2 / 1); field a is known.
    const target = Float32Array.from([0, 0, 0, 2, 0]);
    const weights = Float32Array.from([0, 2]);
    const { loss } = await evaluateOnce(
      { logits: [[1, 5], logits], target: [[1, 5], target], weights: [[1, 2], weights] },
      ({ logits: l, target: t, weights: w }) => ({
        outputs: {
          loss: tf.reshape(maskedCrossEntropy(l as tf.Tensor2D, t as tf.Tensor2D, w as tf.Tensor2D, map), [1]),
        },
      }),
    );
    const expected = 2 * (Math.log(1 + Math.E + Math.exp(3)) - 1);
    expect(loss![0]).toBeCloseTo(expected, 5);
  });
});

describe("masked cross-entropy beyond the range of its logits", () => {
  it("is never below 0, however sure the network is", async () => {
    const { loss } = await evaluateOnce(
      {
        logits: [[1, 5], Float32Array.from([0, 0, 5000, -5000, 70])],
        target: [[1, 5], Float32Array.from([0, 0, 1, 0, 0])],
        weights: [[1, 2], Float32Array.from([0, 1])],
      },
      ({ logits: l, target: t, weights: w }) => ({
        outputs: {
          loss: tf.reshape(maskedCrossEntropy(l as tf.Tensor2D, t as tf.Tensor2D, w as tf.Tensor2D, map), [1]),
        },
      }),
    );
    expect(loss![0]).toBeCloseTo(Math.log(2), 4); // both 5000 and 70 count as 60
  });
});

describe("second-moment matching", () => {
  const rows = makeLevelRows(
    { rowCount: 4, fields: [Uint8Array.from([0, 0, 1, 1]), Uint8Array.from([0, 1, 2, 2])] },
    map,
  );
  const target = momentTarget(rows, map, 4);

  it("holds every pair's contingency table", () => {
    // Level 1 of a (place 1) with level 2 of b (place 4): rows 3 and 4 of 4.
    expect(target.moments[1 * 5 + 4]).toBeCloseTo(0.5);
    expect(target.moments[0 * 5 + 4]).toBe(0);
    expect(target.moments[0 * 5 + 0]).toBeCloseTo(0.5);
  });

  const lossOf = async (oneHot: number[][]) => {
    const data = Float32Array.from(oneHot.flat());
    const { loss } = await evaluateOnce(
      {
        rows: [[oneHot.length, 5], data],
        moments: [[5, 5], target.moments],
        weights: [[5, 5], target.weights],
      },
      ({ rows: r, moments, weights }) => ({
        outputs: {
          loss: tf.reshape(secondMomentLoss(r as tf.Tensor2D, moments as tf.Tensor2D, weights as tf.Tensor2D), [1]),
        },
      }),
    );
    return loss![0]!;
  };
  const real = [
    [1, 0, 1, 0, 0],
    [1, 0, 0, 1, 0],
    [0, 1, 0, 0, 1],
    [0, 1, 0, 0, 1],
  ];

  it("is zero where both halves of the batch are the table itself", async () => {
    expect(await lossOf([...real, ...real])).toBeCloseTo(0, 6);
  });

  it("is positive where both halves break the joint and keep the marginals", async () => {
    const broken = [
      [1, 0, 0, 0, 1],
      [1, 0, 0, 0, 1],
      [0, 1, 1, 0, 0],
      [0, 1, 0, 1, 0],
    ];
    expect(await lossOf([...broken, ...broken])).toBeGreaterThan(0.1);
  });
});

describe("the critic's input gradient in closed form", () => {
  it("agrees with finite differences of the score", async () => {
    const specs = criticParameters(4, [5, 3]);
    const parameters = makeParameters(specs);
    initializeLinear(parameters.views, specs, makeRandom(3));
    const program = await compile(
      {
        name: "critic",
        parameters: specs,
        inputs: { x: { shape: [1, 4] } },
        run: (weights, { x }) => {
          const { score, slopes } = criticScore(weights, x as tf.Tensor2D, 2);
          return { outputs: { score, gradient: criticInputGradient(weights, slopes, 2) } };
        },
      },
      { engine: "cpu" },
    );
    const x = Float32Array.from([0.3, -0.7, 1.1, 0.2]);
    const gradient = (await program.run(parameters.views, { x })).gradient!.slice();
    for (let i = 0; i < 4; i++) {
      const scoreAt = async (shift: number) => {
        const moved = x.slice();
        moved[i]! += shift;
        return (await program.run(parameters.views, { x: moved })).score![0]!;
      };
      const difference = ((await scoreAt(1e-2)) - (await scoreAt(-1e-2))) / 2e-2;
      expect(gradient[i]).toBeCloseTo(difference, 3);
    }
  });
});

describe("straight-through Gumbel-softmax", () => {
  it("draws exactly one level a field, the highest noisy logit, and passes the soft gradient", async () => {
    const logits = Float32Array.from([0, 1, 2, 0, 1]);
    const parameters = makeParameters({ logits: { shape: [1, 5] } });
    parameters.views.logits!.set(logits);
    const gradients = makeParameters({ logits: { shape: [1, 5] } });
    const program = await compile(
      {
        name: "draw",
        parameters: parameters.specs,
        inputs: { gumbel: { shape: [1, 5] } },
        run: (weights, { gumbel }) => {
          const drawn = drawStraightThrough(weights.logits as tf.Tensor2D, gumbel as tf.Tensor2D, [2, 3], 0.5);
          return { outputs: { drawn }, loss: tf.sum(tf.mul(drawn, tf.tensor2d([[1, 0, 0, 0, 0]]))) };
        },
      },
      { engine: "cpu" },
    );
    const gumbel = Float32Array.from([0, 0, 0, 5, 0]);
    const outputs = await program.run(parameters.views, { gumbel }, gradients.views);
    expect([...outputs.drawn!]).toEqual([0, 1, 0, 1, 0]);
    // d softmax_0 / d logit_0 at temperature .5: p (1 - p) / .5 with p = 1 / (1 + e^2).
    const p = 1 / (1 + Math.exp(2));
    expect(gradients.views.logits![0]).toBeCloseTo((p * (1 - p)) / 0.5, 4);
    expect(gradients.views.logits![2]).toBeCloseTo(0, 6);
  });
});
