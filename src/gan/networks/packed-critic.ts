import type { RandomStream } from "../../core/random.js";
import type { TensorMap, TensorSpecs } from "../../runtime/program.js";
import { tf } from "../../runtime/tf.js";
import { criticParameters, initializeLinear } from "./critic-network.js";
import type { Part } from "./parts.js";

/**
 * A critic of packs of rows, each row a vector of data and a one-hot condition (PacGAN, Lin et al. 2018,
 * arXiv:1712.04086). A pack is the data of its rows, then their conditions; the first layer's weight is kept in these two
 * parts, `critic.weight0` [pack x data, units] and `critic.condition` [pack x condition, units].
 */
export interface PackShape {
  readonly pack: number;
  /** Columns of a row's data. */
  readonly data: number;
  /** Columns of a row's condition; 0: there is none. */
  readonly condition: number;
}

export function packedCriticParameters(shape: PackShape, widths: readonly number[]): TensorSpecs {
  const { pack, data, condition } = shape;
  const specs = criticParameters(pack * data, widths);
  if (condition === 0) return specs;
  const { "critic.weight0": weight, ...others } = specs;
  return { "critic.weight0": weight!, "critic.condition": { shape: [pack * condition, widths[0]!] }, ...others };
}

/** As `initializeLinear`, where both parts of the first weight are one layer. */
export function initializePackedCritic(
  views: Readonly<Record<string, Float32Array>>,
  specs: TensorSpecs,
  shape: PackShape,
  random: RandomStream,
): void {
  const inputs = shape.pack * (shape.data + shape.condition);
  initializeLinear(views, specs, random, { "critic.weight0": inputs, "critic.condition": inputs });
}

/**
 * First layer of the critic: [packs, units], bias included.
 *
 * @param data [packs x pack, data]
 * @param places of the conditions' ones, int32 [packs x pack]; none without conditions
 */
export function packedFirst(
  parameters: TensorMap,
  data: tf.Tensor2D,
  places: tf.Tensor1D | undefined,
  shape: PackShape,
): tf.Tensor2D {
  const packs = data.shape[0] / shape.pack;
  const packed = tf.reshape(data, [packs, shape.pack * shape.data]) as tf.Tensor2D;
  const sums = tf.add(tf.matMul(packed, parameters["critic.weight0"] as tf.Tensor2D), parameters["critic.bias0"]!);
  if (places === undefined) return sums as tf.Tensor2D;
  const offsets = Int32Array.from(
    { length: data.shape[0] },
    (_, row) => (row % shape.pack) * shape.condition, // the row's place within its pack
  );
  const rows = tf.gather(parameters["critic.condition"]!, tf.add(places, tf.tensor1d(offsets, "int32"))); // [rows, units]
  return tf.add(sums, tf.sum(tf.reshape(rows, [packs, shape.pack, rows.shape[1]!]), 1)) as tf.Tensor2D;
}

/**
 * What the conditions of packs add to a layer's sums, [packs, units].
 *
 * @param condition parts of [packs x pack, C] side by side
 * @param weight [pack x C, units]: C columns for the pack's first row, then those of its second ...
 */
export function conditionSums(condition: readonly Part[], weight: tf.Tensor2D, pack: number): tf.Tensor2D {
  const width = weight.shape[0] / pack;
  let start = 0;
  const sums = condition.map((part) => {
    const offset = start;
    start += part.kind === "columns" ? part.values.shape[1] : part.columns;
    return part.kind === "columns"
      ? columnSums(part.values, weight, pack, offset)
      : placeSums(part.places, weight, pack, offset, width);
  });
  return sums.reduce((total, sum) => tf.add(total, sum));
}

function columnSums(values: tf.Tensor2D, weight: tf.Tensor2D, pack: number, offset: number): tf.Tensor2D {
  const [rows, columns] = values.shape;
  const units = weight.shape[1];
  const byRow = tf.reshape(weight, [pack, weight.shape[0] / pack, units]);
  const own = tf.reshape(tf.slice(byRow, [0, offset, 0], [pack, columns, units]), [pack * columns, units]);
  return tf.matMul(tf.reshape(values, [rows / pack, pack * columns]) as tf.Tensor2D, own as tf.Tensor2D);
}

function placeSums(at: tf.Tensor1D, weight: tf.Tensor2D, pack: number, offset: number, width: number): tf.Tensor2D {
  const rows = at.shape[0];
  const offsets = Int32Array.from({ length: rows }, (_, row) => (row % pack) * width + offset); // its place in the pack
  const found = tf.gather(weight, tf.add(at, tf.tensor1d(offsets, "int32"))); // [rows, units]
  return tf.sum(tf.reshape(found, [rows / pack, pack, weight.shape[1]]), 1) as tf.Tensor2D;
}

/** Squared norms of the scores' gradients with respect to the packs, from those with respect to the first layer: [packs]. */
export function squaredPackNorms(parameters: TensorMap, firstGradient: tf.Tensor2D): tf.Tensor1D {
  const parts = ["critic.weight0", "critic.condition"].filter((name) => parameters[name] !== undefined);
  const norms = parts.map((name) => squaredProductNorms(firstGradient, parameters[name] as tf.Tensor2D));
  return norms.reduce((total, norm) => tf.add(total, norm));
}

/** Sum over columns of (u w')^2, [rows]; u [rows, units], w [inputs, units]. In closed form for fewer wide passes. */
export function squaredProductNorms(u: tf.Tensor2D, w: tf.Tensor2D): tf.Tensor1D {
  return differentiableNorms(u, w) as tf.Tensor1D;
}

const differentiableNorms = tf.customGrad((...args) => {
  const [u, w] = args as unknown as [tf.Tensor2D, tf.Tensor2D];
  const save = args.at(-1) as unknown as tf.GradSaveFunc;
  const product = tf.matMul(u, w, false, true); // [rows, inputs]
  save([u, w, product]);
  const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor[] => {
    const [left, right, outer] = saved as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
    const factor = tf.mul(tf.reshape(dy, [-1, 1]), 2);
    // The row's factor goes to the narrow side of either product.
    const weighted = tf.mul(left, factor) as tf.Tensor2D;
    return [tf.mul(tf.matMul(outer, right), factor), tf.matMul(outer, weighted, true, false)];
  };
  return { value: tf.sum(tf.square(product), 1), gradFunc };
});
