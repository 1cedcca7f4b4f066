import { describe, expect, it } from "vitest";
import { stylegan } from "../../../src/gan/architectures/stylegan.js";
import { normalizeRows } from "../../../src/gan/networks/mapping-network.js";
import { mixStyles, modulatedProduct } from "../../../src/gan/networks/style-generator.js";
import type { Buffers, ProgramSpec, TensorSpecs } from "../../../src/runtime/program.js";
import { tf } from "../../../src/runtime/tf.js";
import { random, runOn, worstDifference } from "../../runtime/program-helpers.js";
import { generatorSpec, inputsOf, smallShape, weightsOf, worstGradientError } from "./network-runs.js";
import { firstAndLastError, trainSmall } from "./small-training.js";

const shape = smallShape("stylegan");
const network = stylegan.makeGenerator(shape, {});
const weights = weightsOf(network);
const style = Float32Array.of(0.3, -0.2, 0.5, 0.1);

/** Rows of the sampling pass, [rows, W]. */
async function sampled(rows: number, truncation: number, changes: Buffers = {}): Promise<number[]> {
  const inputs = { ...inputsOf(network, shape, rows, "sampling"), truncation: new Float32Array(rows).fill(truncation) };
  const parameters = { ...weights, "statistics.style": style, ...changes };
  return (await runOn("onnx", generatorSpec(network, shape, rows, "sampling"), parameters, inputs, false)).outputs.raw!;
}

/** Weights of which the noise has no strength. */
const silent = Object.fromEntries(
  Object.entries(weights).map(([name, values]) => [name, name.endsWith(".noise") ? values.map(() => 0) : values]),
);

async function computed(
  parameters: Readonly<Record<string, readonly [shape: number[], values: number[]]>>,
  run: ProgramSpec["run"],
): Promise<Record<string, number[]>> {
  const specs: TensorSpecs = Object.fromEntries(
    Object.entries(parameters).map(([name, [own]]) => [name, { shape: own }]),
  );
  const values = Object.fromEntries(
    Object.entries(parameters).map(([name, [, own]]) => [name, Float32Array.from(own)]),
  );
  return (await runOn("onnx", { name: "computed", parameters: specs, inputs: {}, run }, values, {}, false)).outputs;
}

describe("a layer modulated by a style", () => {
  const parameters = {
    x: [
      [1, 2],
      [1, -1],
    ],
    style: [
      [2, 1],
      [1, 2],
    ],
    "generator.style0.weight": [
      [1, 2],
      [1, 0],
    ],
    "generator.style0.bias": [[2], [1, 1]],
    "generator.layer0.weight": [
      [2, 2],
      [3, 1, 4, 2],
    ],
  } as const;
  const product = (demodulate: boolean) =>
    computed(parameters as never, (p) => ({
      outputs: { y: modulatedProduct(p, 0, p.x as tf.Tensor2D, p.style as tf.Tensor2D, demodulate) },
    }));

  it("scales the weight's rows: scales (2, 1) and (3, 1) of x (1, -1) through ((3, 1), (4, 2))", async () => {
    // Row 1: (2, -1) W = (2, 0); row 2: (3, -1) W = (5, 1).
    expect((await product(false)).y).toEqual([2, 0, 5, 1]);
  });

  it("demodulated, divides by the norms of the scaled columns: (6, 4) and (2, 2); (9, 4) and (3, 2)", async () => {
    const expected = [2 / Math.sqrt(52), 0, 5 / Math.sqrt(97), 1 / Math.sqrt(13)];
    const { y } = await product(true);
    for (const [at, value] of expected.entries()) expect(y![at]).toBeCloseTo(value, 6);
  });

  it("demodulated, hands unit variance on whatever the style: each column of its weight has norm 1", async () => {
    const identity = [1, 0, 0, 0, 1, 0, 0, 0, 1];
    const { y } = await computed(
      {
        x: [[3, 3], identity],
        style: [
          [3, 1],
          [7, 7, 7],
        ],
        "generator.style0.weight": [
          [1, 3],
          [2, -0.5, 1],
        ],
        "generator.style0.bias": [[3], [1, 1, 1]],
        "generator.layer0.weight": [
          [3, 2],
          [0.2, -1, 0.7, 3, 0.1, 0.4],
        ],
      },
      (p) => ({ outputs: { y: modulatedProduct(p, 0, p.x as tf.Tensor2D, p.style as tf.Tensor2D, true) } }),
    );
    for (const column of [0, 1]) expect(Math.hypot(y![column]!, y![2 + column]!, y![4 + column]!)).toBeCloseTo(1, 5);
  });
});

