import type { RandomStream } from "../../src/core/random.js";
import { compile } from "../../src/runtime/compile.js";
import { convolve, convolveTransposed } from "../../src/runtime/convolution.js";
import { gelu } from "../../src/runtime/gelu.js";
import { halvingTaps } from "../../src/runtime/halving-taps.js";
import { makeAdam } from "../../src/runtime/optimizer.js";
import { makeParameters, type Parameters } from "../../src/runtime/parameters.js";
import type { EngineName, ProgramSpec, TensorMap } from "../../src/runtime/program.js";
import { tf } from "../../src/runtime/tf.js";
import { randomBuffers } from "./program-helpers.js";

const ROWS = 16;

/** A classifier with layer normalization, gelu and softmax cross-entropy. */
export const classifier: ProgramSpec = {
  name: "classifier",
  parameters: {
    input: { shape: [6, 12] },
    gain: { shape: [12] },
    shift: { shape: [12] },
    up: { shape: [12, 12] },
    upBias: { shape: [12] },
    output: { shape: [12, 4] },
    outputBias: { shape: [4] },
  },
  inputs: { x: { shape: [ROWS, 6] }, label: { shape: [ROWS], type: "int32" } },
  run: (p, { x, label }) => {
    const h = tf.matMul(x as tf.Tensor2D, p.input as tf.Tensor2D);
    const centred = tf.sub(h, tf.mean(h, 1, true));
    const spread = tf.rsqrt(tf.add(tf.mean(tf.square(centred), 1, true), 1e-5));
    const normed = tf.add(tf.mul(tf.mul(centred, spread), p.gain!), p.shift!);
    const up = tf.add(tf.matMul(normed as tf.Tensor2D, p.up as tf.Tensor2D), p.upBias!);
    const residual = tf.add(h, gelu(up)) as tf.Tensor2D;
    const logits = tf.add(tf.matMul(residual, p.output as tf.Tensor2D), p.outputBias!);
    const target = tf.oneHot(label!, 4, 1, 0, "float32");
    const loss = tf.neg(tf.mean(tf.sum(tf.mul(tf.logSoftmax(logits), target), 1)));
    return { outputs: { loss, logits }, loss };
  },
};

/** A WGAN-GP critic; the input gradient of its penalty is written in closed form with step masks. */
export const critic: ProgramSpec = {
  name: "critic",
  parameters: {
    first: { shape: [5, 8] },
    firstBias: { shape: [8] },
    second: { shape: [8, 8] },
    secondBias: { shape: [8] },
    last: { shape: [8, 1] },
  },
  inputs: { real: { shape: [ROWS, 5] }, fake: { shape: [ROWS, 5] }, mix: { shape: [ROWS, 1] } },
  run: (p, { real, fake, mix }) => {
    const between = tf.add(tf.mul(real!, mix!), tf.mul(fake!, tf.sub(1, mix!)));
    const { masks } = score(p, between);
    const back = tf.mul(tf.transpose(p.last!), masks[1]!);
    const inner = tf.mul(tf.matMul(back as tf.Tensor2D, p.second as tf.Tensor2D, false, true), masks[0]!);
    const slope = tf.matMul(inner as tf.Tensor2D, p.first as tf.Tensor2D, false, true);
    const norms = tf.sqrt(tf.add(tf.sum(tf.square(slope), 1), 1e-12));
    const penalty = tf.mul(10, tf.mean(tf.square(tf.sub(norms, 1))));
    const distance = tf.sub(tf.mean(score(p, fake!).value), tf.mean(score(p, real!).value));
    return { outputs: { slope, penalty }, loss: tf.add(distance, penalty) };
  },
};

const PIXELS = Array.from({ length: 16 }, (_, pixel) => pixel);

/** Images of 4 x 4 through a convolution and a transposed one. */
export const autoencoder: ProgramSpec = {
  name: "autoencoder",
  parameters: {
    down: { shape: [5, 16] },
    downBias: { shape: [5, 1] },
    up: { shape: [5, 16] },
    upBias: { shape: [16] },
  },
  inputs: { images: { shape: [ROWS, 16] } },
  run: (p, { images }) => {
    const taps = halvingTaps([PIXELS], 4, 16);
    const pixels = tf.reshape(tf.transpose(images!), [16, 1, ROWS]) as tf.Tensor3D;
    const hidden = tf.leakyRelu(tf.add(convolve(pixels, p.down as tf.Tensor2D, taps), p.downBias!), 0.2) as tf.Tensor3D;
    const painted = convolveTransposed(hidden, p.up as tf.Tensor2D, taps);
    const restored = tf.add(tf.transpose(tf.reshape(painted, [16, ROWS])), p.upBias!);
    return { outputs: { restored }, loss: tf.mean(tf.square(tf.sub(restored, images!))) };
  },
};

/** The critic's score and the slopes of its hidden units. */
export function score(p: TensorMap, x: tf.Tensor): { value: tf.Tensor; masks: tf.Tensor[] } {
  const first = tf.add(tf.matMul(x as tf.Tensor2D, p.first as tf.Tensor2D), p.firstBias!) as tf.Tensor2D;
  const second = tf.add(tf.matMul(tf.leakyRelu(first, 0.2), p.second as tf.Tensor2D), p.secondBias!) as tf.Tensor2D;
  const value = tf.matMul(tf.leakyRelu(second, 0.2), p.last as tf.Tensor2D);
  return { value, masks: [tf.step(first, 0.2), tf.step(second, 0.2)] };
}

/** Trains from small random weights on fresh random inputs at every step; the same for every engine. */
export async function train(
  engine: EngineName,
  spec: ProgramSpec,
  random: RandomStream,
  steps: number,
  threads = 1,
): Promise<Parameters> {
  const program = await compile(spec, { engine, threads });
  const parameters = makeParameters(spec.parameters);
  random.fork("weights").fillNormal(parameters.flat);
  for (let i = 0; i < parameters.flat.length; i++) parameters.flat[i]! *= 0.3;
  const gradients = makeParameters(spec.parameters);
  const adam = makeAdam(parameters.flat.length, { beta1: 0.5, beta2: 0.9, epsilon: 1e-4, clipNorm: 5 });
  for (let step = 0; step < steps; step++) {
    const inputs = randomBuffers(spec.inputs, random.fork(step));
    await program.run(parameters.views, inputs, gradients.views);
    adam.step(parameters.flat, gradients.flat, 0.01);
  }
  await program.dispose();
  return parameters;
}

/** Norm of the difference of two runs' weights over the norm of the second's. */
export function relativeDifference(a: Parameters, b: Parameters): number {
  let difference = 0;
  let norm = 0;
  for (let i = 0; i < b.flat.length; i++) {
    difference += (a.flat[i]! - b.flat[i]!) ** 2;
    norm += b.flat[i]! ** 2;
  }
  return Math.sqrt(difference / norm);
}
