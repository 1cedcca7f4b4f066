import { describe, expect, it } from "vitest";
import type { CriticNetwork, GanShape } from "../../../src/gan/architectures/architecture.js";
import type { GanConfig } from "../../../src/gan/config.js";
import { minibatchFeatures } from "../../../src/gan/networks/minibatch-features.js";
import { makeMlpCritic } from "../../../src/gan/networks/mlp-critic.js";
import { conditionSums, squaredProductNorms } from "../../../src/gan/networks/packed-critic.js";
import { columns, oneHotOf, places } from "../../../src/gan/networks/parts.js";
import { PRESETS } from "../../../src/gan/presets.js";
import { makeParameters } from "../../../src/runtime/parameters.js";
import type { Buffers, ProgramSpec, TensorMap } from "../../../src/runtime/program.js";
import { tf } from "../../../src/runtime/tf.js";
import { random, randomBuffers, runOn, worstDifference } from "../../runtime/program-helpers.js";
import { expectSame } from "../expect-same.js";

const ROWS = 6;
const WIDTH = 3;

function shapeOf(condition: number, critic: GanConfig["condition"]["critic"], techniques = {}): GanShape {
  const config = structuredClone(PRESETS.vanilla.model) as GanConfig;
  return {
    fields: [],
    width: WIDTH,
    condition,
    config: {
      ...config,
      criticWidths: [5, 4],
      condition: { ...config.condition, critic },
      techniques: { ...config.techniques, pack: 2, ...techniques },
    },
  };
}

/** Random weights; those of a projection too, which begin at 0. */
function weightsOf(network: CriticNetwork): Buffers {
  return randomBuffers(network.specs, random("weights"));
}

const noiseOf = (network: CriticNetwork, rows = ROWS): Buffers => {
  const normals = randomBuffers(network.noise(rows), random("noise"));
  return Object.fromEntries(
    Object.entries(normals).map(([name, values]) => [name, values.map((value) => (value > 0 ? 0.9 : 0.1))]),
  );
};

const CASES = {
  "without condition": shapeOf(0, "concatenation"),
  "with a condition beside the row": shapeOf(5, "concatenation"),
  "with a condition by projection": shapeOf(5, "projection"),
  "with dropout": shapeOf(5, "concatenation", { dropout: 0.5 }),
} as const;

describe.each(Object.entries(CASES))("the critic of packs %s", (_, shape) => {
  const network = makeMlpCritic(shape);
  const weights = weightsOf(network);
  const given = {
    rows: { shape: [ROWS, WIDTH] },
    ...(shape.condition > 0 && { condition: { shape: [ROWS, shape.condition] } }),
  };
  const judge = (p: TensorMap, inputs: TensorMap) => {
    const condition = p.condition === undefined ? [] : [columns(p.condition as tf.Tensor2D)];
    return network.run(p, p.rows as tf.Tensor2D, condition, inputs);
  };

  it("knows the squared norms of its gradients in closed form", async () => {
    const spec: ProgramSpec = {
      name: "norms",
      parameters: { ...network.specs, ...given },
      inputs: network.noise(ROWS),
      run: (p, inputs) => {
        const pass = judge(p, inputs);
        return { outputs: { norms: pass.squaredGradientNorms!() }, loss: tf.sum(pass.score) };
      },
    };
    const parameters = { ...weights, ...randomBuffers(given, random("rows")) };
    const { outputs, gradients } = await runOn("cpu", spec, parameters, noiseOf(network));
    const seen = shape.config.condition.critic === "projection" ? ["rows"] : Object.keys(given);
    outputs.norms!.forEach((norm, pack) => {
      const squares = seen.flatMap((name) => {
        const own = gradients[name]!;
        const size = own.length / (ROWS / 2);
        return own.slice(pack * size, (pack + 1) * size).map((value) => value ** 2);
      });
      expect(norm).toBeCloseTo(
        squares.reduce((sum, square) => sum + square, 0),
        3,
      );
    });
  });

  it("differentiates a penalty on them as finite differences do", async () => {
    const spec: ProgramSpec = {
      name: "penalty",
      parameters: { ...network.specs, ...given },
      inputs: network.noise(ROWS),
      run: (p, inputs) => {
        const loss = tf.mean(judge(p, inputs).squaredGradientNorms!());
        return { outputs: { loss: tf.reshape(loss, [1]) }, loss };
      },
    };
    const parameters = { ...weights, ...randomBuffers(given, random("rows")) };
    const noise = noiseOf(network);
    const { gradients } = await runOn("onnx", spec, parameters, noise);
    for (const name of Object.keys(network.specs).filter((key) => !/bias/.test(key))) {
      const at = Math.floor(parameters[name]!.length / 2);
      const valueAt = async (nudge: number): Promise<number> => {
        const moved = { ...parameters, [name]: parameters[name]!.slice() };
        moved[name]![at]! += nudge;
        return (await runOn("cpu", spec, moved, noise, false)).outputs.loss![0]!;
      };
      const slope = ((await valueAt(1e-2)) - (await valueAt(-1e-2))) / 2e-2;
      expect(Math.abs(gradients[name]![at]! - slope), name).toBeLessThan(0.01 * Math.max(1, Math.abs(slope)));
    }
  });
});