describe("the mapping network", () => {
  it("normalizes z to a mean square of 1: (3, 4, 0, 0) becomes (1.2, 1.6, 0, 0)", async () => {
    const { y } = await computed(
      {
        z: [
          [1, 4],
          [3, 4, 0, 0],
        ],
      },
      ({ z }) => ({
        outputs: { y: normalizeRows(z as tf.Tensor2D) },
      }),
    );
    for (const [at, value] of [1.2, 1.6, 0, 0].entries()) expect(y![at]).toBeCloseTo(value, 6);
  });

  it("hands on the mean style of the batch, which does not know of the second z", async () => {
    const spec = generatorSpec(network, shape, 5, "training");
    const inputs = inputsOf(network, shape, 5, "training");
    const first = await runOn("onnx", spec, weights, inputs);
    const other = { ...inputs, "noise.secondZ": (inputs["noise.secondZ"] as Float32Array).map((u) => 1 - u) };
    const second = await runOn("onnx", spec, weights, other);
    expect(first.outputs["statistics.style"]).toHaveLength(4);
    expect(second.outputs["statistics.style"]).toEqual(first.outputs["statistics.style"]);
    expect(second.outputs.raw).not.toEqual(first.outputs.raw);
  });
});

describe("style mixing", () => {
  it("gives the second style after the crossover, to half the rows, never to the first layer", async () => {
    // With 4 layers: crossover after layer 1 below 1/6, after 2 below 1/3, after 3 below 1/2, no mixing from there on.
    const { y } = await computed(
      {
        first: [
          [4, 1],
          [1, 1, 1, 1],
        ],
        second: [
          [4, 1],
          [2, 2, 2, 2],
        ],
        at: [
          [4, 1],
          [0.01, 0.3, 0.49, 0.51],
        ],
      },
      ({ first, second, at }) => {
        const layers = mixStyles(first as tf.Tensor2D, second as tf.Tensor2D, at as tf.Tensor2D, 4);
        return { outputs: { y: tf.concat(layers, 1) } };
      },
    );
    expect(y).toEqual([1, 2, 2, 2, 1, 1, 2, 2, 1, 1, 1, 2, 1, 1, 1, 1]);
  });
});

describe("truncation", () => {
  it("0 gives every row the mean style: rows differ by noise alone", async () => {
    const quiet = await sampled(3, 0, silent);
    const row = (values: number[], at: number) => values.slice(at * shape.width, (at + 1) * shape.width);
    expect(row(quiet, 1)).toEqual(row(quiet, 0));
    expect(row(await sampled(3, 0), 1)).not.toEqual(row(await sampled(3, 0), 0));
    const loud = await sampled(3, 1, silent);
    expect(row(loud, 1)).not.toEqual(row(loud, 0));
  });

  it("1 does not know of the mean style, to the bit", async () => {
    expect(await sampled(4, 1, { "statistics.style": style.map((value) => value + 100) })).toEqual(await sampled(4, 1));
  });

  it("lies between: rows come nearer to the mean style's row as it falls", async () => {
    const mean = await sampled(20, 0, silent);
    const distances: number[] = [];
    for (const truncation of [0.3, 0.7, 1]) {
      const rows = await sampled(20, truncation, silent);
      distances.push(Math.hypot(...rows.map((value, at) => value - mean[at]!)));
    }
    expect(distances[0]).toBeLessThan(distances[1]!);
    expect(distances[1]).toBeLessThan(distances[2]!);
  });
});

describe("the style-based generator", () => {
  it("draws a row whatever its neighbours are", async () => {
    const many = await sampled(6, 0.8);
    const few = await sampled(2, 0.8);
    expect(many.slice(0, 2 * shape.width)).toEqual(few);
  });

  it("has the gradient that finite differences find, in every weight", async () => {
    const spec = generatorSpec(network, shape, 5, "training");
    expect(await worstGradientError(spec, weights, inputsOf(network, shape, 5, "training"))).toBeLessThan(0.05);
  });

  it("computes the same on both engines", async () => {
    const spec = generatorSpec(network, shape, 5, "training");
    const inputs = inputsOf(network, shape, 5, "training");
    const [cpu, onnx] = [await runOn("cpu", spec, weights, inputs), await runOn("onnx", spec, weights, inputs)];
    expect(worstDifference(onnx.outputs, cpu.outputs)).toBeLessThan(1e-4);
    expect(worstDifference(onnx.gradients, cpu.gradients)).toBeLessThan(1e-3);
  });

  it("begins without modulation and without noise", () => {
    const fresh = Object.fromEntries(
      Object.entries(network.specs).map(([name, { shape: sizes }]) => [
        name,
        new Float32Array(sizes.reduce((size, length) => size * length)),
      ]),
    );
    network.initialize(fresh, random("fresh"));
    for (const [name, values] of Object.entries(fresh)) {
      if (/style\d\.bias$/.test(name)) expect(new Set(values), name).toEqual(new Set([1]));
      else if (/bias$|noise$/.test(name)) expect(new Set(values), name).toEqual(new Set([0]));
      else
        expect(
          values.some((value) => value !== 0),
          name,
        ).toBe(true);
    }
  });
});

it("learns a small table", async () => {
  const [first, last] = firstAndLastError(await trainSmall("stylegan", 200, 2));
  expect(last).toBeLessThan(0.8 * first);
});
