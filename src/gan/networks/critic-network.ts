import type { RandomStream } from "../../core/random.js";
import type { TensorMap, TensorSpecs } from "../../runtime/program.js";
import { tf } from "../../runtime/tf.js";
import { leakySlope } from "./layers.js";

const LEAK = 0.2;

/** Parameters of an MLP critic [rows, inputs] -> [rows, 1] with LeakyReLU(.2); names start with `critic.`. */
export function criticParameters(inputs: number, widths: readonly number[]): TensorSpecs {
  const specs: Record<string, { shape: number[] }> = {};
  const sizes = [inputs, ...widths, 1];
  for (let layer = 0; layer + 1 < sizes.length; layer++) {
    specs[`critic.weight${layer}`] = { shape: [sizes[layer]!, sizes[layer + 1]!] };
    specs[`critic.bias${layer}`] = { shape: [sizes[layer + 1]!] };
  }
  return specs;
}

/**
 * Uniform in +-1/sqrt(inputs of the layer), weights and biases: PyTorch's default for linear layers. A layer's inputs are
 * its weight's rows, or as many as `inputs` says where the weight is kept in parts.
 */
export function initializeLinear(
  views: Readonly<Record<string, Float32Array>>,
  specs: TensorSpecs,
  random: RandomStream,
  inputs: Readonly<Record<string, number>> = {},
): void {
  let bound = 1;
  for (const [name, spec] of Object.entries(specs)) {
    if (spec.shape.length === 2) bound = 1 / Math.sqrt(inputs[name] ?? spec.shape[0]!);
    const values = views[name]!;
    random.fork(name).fillUniform(values);
    for (let i = 0; i < values.length; i++) values[i] = (2 * values[i]! - 1) * bound;
  }
}

export interface CriticPass {
  /** [rows, 1] */
  readonly score: tf.Tensor2D;
  /** The last hidden layer's units, [rows, width]. */
  readonly features: tf.Tensor2D;
  /** Slope of each hidden unit times its dropout factor, by layer: what the input gradient needs; [rows, width]. */
  readonly slopes: readonly tf.Tensor2D[];
}

/** Scores rows. `dropout`, one mask a hidden layer (0 or 1 / keep), is applied after the activation. */
export function criticScore(
  parameters: TensorMap,
  rows: tf.Tensor2D,
  layers: number,
  dropout?: readonly tf.Tensor2D[],
): CriticPass {
  return scoreFromFirst(parameters, affine(parameters, rows, 0), layers, dropout);
}

/** The same from the first layer's sums [rows, width], bias included, before its activation. */
export function scoreFromFirst(
  parameters: TensorMap,
  first: tf.Tensor2D,
  layers: number,
  dropout?: readonly tf.Tensor2D[],
): CriticPass {
  const { features, slopes } = hiddenFromFirst(parameters, first, layers, dropout);
  return { score: affine(parameters, features, layers), features, slopes };
}

/** Hidden layers from the first one's sums [rows, width]: what the score is an affine function of. */
export function hiddenFromFirst(
  parameters: TensorMap,
  first: tf.Tensor2D,
  layers: number,
  dropout?: readonly tf.Tensor2D[],
): Pick<CriticPass, "features" | "slopes"> {
  let features = first;
  const slopes: tf.Tensor2D[] = [];
  for (let layer = 0; layer < layers; layer++) {
    const linear = layer === 0 ? first : affine(parameters, features, layer);
    const slope = leakySlope(linear, LEAK);
    const mask = dropout?.[layer];
    slopes.push(mask === undefined ? slope : tf.mul(slope, mask));
    features = tf.mul(linear, slopes[layer]!);
  }
  return { features, slopes };
}

/**
 * The gradient of the score with respect to the critic's input, in closed form, [rows, inputs]; differentiable in the
 * weights, so that penalties on it (R1, WGAN-GP) need no second derivative of a kernel. The slopes are constant almost
 * everywhere.
 */
export function criticInputGradient(
  parameters: TensorMap,
  slopes: readonly tf.Tensor2D[],
  layers: number,
): tf.Tensor2D {
  return tf.matMul(firstLayerGradient(parameters, slopes, layers), weight(parameters, 0), false, true);
}

/**
 * The gradient of the score with respect to the first layer's sums, [rows, width]; see `criticInputGradient`.
 *
 * @param last the score's gradient with respect to the features, [1 or rows, width]; default: the last layer's weight
 */
export function firstLayerGradient(
  parameters: TensorMap,
  slopes: readonly tf.Tensor2D[],
  layers: number,
  last: tf.Tensor = tf.transpose(weight(parameters, layers)),
): tf.Tensor2D {
  let gradient = tf.mul(slopes[layers - 1]!, last) as tf.Tensor2D; // [rows, width]
  for (let layer = layers - 1; layer > 0; layer--) {
    gradient = tf.mul(tf.matMul(gradient, weight(parameters, layer), false, true), slopes[layer - 1]!);
  }
  return gradient;
}

function affine(parameters: TensorMap, x: tf.Tensor2D, layer: number): tf.Tensor2D {
  return tf.add(tf.matMul(x, weight(parameters, layer)), parameters[`critic.bias${layer}`]!);
}

function weight(parameters: TensorMap, layer: number): tf.Tensor2D {
  return parameters[`critic.weight${layer}`] as tf.Tensor2D;
}
