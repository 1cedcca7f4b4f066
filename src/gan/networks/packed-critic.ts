import { tf } from "../../runtime/tf.js";
import type { Part } from "./parts.js";

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
