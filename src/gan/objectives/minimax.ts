import { tf } from "../../runtime/tf.js";
import type { Objective } from "./objective.js";

/** Cross-entropy of telling real from generated: -log D(real) - log(1 - D(fake)), D = sigmoid(score); means. */
export function discriminatorLoss(real: tf.Tensor2D, fake: tf.Tensor2D): tf.Scalar {
  return tf.add(tf.mean(tf.softplus(tf.neg(real))), tf.mean(tf.softplus(fake)));
}

/**
 * The minimax game (Goodfellow et al. 2014, arXiv:1406.2661, equation 1): the generator minimises log(1 - D(fake)), which
 * saturates where the critic is sure.
 */
export const minimax: Objective = {
  criticLoss: discriminatorLoss,
  generatorLoss: (fake) => tf.neg(tf.mean(tf.softplus(fake))),
};