describe("generated, real and mixed rows in one pass", () => {
  it.each(["without condition", "with a condition beside the row", "with dropout"] as const)(
    "is what three passes give, %s",
    (name) => {
      const shape = CASES[name];
      const network = makeMlpCritic(shape);
      const packs = ROWS / 2;
      const partsOf = (given: TensorMap, which: string) =>
        shape.condition === 0 ? [] : [places(given[which] as tf.Tensor1D, shape.condition)];
      const values = (scores: readonly tf.Tensor[]): tf.Tensor =>
        tf.concat(
          scores.map((score) => tf.reshape(score, [-1])),
          0,
        );
      return expectSame({
        parameters: { ...network.specs, fake: { shape: [ROWS, WIDTH] }, real: { shape: [ROWS, WIDTH] } },
        inputs: {
          alpha: { shape: [packs, 1] },
          fakeAt: { shape: [ROWS], type: "int32" },
          realAt: { shape: [ROWS], type: "int32" },
          ...network.noise(3 * ROWS),
        },
        fast: (p, given) => {
          const pass = network.runMixed!(
            p,
            {
              ...{ fake: p.fake as tf.Tensor2D, real: p.real as tf.Tensor2D, alpha: given.alpha as tf.Tensor2D },
              fakeCondition: partsOf(given, "fakeAt"),
              realCondition: partsOf(given, "realAt"),
            },
            given,
          );
          return values([pass.fake, pass.real, pass.squaredGradientNorms()]);
        },
        plain: (p, given) => {
          const [fake, real] = [partsOf(given, "fakeAt"), partsOf(given, "realAt")];
          const mix = (a: tf.Tensor, b: tf.Tensor): tf.Tensor2D => {
            const [from, to] = [a, b].map((x) => tf.reshape(x, [packs, -1])) as [tf.Tensor, tf.Tensor];
            return tf.reshape(tf.add(from, tf.mul(tf.sub(to, from), given.alpha!)), [ROWS, -1]);
          };
          const noise = (third: number): TensorMap =>
            Object.fromEntries(
              Object.keys(network.noise(ROWS)).map((key) => [
                key,
                tf.slice(given[key]!, [third * packs, 0], [packs, -1]),
              ]),
            );
          const mixed = fake.map((part, at) => columns(mix(oneHotOf(part), oneHotOf(real[at]!))));
          return values([
            network.run(p, p.fake as tf.Tensor2D, fake, noise(0)).score,
            network.run(p, p.real as tf.Tensor2D, real, noise(1)).score,
            network.run(p, mix(p.fake!, p.real!), mixed, noise(2)).squaredGradientNorms!(),
          ]);
        },
      });
    },
  );
});

