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
  const sums = tf.matMul(tf.exp(tf.clipByValue(logits, -LOGIT_LIMIT, LOGIT_LIMIT)), map.membership()); // [rows, K]
  const normalizer = tf.sum(tf.mul(tf.log(sums), weights));
  const picked = tf.sum(tf.mul(logits, target));
  return tf.div(tf.sub(normalizer, picked), logits.shape[0]) as tf.Scalar;
}
