import type { RandomStream } from "../../core/random.js";
import type { TensorMap, TensorSpecs } from "../../runtime/program.js";
import { tf } from "../../runtime/tf.js";
import type { GeneratorInput, GeneratorNetwork, GeneratorPass, Pass } from "../architectures/architecture.js";
import { normalNoise } from "./ctgan-generator.js";
import { initializeHe, initializeMapping, mappingParameters, styleOf } from "./mapping-network.js";

/** Sizes of a style-based generator. */
export interface StyleShape {
  /** Dimensions of z and of a style. */
  readonly latent: number;
  /** Columns of the condition; 0 without. */
  readonly condition: number;
  /** Units of the synthesis layers. */
  readonly widths: readonly number[];
  /** Columns of an encoded row. */
  readonly output: number;
}

const LEAK = 0.2;
const EPSILON = 1e-8;
/** Share of the training rows whose later layers get the style of a second z: half, as one of those Karras et al. (2019, section 3.1) try. */
const MIXED_SHARE = 0.5;

/**
 * A style-based generator of rows (Karras et al. 2019, arXiv:1812.04948): z and condition become a style, which modulates
 * every layer of a synthesis network that starts from a learned constant; weights are demodulated instead of normalizing
 * features (Karras et al. 2020, arXiv:1912.04958, section 2.2). Noise enters every layer, each unit's with a learned strength.
 * In training the later layers of half the rows follow a second z. In sampling `truncation` draws a row's style to the mean.
 */
export function makeStyleGenerator(shape: StyleShape): GeneratorNetwork {
  return {
    specs: styleParameters(shape),
    statistics: { "statistics.style": { shape: [shape.latent] } },
    initialize: (views, random) => initialize(views, shape, random),
    noise: (rows, pass) => noiseSpecs(shape, rows, pass),
    controls: { truncation: 1 },
    run: (parameters, input, inputs, pass) => run(shape, parameters, input, inputs, pass),
  };
}

/** Layer `widths.length` is the output. */
function styleParameters(shape: StyleShape): TensorSpecs {
  const specs: Record<string, { shape: readonly number[] }> = { ...mappingParameters(shape.latent, shape.condition) };
  specs["generator.constant"] = { shape: [1, shape.widths[0]!] };
  for (const [layer, [inputs, units]] of layersOf(shape).entries()) {
    specs[`generator.style${layer}.weight`] = { shape: [shape.latent, inputs] };
    specs[`generator.style${layer}.bias`] = { shape: [inputs] };
    specs[`generator.layer${layer}.weight`] = { shape: [inputs, units] };
    specs[`generator.layer${layer}.bias`] = { shape: [units] };
    if (layer < shape.widths.length) specs[`generator.layer${layer}.noise`] = { shape: [units] };
  }
  return specs;
}

function layersOf({ widths, output }: StyleShape): (readonly [inputs: number, units: number])[] {
  return [...widths, output].map((units, layer) => [widths[Math.max(0, layer - 1)]!, units]);
}

/** Biases and noise start at 0, those of styles at 1: nothing is modulated. */
function initialize(views: Readonly<Record<string, Float32Array>>, shape: StyleShape, random: RandomStream): void {
  for (const [name, { shape: sizes }] of Object.entries(styleParameters(shape))) {
    const values = views[name]!;
    if (name.startsWith("generator.mapping")) initializeMapping(name, values, sizes[0]!, random.fork(name));
    else if (sizes.length === 1) values.fill(/style\d+\.bias$/.test(name) ? 1 : 0);
    else if (name === "generator.constant") random.fork(name).fillNormal(values);
    else initializeHe(values, sizes[0]!, random.fork(name), /style\d+\.weight$/.test(name) ? Math.SQRT1_2 : 1);
  }
}

/** Two uniforms make two normals: widths are rounded up to even ones. */
function noiseSpecs(shape: StyleShape, rows: number, pass: Pass): TensorSpecs {
  const even = (width: number): number => 2 * Math.ceil(width / 2);
  const layers = shape.widths.map((units, layer) => [`noise.layer${layer}`, { shape: [rows, even(units)] }] as const);
  const specs = Object.fromEntries(layers);
  if (pass === "sampling") return specs;
  return { ...specs, "noise.secondZ": { shape: [rows, even(shape.latent)] }, "noise.crossover": { shape: [rows, 1] } };
}

