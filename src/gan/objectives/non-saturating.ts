import { tf } from "../../runtime/tf.js";
import { discriminatorLoss } from "./minimax.js";
import type { Objective } from "./objective.js";

/** The generator minimises -log D(fake) (Goodfellow et al. 2014, arXiv:1406.2661, section 3): strong gradients from the start. */
export const nonSaturating: Objective = {
  criticLoss: discriminatorLoss,
  generatorLoss: (fake) => tf.mean(tf.softplus(tf.neg(fake))),
};
