import type { Field } from "../../encode/field.js";
import type { TensorMap, TensorSpecs } from "../../runtime/program.js";
import { tf } from "../../runtime/tf.js";
import type { GeneratorPass } from "../architectures/architecture.js";
import { batchNormRelu } from "./layers.js";
import { columns, type Part, productOfParts } from "./parts.js";

/** Sizes of CTGAN's generator. */
export interface CtganShape {
  readonly fields: readonly Field[];
  readonly latent: number;
  /** Width of the condition vector; 0 without discrete columns. */
  readonly condition: number;
  readonly widths: readonly number[];
}

/** Columns of a field in the concatenated output: its levels, or 1 for a scalar. */
export function fieldWidth(field: Field): number {
  return field.kind === "discrete" ? field.levels : 1;
}

/** Columns of the concatenated output. */
export function outputWidth(fields: readonly Field[]): number {
  return fields.reduce((sum, field) => sum + fieldWidth(field), 0);
}

/**
 * Parameters of [z, condition] -> 2 x [Linear, BatchNorm, ReLU, concatenated with its input] -> Linear
 * (Xu et al. 2019, arXiv:1907.00503, section 4.4); names start with `generator.`, weights before biases.
 */
export function ctganParameters(shape: CtganShape): TensorSpecs {
  const specs: Record<string, { shape: number[] }> = {};
  let width = shape.latent + shape.condition;
  shape.widths.forEach((units, layer) => {
    specs[`generator.weight${layer}`] = { shape: [width, units] };
    specs[`generator.bias${layer}`] = { shape: [units] };
    specs[`generator.gain${layer}`] = { shape: [units] };
    specs[`generator.shift${layer}`] = { shape: [units] };
    width += units;
  });
  const last = shape.widths.length;
  specs[`generator.weight${last}`] = { shape: [width, outputWidth(shape.fields)] };
  specs[`generator.bias${last}`] = { shape: [outputWidth(shape.fields)] };
  return specs;
}

/** Means and variances of the linear layers' outputs over the population, one pair a layer: constants when sampling. */
export function statisticsSpecs(shape: CtganShape): TensorSpecs {
  const specs: Record<string, { shape: number[] }> = {};
  shape.widths.forEach((units, layer) => {
    specs[`statistics.mean${layer}`] = { shape: [units] };
    specs[`statistics.variance${layer}`] = { shape: [units] };
  });
  return specs;
}

/**
 * Runs the generator on z and condition side by side (one-hot, or by its place); normalizes over the batch, or over the
 * population where its statistics are given; the pass's statistics are named as `statisticsSpecs`. What a layer sees is
 * never put together: its products are added up.
 */
export function ctganRaw(
  parameters: TensorMap,
  input: readonly Part[],
  layers: number,
  population?: TensorMap,
): GeneratorPass {
  let parts = input;
  const statistics: Record<string, tf.Tensor> = {};
  for (let layer = 0; layer < layers; layer++) {
    const linear = affine(parameters, parts, layer);
    const mean = population?.[`statistics.mean${layer}`] ?? tf.mean(linear, 0); // [units]
    const centred = tf.sub(linear, mean) as tf.Tensor2D;
    const variance = population?.[`statistics.variance${layer}`] ?? tf.mean(tf.square(centred), 0); // [units]
    statistics[`statistics.mean${layer}`] = mean;
    statistics[`statistics.variance${layer}`] = variance;
    const gain = parameters[`generator.gain${layer}`]!;
    const shift = parameters[`generator.shift${layer}`]!;
    parts = [columns(batchNormRelu(centred, variance, gain, shift)), ...parts];
  }
  return { raw: affine(parameters, parts, layers), statistics };
}

/** Gumbel(0, 1) noise from uniforms in (0, 1), any shape. */
export function gumbelNoise(uniform: tf.Tensor2D): tf.Tensor2D {
  return tf.neg(tf.log(tf.neg(tf.log(uniform))));
}

/**
 * Standard normals [rows, 2n] from uniforms in (0, 1), [rows, 2n] (Box and Muller 1958, doi:10.1214/aoms/1177706645):
 * inside a program they take a tenth of the time that JavaScript needs to draw them.
 */
export function normalNoise(uniform: tf.Tensor2D): tf.Tensor2D {
  const [radii, angles] = tf.split(uniform, 2, 1) as [tf.Tensor2D, tf.Tensor2D];
  const radius = tf.sqrt(tf.mul(tf.log(radii), -2));
  const angle = tf.mul(angles, 2 * Math.PI);
  return tf.concat([tf.mul(radius, tf.cos(angle)) as tf.Tensor2D, tf.mul(radius, tf.sin(angle)) as tf.Tensor2D], 1);
}

function affine(parameters: TensorMap, parts: readonly Part[], layer: number): tf.Tensor2D {
  const weight = parameters[`generator.weight${layer}`] as tf.Tensor2D;
  return productOfParts(parts, weight, parameters[`generator.bias${layer}`]!);
}
