import { tf } from "../../runtime/tf.js";
import type { Objective } from "./objective.js";

/**
 * The Wasserstein distance by a critic whose slope is bounded, by clipped weights (Arjovsky et al. 2017, arXiv:1701.07875)
 * or by a penalty (Gulrajani et al. 2017, arXiv:1704.00028): score(fake) - score(real).
 */
export const wasserstein: Objective = {
  criticLoss: (real, fake) => tf.sub(tf.mean(fake), tf.mean(real)),
  generatorLoss: (fake) => tf.neg(tf.mean(fake)),
};