function run(
  shape: StyleShape,
  parameters: TensorMap,
  { z, condition }: GeneratorInput,
  inputs: TensorMap,
  pass: Pass,
): GeneratorPass {
  const own = styleOf(parameters, z, condition);
  switch (pass) {
    case "training": {
      const second = styleOf(parameters, normals(inputs, "noise.secondZ", shape.latent), condition);
      const styles = mixStyles(own, second, inputs["noise.crossover"] as tf.Tensor2D, shape.widths.length + 1);
      const statistics = { "statistics.style": tf.mean(own, 0) };
      return { raw: synthesize(shape, parameters, styles, inputs), statistics };
    }
    case "sampling": {
      const style = truncate(own, parameters["statistics.style"]!, inputs.truncation as tf.Tensor2D);
      const styles = new Array<tf.Tensor2D>(shape.widths.length + 1).fill(style);
      return { raw: synthesize(shape, parameters, styles, inputs), statistics: {} };
    }
    default:
      return pass satisfies never;
  }
}

/**
 * Style mixing (Karras et al. 2019, section 3.1): the style of each layer, [B, Z] each; a share of the rows has the second
 * one from a random layer on, never in the first.
 *
 * @param crossover uniforms [B, 1]
 */
export function mixStyles(
  first: tf.Tensor2D,
  second: tf.Tensor2D,
  crossover: tf.Tensor2D,
  layers: number,
): tf.Tensor2D[] {
  const place = tf.mul(crossover, (layers - 1) / MIXED_SHARE); // beyond the last layer where a row is not mixed
  const step = tf.sub(second, first);
  return Array.from({ length: layers }, (_, layer) => {
    if (layer === 0) return first;
    return tf.add(first, tf.mul(step, tf.cast(tf.less(place, layer), "float32"))) as tf.Tensor2D;
  });
}

/** The truncation trick (Karras et al. 2019, appendix B): at 0 the mean style, at 1 the style to the bit, [B, Z]. */
function truncate(style: tf.Tensor2D, mean: tf.Tensor, truncation: tf.Tensor2D): tf.Tensor2D {
  return tf.add(tf.mul(style, truncation), tf.mul(mean, tf.sub(1, truncation)));
}

function synthesize(
  shape: StyleShape,
  parameters: TensorMap,
  styles: readonly tf.Tensor2D[],
  inputs: TensorMap,
): tf.Tensor2D {
  let x = parameters["generator.constant"] as tf.Tensor2D; // [1, H]
  for (const [layer, units] of shape.widths.entries()) {
    const noise = tf.mul(normals(inputs, `noise.layer${layer}`, units), parameters[`generator.layer${layer}.noise`]!);
    const product = modulatedProduct(parameters, layer, x, styles[layer]!, true); // [B, units]
    const biased = tf.add(tf.add(product, noise), parameters[`generator.layer${layer}.bias`]!) as tf.Tensor2D;
    x = tf.mul(tf.leakyRelu(biased, LEAK), Math.SQRT2); // [B, units]
  }
  const last = shape.widths.length;
  const sums = modulatedProduct(parameters, last, x, styles[last]!, false); // [B, W]
  return tf.add(sums, parameters[`generator.layer${last}.bias`]!);
}

/**
 * x times the layer's weight, whose rows are scaled by the row's style; demodulated: each column of the scaled weight then
 * has norm 1 (Karras et al. 2020, equations 1 and 3). [B, units]
 */
export function modulatedProduct(
  parameters: TensorMap,
  layer: number,
  x: tf.Tensor2D,
  style: tf.Tensor2D,
  demodulate: boolean,
): tf.Tensor2D {
  const part = (name: string): tf.Tensor2D => parameters[`generator.${name}`] as tf.Tensor2D;
  const scales = tf.add(tf.matMul(style, part(`style${layer}.weight`)), part(`style${layer}.bias`)) as tf.Tensor2D;
  const weight = part(`layer${layer}.weight`);
  const product = tf.matMul<tf.Tensor2D>(tf.mul(x, scales) as tf.Tensor2D, weight); // [B, units]
  if (!demodulate) return product;
  const squaredNorms = tf.matMul(tf.square(scales), tf.square(weight)); // [B, units]
  return tf.mul(product, tf.rsqrt(tf.add(squaredNorms, EPSILON)));
}

/** Standard normals [rows, width] of the uniforms of an input. */
function normals(inputs: TensorMap, name: string, width: number): tf.Tensor2D {
  const values = normalNoise(inputs[name] as tf.Tensor2D);
  return values.shape[1] === width ? values : (tf.slice(values, [0, 0], [-1, width]) as tf.Tensor2D);
}
