import { tf } from "../../runtime/tf.js";

const EPSILON = 1e-5;

/** Means and variances of channels, [C]. */
export interface ChannelStatistics {
  readonly mean: tf.Tensor;
  readonly variance: tf.Tensor;
}

export interface NormalizedChannels {
  /** [P, C, B] */
  readonly value: tf.Tensor3D;
  readonly statistics: ChannelStatistics;
}

/**
 * Batch normalization of images' channels (Ioffe and Szegedy 2015, arXiv:1502.03167, section 3.2) followed by LeakyReLU
 * (slope 0: ReLU): over all pixels of the batch, or with the population's statistics where they are given. The derivative
 * is written out, which takes half the passes of the tape's.
 *
 * @param x [P, C, B]
 * @param gain, shift [C]
 */
export function normalizeChannels(
  x: tf.Tensor3D,
  gain: tf.Tensor,
  shift: tf.Tensor,
  slope: number,
  population?: ChannelStatistics,
): NormalizedChannels {
  // Neither is an input of the function below: its derivative accounts for them. The variance as a difference spares a pass.
  const mean = population?.mean ?? tf.mean(x, [0, 2]); // [C]
  const variance = population?.variance ?? tf.relu(tf.sub(tf.mean(tf.square(x), [0, 2]), tf.square(mean))); // [C]
  const apply = tf.customGrad((...args) => {
    const [input, scale, offset] = args as unknown as [tf.Tensor3D, tf.Tensor, tf.Tensor];
    const inverse = tf.rsqrt(tf.add(variance, EPSILON)); // [C]
    const factor = tf.mul(inverse, scale); // [C]
    const constant = tf.sub(offset, tf.mul(mean, factor)); // [C]
    const value = leaky(tf.add(tf.mul(input, perChannel(factor)), perChannel(constant)), slope);
    (args.at(-1) as unknown as tf.GradSaveFunc)([input, value, mean, inverse, factor]);
    return { value, gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => normalizationGradient(dy, saved, slope) };
  });
  return { value: apply(x, gain, shift) as tf.Tensor3D, statistics: { mean, variance } };
}

/** LeakyReLU, ReLU where the slope is 0. */
export function leaky<T extends tf.Tensor>(x: T, slope: number): T {
  return slope === 0 ? tf.relu(x) : tf.leakyRelu(x, slope);
}

/** A vector of channels as a factor of images, [C] -> [C, 1]. */
export function perChannel(x: tf.Tensor): tf.Tensor {
  return tf.reshape(x, [-1, 1]);
}

/**
 * With u = dy times the activation's slope and n = (x - mean) inverse: dx = factor (u - mean u - n mean(u n)), means over a
 * channel. As u factor + x pull + constant, n need not be made.
 */
function normalizationGradient(dy: tf.Tensor, saved: readonly tf.Tensor[], slope: number): tf.Tensor[] {
  const [x, value, mean, inverse, factor] = saved as [tf.Tensor3D, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
  const count = x.shape[0] * x.shape[2];
  const passed = tf.mul(dy, tf.step(value, slope)); // [P, C, B]
  const shiftGradient = tf.sum(passed, [0, 2]); // [C]
  const ofProduct = tf.sum(tf.mul(passed, x), [0, 2]); // [C]
  const gainGradient = tf.mul(tf.sub(ofProduct, tf.mul(mean, shiftGradient)), inverse); // [C]
  const pull = tf.mul(tf.mul(factor, tf.mul(inverse, gainGradient)), -1 / count); // [C]
  const constant = tf.sub(tf.mul(tf.mul(factor, shiftGradient), -1 / count), tf.mul(mean, pull)); // [C]
  const scaled = tf.add(tf.mul(passed, perChannel(factor)), tf.mul(x, perChannel(pull)));
  return [tf.add(scaled, perChannel(constant)), gainGradient, shiftGradient];
}
