import { tf } from "../../runtime/tf.js";

/** Layer normalization over the last axis (Ba et al. 2016, arXiv:1607.06450): [rows, width], gain and shift [width]. */
export function layerNorm(x: tf.Tensor2D, gain: tf.Tensor, shift: tf.Tensor): tf.Tensor2D {
  const centred = tf.sub(x, tf.mean(x, 1, true)); // [rows, width]
  const variance = tf.mean(tf.square(centred), 1, true); // [rows, 1]
  return tf.add(tf.mul(tf.mul(centred, tf.rsqrt(tf.add(variance, 1e-5))), gain), shift);
}

/** Derivative of LeakyReLU, any shape: 1 above 0, `slope` elsewhere; constant to the tape. */
export function leakySlope(x: tf.Tensor2D, slope: number): tf.Tensor2D {
  return tf.step(x, slope) as tf.Tensor2D;
}
