import { tf } from "../../runtime/tf.js";
import type { LevelMap } from "../techniques/level-map.js";
import type { LevelRows } from "../training/level-rows.js";

/** What second-moment matching compares with: constants of the training rows. */
export interface MomentTarget {
  /** Share of rows that hold both levels: every pair's contingency table, [L, L]. */
  readonly moments: Float32Array;
  /** 1 / (moment + 1 / batch rows) / K^2, [L, L]. */
  readonly weights: Float32Array;
}

export function momentTarget(rows: LevelRows, map: LevelMap, batchRows: number): MomentTarget {
  const { fields, levels } = map;
  const moments = new Float32Array(levels * levels);
  for (let row = 0; row < rows.rowCount; row++) {
    for (let a = 0; a < fields; a++) {
      const offset = rows.levels[row * fields + a]! * levels;
      for (let b = 0; b < fields; b++) moments[offset + rows.levels[row * fields + b]!]! += 1;
    }
  }
  const weights = new Float32Array(moments.length);
  for (let i = 0; i < moments.length; i++) {
    moments[i]! /= rows.rowCount;
    weights[i] = 1 / (moments[i]! + 1 / batchRows) / fields ** 2;
  }
  return { moments, weights };
}

/**
 * Unbiased chi-square-like distance of generated contingency tables to the real ones: sum over cells of
 * (M1 - M)(M2 - M) w, with M1 and M2 from two halves of the batch.
 *
 * @param rows one-hot levels, [rows, L], rows even
 * @param moments [L, L]
 * @param weights [L, L]
 */
export function secondMomentLoss(rows: tf.Tensor2D, moments: tf.Tensor2D, weights: tf.Tensor2D): tf.Scalar {
  const halves = tf.split(rows, 2, 0);
  const [first, second] = halves.map((half) =>
    tf.sub(tf.div(tf.matMul(half, half, true, false), half.shape[0]), moments),
  ) as [tf.Tensor2D, tf.Tensor2D]; // [L, L]
  return tf.sum(tf.mul(tf.mul(first, second), weights)) as tf.Scalar;
}
