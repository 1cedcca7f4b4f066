import type { RandomStream } from "../../core/random.js";
import { gelu } from "../../runtime/gelu.js";
import type { TensorMap, TensorSpecs } from "../../runtime/program.js";
import { tf } from "../../runtime/tf.js";
import { layerNorm } from "./layers.js";

/** Sizes of a completion network. */
export interface CompletionShape {
  /** Discrete fields, K. */
  readonly fields: number;
  /** Levels of all fields together, L. */
  readonly levels: number;
  /** Width of the residual stream, H. */
  readonly width: number;
  readonly blocks: number;
  /** Dimensions of the latent z, Z. */
  readonly latent: number;
}

/**
 * Parameters of G(x, known, z): x is the one-hot levels of the known fields and the known flags, [rows, L + K]. Its first
 * L rows of `input` are one embedding per level, the next K one per known flag.
 */
export function completionParameters(shape: CompletionShape): TensorSpecs {
  const { fields, levels, width, blocks, latent } = shape;
  const specs: Record<string, { shape: number[] }> = {
    input: { shape: [levels + fields, width] },
    inputBias: { shape: [width] },
    latent: { shape: [latent, width] },
  };
  for (let block = 0; block < blocks; block++) {
    specs[`block${block}.gain`] = { shape: [width] };
    specs[`block${block}.shift`] = { shape: [width] };
    specs[`block${block}.up`] = { shape: [width, width] };
    specs[`block${block}.upBias`] = { shape: [width] };
    specs[`block${block}.down`] = { shape: [width, width] };
    specs[`block${block}.downBias`] = { shape: [width] };
  }
  specs["output.gain"] = { shape: [width] };
  specs["output.shift"] = { shape: [width] };
  specs["output.weight"] = { shape: [width, levels] };
  specs["output.bias"] = { shape: [levels] };
  return specs;
}

/** The matrices, which weight decay applies to; gains, shifts and biases are left alone. */
export function decayedParameters(specs: TensorSpecs): string[] {
  return Object.keys(specs).filter((name) => specs[name]!.shape.length === 2);
}

/**
 * Starting weights: `down` matrices N(0, .02 / sqrt(2)) so that blocks start near the identity; the output's bias at the
 * logarithm of the levels' frequencies, so that training starts at the independent model; z without effect (weights 0)
 * until the adversarial phase finds a use for it.
 *
 * @param frequencies share of each level among the training rows, [L]
 */
export function initializeCompletion(
  views: Readonly<Record<string, Float32Array>>,
  shape: CompletionShape,
  frequencies: Float64Array,
  random: RandomStream,
): void {
  for (const [name, values] of Object.entries(views)) {
    const stream = random.fork(name);
    if (name.endsWith(".gain")) values.fill(1);
    else if (name === "input") fillScaled(values, stream, 0.1);
    else if (name.endsWith(".up")) fillScaled(values, stream, 1 / Math.sqrt(shape.width));
    else if (name.endsWith(".down")) fillScaled(values, stream, 0.02 / Math.sqrt(2));
    else if (name === "output.weight") fillScaled(values, stream, 0.02);
    else if (name === "output.bias") values.set(Array.from(frequencies, (share) => Math.log(Math.max(share, 1e-5))));
    else values.fill(0);
  }
}

/** First layer without z: x [rows, L + K] -> [rows, H]. */
export function completionInput(parameters: TensorMap, x: tf.Tensor2D): tf.Tensor2D {
  return tf.add(tf.matMul(x, parameters.input as tf.Tensor2D), parameters.inputBias!); // [rows, H]
}

/**
 * From the first layer's sums [rows, H] to the features that the output layer reads [rows, H].
 *
 * @param keep factors of the hidden units of each block and of the features, [rows, (blocks + 1) H]: dropout in training
 */
export function completionTrunk(
  parameters: TensorMap,
  first: tf.Tensor2D,
  blocks: number,
  keep?: tf.Tensor2D,
): tf.Tensor2D {
  const kept = keep === undefined ? [] : (tf.split(keep, blocks + 1, 1) as tf.Tensor2D[]);
  const drop = (x: tf.Tensor2D, at: number): tf.Tensor2D => (kept.length === 0 ? x : tf.mul(x, kept[at]!));
  let h = first;
  for (let block = 0; block < blocks; block++) {
    const normed = layerNorm(h, parameters[`block${block}.gain`]!, parameters[`block${block}.shift`]!);
    const up = tf.add(tf.matMul(normed, weight(parameters, `block${block}.up`)), parameters[`block${block}.upBias`]!);
    const down = tf.matMul(drop(gelu(up as tf.Tensor2D), block), weight(parameters, `block${block}.down`));
    h = tf.add(h, tf.add(down, parameters[`block${block}.downBias`]!)); // [rows, H]
  }
  return drop(gelu(layerNorm(h, parameters["output.gain"]!, parameters["output.shift"]!)), blocks); // [rows, H]
}

/** What the output layer reads: x [rows, L + K], z [rows, Z] or none (z = 0) -> [rows, H]. `keep` as in `completionTrunk`. */
export function completionFeatures(
  parameters: TensorMap,
  x: tf.Tensor2D,
  blocks: number,
  noise: { readonly z?: tf.Tensor2D; readonly keep?: tf.Tensor2D | undefined } = {},
): tf.Tensor2D {
  const known = completionInput(parameters, x);
  const first = noise.z === undefined ? known : tf.add(known, tf.matMul(noise.z, weight(parameters, "latent")));
  return completionTrunk(parameters, first as tf.Tensor2D, blocks, noise.keep);
}

/**
 * The whole network: x [rows, L + K], z [rows, Z] or none (z = 0) -> logits of all levels [rows, L]. `keep` as in
 * `completionTrunk`.
 */
export function completionLogits(
  parameters: TensorMap,
  x: tf.Tensor2D,
  blocks: number,
  noise: { readonly z?: tf.Tensor2D; readonly keep?: tf.Tensor2D | undefined } = {},
): tf.Tensor2D {
  const features = completionFeatures(parameters, x, blocks, noise);
  return tf.add(tf.matMul(features, weight(parameters, "output.weight")), parameters["output.bias"]!); // [rows, L]
}

function weight(parameters: TensorMap, name: string): tf.Tensor2D {
  return parameters[name] as tf.Tensor2D;
}

function fillScaled(values: Float32Array, random: RandomStream, deviation: number): void {
  random.fillNormal(values);
  for (let i = 0; i < values.length; i++) values[i]! *= deviation;
}