describe("conditions of packs", () => {
  it("add what the rows of the weight at their places add, part by part", () =>
    expectSame({
      parameters: { w: { shape: [14, 4] }, y: { shape: [ROWS, 2] } },
      inputs: { at: { shape: [ROWS], type: "int32" } },
      fast: ({ w, y }, { at }) =>
        conditionSums([places(at as tf.Tensor1D, 5), columns(y as tf.Tensor2D)], w as tf.Tensor2D, 2),
      plain: ({ w, y }, { at }) => {
        const joined = tf.concat([tf.oneHot(at!, 5, 1, 0, "float32"), y!], 1); // [rows, 7]
        return tf.matMul(tf.reshape(joined, [ROWS / 2, 14]) as tf.Tensor2D, w as tf.Tensor2D);
      },
    }));

  it("squared norms of products with a weight", () =>
    expectSame({
      parameters: { u: { shape: [3, 4] }, w: { shape: [6, 4] } },
      fast: ({ u, w }) => squaredProductNorms(u as tf.Tensor2D, w as tf.Tensor2D),
      plain: ({ u, w }) => tf.sum(tf.square(tf.matMul(u as tf.Tensor2D, w as tf.Tensor2D, false, true)), 1),
    }));

  it("starts both parts of the first weight as one layer", () => {
    const network = makeMlpCritic(CASES["with a condition beside the row"]);
    const { views } = makeParameters(network.specs);
    network.initialize(views, random("start"));
    const bound = 1 / Math.sqrt(2 * (WIDTH + 5));
    for (const name of ["critic.weight0", "critic.bias0", "critic.condition"]) {
      const largest = Math.max(...views[name]!.map(Math.abs));
      expect(largest, name).toBeLessThanOrEqual(bound);
      expect(largest, name).toBeGreaterThan(bound / 4);
    }
  });
});

describe("minibatch discrimination", () => {
  it("adds how near the other rows are, by hand: one kernel, rows 0 and 1 alike, row 2 far", async () => {
    // One feature, weight 1 for the first of five dimensions: rows are compared by 0, .5 and 40.
    const spec: ProgramSpec = {
      name: "minibatch",
      parameters: {},
      inputs: { x: { shape: [3, 1] }, w: { shape: [1, 5] } },
      run: (_, { x, w }) => ({ outputs: { y: minibatchFeatures(x as tf.Tensor2D, w!, 1) } }),
    };
    const inputs = { x: Float32Array.of(0, 0.5, 40), w: Float32Array.of(1, 0, 0, 0, 0) };
    for (const engine of ["cpu", "onnx"] as const) {
      const { outputs } = await runOn(engine, spec, {}, inputs, false);
      const near = Math.exp(-0.5);
      expect(worstDifference(outputs, { y: [0, near, 0.5, near, 40, 0] })).toBeLessThan(1e-6);
    }
  });

  it("leaves the critic without a slope in closed form", async () => {
    const network = makeMlpCritic(shapeOf(0, "concatenation", { minibatchDiscrimination: 3 }));
    const spec: ProgramSpec = {
      name: "critic",
      parameters: network.specs,
      inputs: { rows: { shape: [ROWS, WIDTH] } },
      run: (p, { rows }) => {
        const pass = network.run(p, rows as tf.Tensor2D, [], {});
        expect(pass.squaredGradientNorms).toBeUndefined();
        expect(pass.features.shape).toEqual([ROWS / 2, 4 + 3]);
        return { outputs: { score: pass.score }, loss: tf.sum(pass.score) };
      },
    };
    const { outputs } = await runOn("onnx", spec, weightsOf(network), randomBuffers(spec.inputs, random("rows")));
    expect(outputs.score).toHaveLength(ROWS / 2);
    expect(network.runMixed).toBeUndefined();
  });
});
