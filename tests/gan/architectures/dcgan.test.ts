import { describe, expect, it } from "vitest";
import { dcgan } from "../../../src/gan/architectures/dcgan.js";
import type { GanConfig } from "../../../src/gan/config.js";
import { compile } from "../../../src/runtime/compile.js";
import { makeAdam } from "../../../src/runtime/optimizer.js";
import { makeParameters } from "../../../src/runtime/parameters.js";
import type { ProgramSpec } from "../../../src/runtime/program.js";
import { tf } from "../../../src/runtime/tf.js";
import { random, runOn, worstDifference } from "../../runtime/program-helpers.js";
import {
  CONDITION,
  criticSpec,
  generatorSpec,
  inputsOf,
  smallShape,
  weightsOf,
  worstGradientError,
} from "./network-runs.js";
import { firstAndLastError, trainSmall } from "./small-training.js";

/** Fifteen columns on an image of 8 x 8, two convolutions either way. */
function shapeWith(techniques: Partial<GanConfig["techniques"]> = {}, changes: Partial<GanConfig> = {}) {
  const shape = smallShape("dcgan", techniques);
  return { ...shape, config: { ...shape.config, generatorWidths: [6, 4], criticWidths: [4, 6], ...changes } };
}

/** Column c on pixel 3c + 1: spread over the image, pixels in between empty. */
const plan = { side: 8, pixels: Array.from({ length: 15 }, (_, column) => 3 * column + 1) };
const ROWS = 6;

function criticInputs(rows: number, width: number) {
  const data = new Float32Array(rows * width);
  random("rows").fillNormal(data);
  return { rows: data, condition: Int32Array.from({ length: rows }, (_, row) => row % CONDITION) };
}

/** Weights large enough that no finite difference leads over a kink of LeakyReLU. */
function largeWeights(network: Parameters<typeof weightsOf>[0]): Record<string, Float32Array> {
  const entries = Object.entries(weightsOf(network)).map(([name, values]) => [name, values.map((value) => 8 * value)]);
  return Object.fromEntries(entries) as Record<string, Float32Array>;
}

const PROJECTION = { condition: { ...shapeWith().config.condition, critic: "projection" as const } };

describe("the convolutional generator", () => {
  const shape = shapeWith();
  const network = dcgan.makeGenerator(shape, plan);
  const weights = weightsOf(network);
  const inputs = inputsOf(network, shape, ROWS, "training");

  it("gives on onnx what the cpu engine gives, gradients too", async () => {
    const spec = generatorSpec(network, shape, ROWS, "training");
    const [traced, reference] = [await runOn("onnx", spec, weights, inputs), await runOn("cpu", spec, weights, inputs)];
    expect(worstDifference(traced.outputs, reference.outputs)).toBeLessThan(1e-4);
    expect(worstDifference(traced.gradients, reference.gradients)).toBeLessThan(1e-3);
  });

  it("has the gradient of finite differences at every weight", async () => {
    const spec = generatorSpec(network, shape, ROWS, "training");
    expect(await worstGradientError(spec, weights, inputs)).toBeLessThan(0.02);
  });

  it("draws in sampling what the batch's own statistics gave in training", async () => {
    const trained = (await runOn("onnx", generatorSpec(network, shape, ROWS, "training"), weights, inputs, false))
      .outputs;
    const statistics = Object.fromEntries(
      Object.keys(network.statistics).map((name) => [name, Float32Array.from(trained[name]!)]),
    );
    const spec = generatorSpec(network, shape, ROWS, "sampling");
    const drawn = await runOn("onnx", spec, { ...weights, ...statistics }, inputs, false);
    expect(worstDifference({ raw: drawn.outputs.raw! }, { raw: trained.raw! })).toBeLessThan(1e-5);
  });

  it("draws a row in sampling whatever its neighbours in the batch are, in training not", async () => {
    const statistics = Object.fromEntries(
      Object.entries(network.statistics).map(([name, { shape: sizes }]) => [
        name,
        new Float32Array(sizes[0]!).fill(0.5),
      ]),
    );
    const other = { ...inputs, z: Float32Array.from(inputs.z!) };
    other.z.fill(2, shape.config.latent);
    const firstRows = async (pass: "training" | "sampling") => {
      const spec = generatorSpec(network, shape, ROWS, pass);
      const own = pass === "sampling" ? { ...weights, ...statistics } : weights;
      const runs = [await runOn("onnx", spec, own, inputs, false), await runOn("onnx", spec, own, other, false)];
      const [a, b] = runs.map(({ outputs }) => ({ raw: outputs.raw!.slice(0, shape.width) }));
      return worstDifference(a!, b!);
    };
    expect(await firstRows("sampling")).toBeLessThan(1e-6);
    expect(await firstRows("training")).toBeGreaterThan(1e-3);
  });

  it("starts from N(0, .02) weights, gains about 1, biases and shifts 0", () => {
    const { views } = makeParameters(network.specs);
    network.initialize(views, random("fresh"));
    const spread = (values: Float32Array) =>
      Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);
    expect(spread(views["generator.weight0"]!)).toBeCloseTo(0.02, 2);
    expect(spread(views["generator.gain0"]!.map((gain) => gain - 1))).toBeLessThan(0.05);
    expect([...views["generator.shift0"]!, ...views["generator.bias0"]!].every((value) => value === 0)).toBe(true);
  });
});

