import type { RandomStream } from "../../core/random.js";
import type { TensorMap, TensorSpecs } from "../../runtime/program.js";
import { tf } from "../../runtime/tf.js";
import { columns, type Part, productOfParts } from "./parts.js";

const LAYERS = 4;
const LEAK = 0.2;
const EPSILON = 1e-8;
/** The mapping network learns at this share of the generator's rate: its weights are kept that much larger than they act. */
const RATE = 0.01;

/**
 * Parameters of StyleGAN's mapping network, z and condition -> a style of as many dimensions as z (Karras et al. 2019,
 * arXiv:1812.04948, section 2; 4 layers instead of 8); names start with `generator.mapping`.
 */
export function mappingParameters(latent: number, condition: number): TensorSpecs {
  const specs: Record<string, { shape: number[] }> = {};
  for (let layer = 0; layer < LAYERS; layer++) {
    specs[`generator.mapping${layer}.weight`] = { shape: [latent + (layer === 0 ? condition : 0), latent] };
    specs[`generator.mapping${layer}.bias`] = { shape: [latent] };
  }
  return specs;
}

/** Weights of normals as He et al. (2015) have them, over the rate; biases 0. */
export function initializeMapping(name: string, values: Float32Array, inputs: number, random: RandomStream): void {
  if (name.endsWith(".bias")) values.fill(0);
  else initializeHe(values, inputs, random, 1 / RATE);
}

/** The style of each row, [B, Z]: normalized z and the condition through layers with LeakyReLU(.2), the last one too. */
export function styleOf(parameters: TensorMap, z: tf.Tensor2D, condition: readonly Part[]): tf.Tensor2D {
  let parts: readonly Part[] = [columns(normalizeRows(z)), ...condition];
  let style = z;
  for (let layer = 0; layer < LAYERS; layer++) {
    const weight = tf.mul(parameters[`generator.mapping${layer}.weight`]!, RATE) as tf.Tensor2D;
    const bias = tf.mul(parameters[`generator.mapping${layer}.bias`]!, RATE);
    style = tf.leakyRelu(productOfParts(parts, weight, bias), LEAK);
    parts = [columns(style)];
  }
  return style;
}

/** Rows over the root of their mean square (pixel norm: Karras et al. 2018, arXiv:1710.10196, section 4.2), [B, Z]. */
export function normalizeRows(x: tf.Tensor2D): tf.Tensor2D {
  return tf.mul(x, tf.rsqrt(tf.add(tf.mean(tf.square(x), 1, true), EPSILON)));
}

/**
 * Normals of variance 2 / inputs, which LeakyReLU hands on (He et al. 2015, arXiv:1502.01852), times `gain`; [inputs, units].
 */
export function initializeHe(values: Float32Array, inputs: number, random: RandomStream, gain = 1): void {
  random.fillNormal(values);
  const deviation = gain * Math.sqrt(2 / (1 + LEAK ** 2) / inputs);
  for (let i = 0; i < values.length; i++) values[i]! *= deviation;
}
