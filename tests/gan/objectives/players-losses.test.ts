import { describe, expect, it } from "vitest";
import { makeObjective } from "../../../src/gan/objectives/make-objective.js";
import { featureDistance } from "../../../src/gan/training/gan/generator-step.js";
import type { ProgramSpec } from "../../../src/runtime/program.js";
import { tf } from "../../../src/runtime/tf.js";
import { runOn } from "../../runtime/program-helpers.js";

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const real = [0.5, -1, 2, 0];
const fake = [-0.3, 1.2, 0, 3];
const scores = { real: Float32Array.from(real), fake: Float32Array.from(fake) };
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Losses and their derivatives with respect to the scores. */
async function lossesOf(name: Parameters<typeof makeObjective>[0]) {
  const spec = (whose: "criticLoss" | "generatorLoss"): ProgramSpec => ({
    name: whose,
    parameters: { real: { shape: [4, 1] }, fake: { shape: [4, 1] } },
    inputs: {},
    run: (p) => {
      const objective = makeObjective(name);
      const [a, b] = [p.real as tf.Tensor2D, p.fake as tf.Tensor2D];
      const loss = whose === "criticLoss" ? objective.criticLoss(a, b) : objective.generatorLoss(b);
      return { outputs: { loss: tf.reshape(loss, [1]) }, loss };
    },
  });
  const [critic, generator] = await Promise.all(
    (["criticLoss", "generatorLoss"] as const).map((whose) => runOn("onnx", spec(whose), scores, {})),
  );
  return { critic: critic!, generator: generator! };
}

/** Derivatives of the two losses by hand: what -log D and log(1 - D) come to, D = sigmoid(score). */
const CROSS_ENTROPY = {
  critic: mean(real.map((x) => -Math.log(sigmoid(x)))) + mean(fake.map((x) => -Math.log(1 - sigmoid(x)))),
  byReal: real.map((x) => -(1 - sigmoid(x)) / 4),
  byFake: fake.map((x) => sigmoid(x) / 4),
};

const expected = {
  minimax: {
    ...CROSS_ENTROPY,
    generator: mean(fake.map((x) => Math.log(1 - sigmoid(x)))),
    generatorByFake: fake.map((x) => -sigmoid(x) / 4),
  },
  "non-saturating": {
    ...CROSS_ENTROPY,
    generator: mean(fake.map((x) => -Math.log(sigmoid(x)))),
    generatorByFake: fake.map((x) => -(1 - sigmoid(x)) / 4),
  },
  wgan: {
    critic: mean(fake) - mean(real),
    byReal: real.map(() => -1 / 4),
    byFake: fake.map(() => 1 / 4),
    generator: -mean(fake),
    generatorByFake: fake.map(() => -1 / 4),
  },
} as const;

describe("what the players play for", () => {
  it.each(["minimax", "non-saturating", "wgan", "wgan-gp"] as const)(
    "%s: losses and derivatives by hand",
    async (name) => {
      const known = expected[name === "wgan-gp" ? "wgan" : name];
      const { critic, generator } = await lossesOf(name);
      expect(critic.outputs.loss![0]).toBeCloseTo(known.critic, 5);
      expect(generator.outputs.loss![0]).toBeCloseTo(known.generator, 5);
      known.byReal.forEach((value, i) => {
        expect(critic.gradients.real![i]).toBeCloseTo(value, 5);
      });
      known.byFake.forEach((value, i) => {
        expect(critic.gradients.fake![i]).toBeCloseTo(value, 5);
      });
      known.generatorByFake.forEach((value, i) => {
        expect(generator.gradients.fake![i]).toBeCloseTo(value, 5);
      });
    },
  );
});

describe("feature matching", () => {
  it("is the squared distance of the batches' mean features, by hand", async () => {
    const features = {
      real: Float32Array.of(1, 0, 3, 2), // means 2, 1
      fake: Float32Array.of(0, 0, 1, 6), // means .5, 3
    };
    const spec: ProgramSpec = {
      name: "features",
      parameters: { real: { shape: [2, 2] }, fake: { shape: [2, 2] } },
      inputs: {},
      run: (p) => {
        const loss = featureDistance(p.real as tf.Tensor2D, p.fake as tf.Tensor2D);
        return { outputs: { loss: tf.reshape(loss, [1]) }, loss };
      },
    };
    const { outputs, gradients } = await runOn("onnx", spec, features, {});
    expect(outputs.loss![0]).toBeCloseTo(1.5 ** 2 + 2 ** 2, 5);
    // d/d fake = -2 (mean real - mean fake) / rows
    [-1.5, 2, -1.5, 2].forEach((value, i) => {
      expect(gradients.fake![i]).toBeCloseTo(value, 5);
    });
  });
});
