import { makeMlpCritic } from "../networks/mlp-critic.js";
import { makeStyleGenerator } from "../networks/style-generator.js";
import type { Architecture } from "./architecture.js";

/**
 * A style-based generator (Karras et al. 2019, arXiv:1812.04948; weights demodulated as in Karras et al. 2020,
 * arXiv:1912.04958) against the critic of `mlp`.
 */
export const stylegan: Architecture = {
  plan: () => ({}),
  makeGenerator: ({ config, width, condition }) =>
    makeStyleGenerator({ latent: config.latent, condition, widths: config.generatorWidths, output: width }),
  makeCritic: makeMlpCritic,
  refuses: () => [],
};
