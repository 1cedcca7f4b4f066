import type { tf } from "../../runtime/tf.js";

/** What the two players play for; a penalty or a bound on the critic's weights is no part of it. */
export interface Objective {
  /** @param real, fake scores [packs, 1]; a scalar to minimise in the critic's weights */
  criticLoss(real: tf.Tensor2D, fake: tf.Tensor2D): tf.Scalar;
  /** @param fake scores [packs, 1]; a scalar to minimise in the generator's weights */
  generatorLoss(fake: tf.Tensor2D): tf.Scalar;
}
