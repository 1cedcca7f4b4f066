import { tf } from "../../runtime/tf.js";
import type { LevelMap } from "../techniques/level-map.js";

/** Range of logits inside which log-sum-exp needs no shift: exp(60) is far from float32's limit. */
const LOGIT_LIMIT = 60;

/**
 * Weighted cross-entropy of discrete fields, averaged over rows. The log-sum-exp of all fields is one product with the
 * [levels, fields] membership matrix, which spares hundreds of small operations.
 *
 * @param logits [rows, L]
 * @param target one-hot levels of the fields to predict, times the field's weight, 0 elsewhere; [rows, L]
 * @param weights weight of each field to predict, 0 for known fields; [rows, K]
 * @returns a scalar: mean over rows of sum over fields of weight x cross-entropy, in nats
 */
export function maskedCrossEntropy(
  logits: tf.Tensor2D,
  target: tf.Tensor2D,
  weights: tf.Tensor2D,
  map: LevelMap,
): tf.Scalar {
  const rows = logits.shape[0];
  const crossEntropy = tf.customGrad((x, saveTensors) => {
    const clipped = tf.clipByValue(x as tf.Tensor, -LOGIT_LIMIT, LOGIT_LIMIT); // in both terms: never below 0
    const exponentials = tf.exp(clipped) as tf.Tensor2D;
    const sums = tf.matMul(exponentials, map.membership()); // [rows, K]
    (saveTensors as tf.GradSaveFunc)([exponentials, tf.div(weights, sums), target]);
    const value = tf.div(tf.sub(tf.sum(tf.mul(tf.log(sums), weights)), tf.sum(tf.mul(clipped, target))), rows);
    // Weight x softmax - target. Beyond the limits too, where the clipped function is flat: logits come back from there.
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor => {
      const [powers, shares, picked] = saved as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
      const spread = tf.matMul(shares, map.membership(), false, true); // [rows, L]
      return tf.mul(tf.sub(tf.mul(powers, spread), picked), tf.div(dy, rows));
    };
    return { value, gradFunc };
  });
  return crossEntropy(logits) as tf.Scalar;
}
