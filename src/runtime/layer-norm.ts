import * as tf from "@tensorflow/tfjs-core";

const EPSILON = 1e-5;
/** ONNX's operator of this name, which is one pass; engines without it compose it. */
export const LAYER_NORM_KERNEL = "LayerNormalization";

/**
 * Layer normalization over the last axis (Ba et al. 2016, arXiv:1607.06450): x [rows, width], gain and shift [width]. Its
 * derivative is written out, with row sums as products, which takes half the passes of the tape's.
 */
export function layerNorm(x: tf.Tensor2D, gain: tf.Tensor, shift: tf.Tensor): tf.Tensor2D {
  return differentiableLayerNorm(x, gain, shift) as tf.Tensor2D;
}

const differentiableLayerNorm = tf.customGrad((...args) => {
  const [x, gain, shift] = args as unknown as [tf.Tensor2D, tf.Tensor, tf.Tensor];
  const save = args.at(-1) as unknown as tf.GradSaveFunc;
  const [value, mean, inverse] = normalize(x, gain, shift);
  save([x, gain, mean, inverse]);
  return { value, gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => layerNormGradient(dy, saved) };
});

type Normalized = [value: tf.Tensor2D, mean: tf.Tensor2D, inverse: tf.Tensor2D];

/** The normalized rows, their means and the inverses of their standard deviations, [rows, 1]. */
function normalize(x: tf.Tensor2D, gain: tf.Tensor, shift: tf.Tensor): Normalized {
  if (tf.getKernel(LAYER_NORM_KERNEL, tf.getBackend()) !== undefined) {
    const inputs = { x, gain, shift };
    return tf.engine().runKernel<tf.Tensor[]>(LAYER_NORM_KERNEL, inputs, { epsilon: EPSILON }) as Normalized;
  }
  const mean = tf.mean(x, 1, true) as tf.Tensor2D;
  const centred = tf.sub(x, mean);
  const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(centred), 1, true), EPSILON)) as tf.Tensor2D;
  return [tf.add(tf.mul(tf.mul(centred, inverse), gain), shift) as tf.Tensor2D, mean, inverse];
}

/**
 * With n = (x - mean) r and t = dy gain: dx = r (t - mean(t) - n mean(t n)), means over the row. As r t + x a + b with one
 * a and one b a row, n need not be made.
 */
function layerNormGradient(dy: tf.Tensor, saved: readonly tf.Tensor[]): tf.Tensor[] {
  const [x, gain, mean, inverse] = saved as [tf.Tensor2D, tf.Tensor, tf.Tensor2D, tf.Tensor2D];
  const width = x.shape[1];
  const gradient = dy as tf.Tensor2D;
  const gains = tf.reshape(gain, [width, 1]) as tf.Tensor2D;
  const product = tf.mul(gradient, x) as tf.Tensor2D; // [rows, width]
  const meanOfT = tf.mul(tf.matMul(gradient, gains), 1 / width); // [rows, 1]
  const meanOfTx = tf.mul(tf.matMul(product, gains), 1 / width);
  const meanOfTn = tf.mul(inverse, tf.sub(meanOfTx, tf.mul(mean, meanOfT)));
  const slope = tf.neg(tf.mul(tf.square(inverse), meanOfTn)); // [rows, 1]
  const offset = tf.neg(tf.add(tf.mul(inverse, meanOfT), tf.mul(mean, slope)));
  const dx = tf.add(tf.add(tf.mul(tf.mul(gradient, gain), inverse), tf.mul(x, slope)), offset);
  const ofProduct = tf.matMul(product, inverse, true, false); // [width, 1]
  const ofMean = tf.matMul(gradient, tf.mul(mean, inverse) as tf.Tensor2D, true, false);
  return [dx, tf.reshape(tf.sub(ofProduct, ofMean), [width]), tf.sum(gradient, 0)];
}
