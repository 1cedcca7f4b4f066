import { tf } from "../../runtime/tf.js";

export { layerNorm } from "../../runtime/layer-norm.js";

const EPSILON = 1e-5;

/** Derivative of LeakyReLU, any shape: 1 above 0, `slope` elsewhere; constant to the tape. */
export function leakySlope(x: tf.Tensor2D, slope: number): tf.Tensor2D {
  return tf.step(x, slope) as tf.Tensor2D;
}

/**
 * Batch normalization (Ioffe and Szegedy 2015, arXiv:1502.03167) followed by ReLU, differentiated in closed form, which
 * takes half the passes over the data.
 *
 * @param centred x minus its mean over the rows, [rows, width]; the gradient is that with respect to x
 * @param variance over the rows, [width]; its gradient is part of the first one's
 */
export function batchNormRelu(
  centred: tf.Tensor2D,
  variance: tf.Tensor,
  gain: tf.Tensor,
  shift: tf.Tensor,
): tf.Tensor2D {
  return differentiableBatchNormRelu(centred, variance, gain, shift) as tf.Tensor2D;
}

const differentiableBatchNormRelu = tf.customGrad((...args) => {
  const [centred, variance, gain, shift] = args as unknown as [tf.Tensor2D, tf.Tensor, tf.Tensor, tf.Tensor];
  const save = args.at(-1) as unknown as tf.GradSaveFunc;
  const inverse = tf.rsqrt(tf.add(variance, EPSILON)); // [width]
  const slope = tf.mul(inverse, gain); // [width]
  const value = tf.relu(tf.add(tf.mul(centred, slope), shift)); // [rows, width]
  save([centred, inverse, slope, value]);
  return { value, gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => batchNormReluGradient(dy, saved) };
});

/** With u = dy where ReLU lets pass: dx = slope (u - mean u - x / var mean(u x)), sums over the rows. */
function batchNormReluGradient(dy: tf.Tensor, saved: readonly tf.Tensor[]): tf.Tensor[] {
  const [centred, inverse, slope, value] = saved as [tf.Tensor2D, tf.Tensor, tf.Tensor, tf.Tensor];
  const rows = centred.shape[0];
  const passed = tf.mul(dy, tf.step(value)); // [rows, width]
  const shiftGradient = tf.sum(passed, 0); // [width]
  const gainGradient = tf.mul(tf.sum(tf.mul(passed, centred), 0), inverse); // [width]
  const pull = tf.mul(tf.mul(slope, tf.mul(inverse, gainGradient)), -1 / rows); // [width]
  const offset = tf.mul(tf.mul(slope, shiftGradient), -1 / rows); // [width]
  const gradient = tf.add(tf.add(tf.mul(passed, slope), tf.mul(centred, pull)), offset);
  return [gradient, tf.zerosLike(inverse), gainGradient, shiftGradient];
}
