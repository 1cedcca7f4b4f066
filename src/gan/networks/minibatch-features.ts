import { tf } from "../../runtime/tf.js";

/** Numbers that a kernel compares rows by. */
export const MINIBATCH_DIMENSIONS = 5;

/**
 * Minibatch discrimination (Salimans et al. 2016, arXiv:1606.03498, section 3.2): by kernel, how near the other rows of the
 * batch are, sum over them of exp(-L1 distance), beside the features. A collapsed batch shows by it.
 *
 * @param features [rows, width]
 * @param weight [width, kernels x MINIBATCH_DIMENSIONS]
 * @returns [rows, width + kernels]
 */
export function minibatchFeatures(features: tf.Tensor2D, weight: tf.Tensor, kernels: number): tf.Tensor2D {
  const rows = features.shape[0];
  const seen = tf.matMul(features, weight as tf.Tensor2D);
  const own = tf.reshape(seen, [rows, 1, kernels, MINIBATCH_DIMENSIONS]);
  const others = tf.reshape(seen, [1, rows, kernels, MINIBATCH_DIMENSIONS]);
  const distance = tf.sum(tf.abs(tf.sub(own, others)), 3); // [rows, rows, kernels]
  const nearness = tf.sub(tf.sum(tf.exp(tf.neg(distance)), 1), 1); // [rows, kernels], without the row itself
  return tf.concat([features, nearness as tf.Tensor2D], 1);
}
