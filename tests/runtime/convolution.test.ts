import { describe, expect, it } from "vitest";
import { convolve, convolveTransposed } from "../../src/runtime/convolution.js";
import { halvingTaps } from "../../src/runtime/halving-taps.js";
import type { ProgramSpec } from "../../src/runtime/program.js";
import { tf } from "../../src/runtime/tf.js";
import { random, randomBuffers, runOn, worstDifference } from "./program-helpers.js";
import { autoencoder } from "./training-programs.js";

const SIDE = 4;
const pixels = Array.from({ length: SIDE ** 2 }, (_, pixel) => pixel);
const taps = halvingTaps([pixels], SIDE, SIDE ** 2);

/** One channel, one image; the kernel has ones only, or what `kernel` says. */
function single(
  apply: typeof convolve,
  inputs: number,
  kernel: readonly number[] = new Array(16).fill(1),
): ProgramSpec {
  return {
    name: "single",
    parameters: {},
    inputs: { x: { shape: [inputs, 1, 1] } },
    run: (_, { x }) => ({ outputs: { y: apply(x as tf.Tensor3D, tf.tensor2d([[...kernel]]), taps) } }),
  };
}

const run = async (spec: ProgramSpec, x: readonly number[]): Promise<number[]> =>
  (await runOn("onnx", spec, {}, { x: Float32Array.from(x) }, false)).outputs.y!;

describe("a convolution with kernel 4, stride 2 and margin 1", () => {
  it("sums the nine pixels that each window has inside of the image 1..16", async () => {
    // Rows 1-3 and columns 1-3: 1+2+3 + 5+6+7 + 9+10+11 = 54; a step right adds 9, a step down 4 x 9.
    expect(
      await run(
        single(convolve, 16),
        pixels.map((pixel) => pixel + 1),
      ),
    ).toEqual([54, 63, 90, 99]);
  });

  it("weighs a pixel by its place in the window", async () => {
    const kernel = pixels.map((place) => (place === 5 ? 1 : 0)); // second row, second column
    const image = pixels.map((pixel) => pixel + 1);
    expect(await run(single(convolve, 16, kernel), image)).toEqual([1, 3, 9, 11]);
  });

  it("transposed, paints its kernel where the window lies, cut off at the margin", async () => {
    const kernel = pixels.map((place) => place + 1);
    const painted = await run(single(convolveTransposed, 4, kernel), [1, 0, 0, 0]);
    expect(painted).toEqual([6, 7, 8, 0, 10, 11, 12, 0, 14, 15, 16, 0, 0, 0, 0, 0]);
    const lastPainted = await run(single(convolveTransposed, 4, kernel), [0, 0, 0, 1]);
    expect(lastPainted).toEqual([0, 0, 0, 0, 0, 1, 2, 3, 0, 5, 6, 7, 0, 9, 10, 11]);
  });
});

const [BATCH, CHANNELS, OUTPUTS] = [3, 2, 5];
const large = halvingTaps([Array.from({ length: 64 }, (_, pixel) => pixel)], 8, 64);
const specs = {
  x: { shape: [64, CHANNELS, BATCH] },
  y: { shape: [16, OUTPUTS, BATCH] },
  weight: { shape: [OUTPUTS, 16 * CHANNELS] },
};

/** TensorFlow.js' own convolutions on the same numbers, in its order of axes. */
const theirs: ProgramSpec = {
  name: "theirs",
  parameters: specs,
  inputs: {},
  run: ({ x, y, weight }) => {
    const toImages = (z: tf.Tensor, side: number) =>
      tf.reshape(tf.transpose(z, [2, 0, 1]), [BATCH, side, side, -1]) as tf.Tensor4D;
    const fromImages = (z: tf.Tensor) => tf.transpose(tf.reshape(z, [BATCH, -1, z.shape[3]!]), [1, 2, 0]);
    const kernel = tf.transpose(tf.reshape(weight!, [OUTPUTS, 4, 4, CHANNELS]), [1, 2, 3, 0]) as tf.Tensor4D;
    const down = tf.conv2d(toImages(x!, 8), kernel, 2, 1);
    const up = tf.conv2dTranspose(toImages(y!, 4), kernel, [BATCH, 8, 8, CHANNELS], 2, 1);
    return { outputs: { down: fromImages(down), up: fromImages(up) } };
  },
};