const CRITICS: readonly (readonly [string, ReturnType<typeof shapeWith>])[] = [
  ["with batch normalization", shapeWith()],
  ["of packs of two rows", shapeWith({ pack: 2 })],
  ["with a projection of packs' conditions", shapeWith({ pack: 2 }, PROJECTION)],
  ["with minibatch discrimination", shapeWith({ minibatchDiscrimination: 3 })],
  ["without batch normalization", shapeWith({}, { objective: "wgan-gp" })],
];

describe("the convolutional critic", () => {
  for (const [name, shape] of CRITICS) {
    const network = dcgan.makeCritic(shape, plan);
    const weights = largeWeights(network);
    const inputs = criticInputs(ROWS, shape.width);
    const spec = criticSpec(network, shape, ROWS);

    it(`${name} scores every pack, on onnx as on the cpu engine, gradients too`, async () => {
      const [traced, reference] = [
        await runOn("onnx", spec, weights, inputs),
        await runOn("cpu", spec, weights, inputs),
      ];
      expect(traced.outputs.score).toHaveLength(ROWS / shape.config.techniques.pack);
      expect(worstDifference(traced.outputs, reference.outputs)).toBeLessThan(1e-4);
      expect(worstDifference(traced.gradients, reference.gradients)).toBeLessThan(1e-3);
    });

    it(`${name} has the gradient of finite differences at every weight`, async () => {
      expect(await worstGradientError(spec, weights, inputs)).toBeLessThan(0.02);
    });
  }

  it("normalizes all layers but the first, and none where a penalty asks for each row's own gradient", () => {
    const gains = (shape: ReturnType<typeof shapeWith>) =>
      Object.keys(dcgan.makeCritic(shape, plan).specs).filter((name) => name.includes(".gain"));
    expect(gains(shapeWith())).toEqual(["critic.gain1"]);
    expect(gains(shapeWith({}, { objective: "wgan-gp" }))).toEqual([]);
    expect(gains(shapeWith({ r1: 0.1 }))).toEqual([]);
  });

  for (const [name, shape] of [
    ["one row a pack", shapeWith({ r1: 1 })],
    ["two rows a pack", shapeWith({ r1: 1, pack: 2 })],
    ["a projection", shapeWith({ r1: 1, pack: 2 }, PROJECTION)],
  ] as const) {
    it(`with ${name}, has the input gradient of finite differences, and a penalty on it too`, async () => {
      const network = dcgan.makeCritic(shape, plan);
      const weights = largeWeights(network);
      const inputs = criticInputs(ROWS, shape.width);
      const norms = criticSpec(network, shape, ROWS, (pass) => pass.squaredGradientNorms!());
      const { made } = (await runOn("onnx", norms, weights, inputs, false)).outputs;
      const { pack } = shape.config.techniques;
      expect(made).toHaveLength(ROWS / pack);
      const expected = await squaredSlopes(criticSpec(network, shape, ROWS), weights, inputs, 1, pack * shape.width);
      expect(made![1]! / expected).toBeCloseTo(1, 3);
      expect(await worstGradientError(norms, weights, inputs)).toBeLessThan(0.02);
    });
  }
});

