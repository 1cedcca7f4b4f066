import type { LevelMixture } from "../../encode/level-mixture.js";
import { tf } from "../../runtime/tf.js";

/** Probabilities below it count as it, so that no logarithm is infinite in float32. */
const LEAST = 1e-30;

/**
 * What a mixture says of every level of a row of which some fields are known: p(level | known) = sum over components of
 * p(component | known) x p(level | component).
 *
 * As the targets of completion they have the same mean as levels that were drawn, without the draw's variance (Rao-Blackwell;
 * distillation: Hinton et al. 2015, arXiv:1503.02531).
 *
 * @param known one-hot levels of the known fields, 0 elsewhere; [rows, L]
 * @returns [rows, L]
 */
export function exactConditionals(known: tf.Tensor2D, { weights, probabilities }: LevelMixture): tf.Tensor2D {
  const shape: [number, number] = [weights.length, probabilities.length / weights.length];
  const logarithms = tf.tensor2d(Float32Array.from(probabilities, logarithm), shape); // [C, L]
  const prior = tf.tensor2d(Float32Array.from(weights, logarithm), [1, weights.length]);
  const posterior = tf.softmax(tf.add(tf.matMul(known, logarithms, false, true), prior)) as tf.Tensor2D; // [rows, C]
  return tf.matMul(posterior, tf.tensor2d(Float32Array.from(probabilities), shape));
}

function logarithm(probability: number): number {
  return Math.log(Math.max(probability, LEAST));
}