const ours: ProgramSpec = {
  ...theirs,
  name: "ours",
  run: ({ x, y, weight }) => {
    const down = convolve(x as tf.Tensor3D, weight as tf.Tensor2D, large);
    const up = convolveTransposed(y as tf.Tensor3D, weight as tf.Tensor2D, large);
    const loss = tf.add(tf.sum(tf.mul(down, y!)), tf.sum(tf.square(up)));
    return { outputs: { down, up }, loss };
  },
};

describe("convolutions on random images", () => {
  const parameters = randomBuffers(specs, random("convolutions"));

  it("are TensorFlow.js' own, transposed ones too", async () => {
    const expected = await runOn("cpu", theirs, parameters, {}, false);
    const found = await runOn("onnx", ours, parameters, {}, false);
    expect(worstDifference(found.outputs, expected.outputs)).toBeLessThan(1e-5);
  });

  it("have one gradient on every engine, and finite differences have it too", async () => {
    const reference = await runOn("cpu", ours, parameters, {});
    const traced = await runOn("onnx", ours, parameters, {});
    expect(worstDifference(traced.gradients, reference.gradients)).toBeLessThan(1e-4);
    for (const name of ["x", "y", "weight"]) {
      for (const at of [0, 17, 76]) {
        const slope = await slopeOf(parameters, name, at);
        expect(Math.abs(slope - reference.gradients[name]![at]!)).toBeLessThan(0.02 * (1 + Math.abs(slope)));
      }
    }
  });

  it("with a free batch give the same numbers image by image", async () => {
    const free: ProgramSpec = {
      name: "free",
      freeBatch: true,
      parameters: { weight: specs.weight },
      inputs: { rows: { shape: [4, 64 * CHANNELS] } },
      run: ({ weight }, { rows }) => {
        const images = tf.reshape(tf.transpose(rows!), [64, CHANNELS, rows!.shape[0]!]) as tf.Tensor3D;
        const down = convolve(images, weight as tf.Tensor2D, large);
        const up = convolveTransposed(tf.relu(down), weight as tf.Tensor2D, large);
        return { outputs: { y: tf.transpose(tf.reshape(up, [64 * CHANNELS, rows!.shape[0]!])) } };
      },
    };
    const weight = parameters.weight!;
    const rows = parameters.x!;
    const together = (await runOn("onnx", free, { weight }, { rows }, false)).outputs.y!;
    const one = rows.length / BATCH;
    for (let image = 0; image < BATCH; image++) {
      const own = { rows: rows.slice(image * one, (image + 1) * one) };
      const alone = (await runOn("onnx", free, { weight }, own, false)).outputs.y!;
      const part = together.slice(image * one, (image + 1) * one);
      expect(worstDifference({ y: alone }, { y: part })).toBeLessThan(1e-5);
    }
  });
});

async function slopeOf(parameters: Readonly<Record<string, Float32Array | Int32Array>>, name: string, at: number) {
  const losses: number[] = [];
  const spec: ProgramSpec = {
    ...ours,
    run: (p, i) => ({ outputs: { loss: tf.reshape(ours.run(p, i).loss!, [1]) } }),
  };
  for (const step of [0.05, -0.05]) {
    const moved = Float32Array.from(parameters[name]!);
    moved[at]! += step;
    losses.push((await runOn("cpu", spec, { ...parameters, [name]: moved }, {}, false)).outputs.loss![0]!);
  }
  return (losses[0]! - losses[1]!) / 0.1;
}

it("a whole step of an autoencoder of convolutions is the cpu engine's", async () => {
  const parameters = randomBuffers(autoencoder.parameters, random("autoencoder"));
  const inputs = randomBuffers(autoencoder.inputs, random("images"));
  const reference = await runOn("cpu", autoencoder, parameters, inputs);
  const traced = await runOn("onnx", autoencoder, parameters, inputs);
  expect(worstDifference(traced.outputs, reference.outputs)).toBeLessThan(1e-4);
  expect(worstDifference(traced.gradients, reference.gradients)).toBeLessThan(1e-3);
});