/** Squared norm of the gradient of one pack's score with respect to its `count` numbers, by finite differences. */
async function squaredSlopes(
  spec: ProgramSpec,
  weights: Record<string, Float32Array>,
  inputs: ReturnType<typeof criticInputs>,
  pack: number,
  count: number,
): Promise<number> {
  const program = await compile(spec, { engine: "onnx" });
  let sum = 0;
  for (let at = 0; at < count; at++) {
    const sides: number[] = [];
    for (const step of [1e-3, -1e-3]) {
      const rows = Float32Array.from(inputs.rows);
      rows[pack * count + at]! += step;
      sides.push((await program.run(weights, { ...inputs, rows })).score![pack]!);
    }
    sum += ((sides[0]! - sides[1]!) / 2e-3) ** 2;
  }
  await program.dispose();
  return sum;
}

describe("what dcgan refuses", () => {
  it("is dropout, and more layers than an image of reasonable size can be halved", () => {
    const of = (techniques: Partial<GanConfig["techniques"]>, changes: Partial<GanConfig> = {}) =>
      dcgan.refuses(shapeWith(techniques, changes).config);
    expect(of({})).toEqual([]);
    expect(of({ dropout: 0.5 })).toHaveLength(1);
    expect(of({}, { criticWidths: [8, 8, 8, 8, 8, 8] })[0]).toContain("at most 5");
  });
});

it("a critic learns to tell two kinds of rows apart within 30 steps", async () => {
  const shape = shapeWith();
  const network = dcgan.makeCritic(shape, plan);
  const { specs } = network;
  const parameters = makeParameters(specs);
  network.initialize(parameters.views, random("learning"));
  const gradients = makeParameters(specs);
  const adam = makeAdam(parameters.flat.length, { beta1: 0.5, beta2: 0.9 });
  const rows = 32;
  const program = await compile(
    criticSpec(network, shape, rows, ({ score }) => {
      const isReal = tf.tensor2d(Array.from({ length: rows }, (_, row) => [row % 2 === 0 ? 1 : -1]));
      return tf.reshape(tf.mean(tf.softplus(tf.neg(tf.mul(score, isReal)))), [1]);
    }),
    { engine: "onnx" },
  );
  const losses: number[] = [];
  for (let step = 0; step < 30; step++) {
    const inputs = criticInputs(rows, shape.width);
    random(`${step}`).fillNormal(inputs.rows);
    // Real rows have their first two columns equal.
    for (let row = 0; row < rows; row += 2) inputs.rows[row * shape.width + 1] = inputs.rows[row * shape.width]! + 2;
    const { made } = await program.run(parameters.views, inputs, gradients.views);
    losses.push(made![0]!);
    adam.step(parameters.flat, gradients.flat, 0.02);
  }
  await program.dispose();
  expect(losses[0]).toBeCloseTo(Math.LN2, 1);
  expect(losses.at(-1)).toBeLessThan(0.5 * Math.LN2);
});

it("preset dcgan halves the error of its drawn rows within 40 steps on a small table", async () => {
  const model = await trainSmall("dcgan", 40, 2);
  const [first, last] = firstAndLastError(model);
  expect(last).toBeLessThan(first / 2);
});
