import { initializeLinear } from "../networks/critic-network.js";
import { type CtganShape, ctganParameters, ctganRaw, statisticsSpecs } from "../networks/ctgan-generator.js";
import { makeMlpCritic } from "../networks/mlp-critic.js";
import { columns } from "../networks/parts.js";
import type { Architecture, GanShape } from "./architecture.js";

/**
 * CTGAN's networks (Xu et al. 2019, arXiv:1907.00503, section 4.4): every layer of the generator sees all layers before it,
 * with batch normalization; the critic is that of `mlp`.
 */
export const residual: Architecture = {
  plan: () => ({}),
  makeGenerator: (shape) => {
    const own = sizesOf(shape);
    const specs = ctganParameters(own);
    return {
      specs,
      statistics: statisticsSpecs(own),
      initialize: (views, random) => {
        initializeLinear(views, specs, random);
        for (const [name, values] of Object.entries(views)) {
          if (name.startsWith("generator.gain")) values.fill(1);
          if (name.startsWith("generator.shift")) values.fill(0);
        }
      },
      noise: () => ({}),
      controls: {},
      run: (parameters, { z, condition }, _, pass) =>
        ctganRaw(
          parameters,
          [columns(z), ...condition],
          own.widths.length,
          pass === "sampling" ? parameters : undefined,
        ),
    };
  },
  makeCritic: makeMlpCritic,
  refuses: () => [],
};

function sizesOf({ fields, condition, config }: GanShape): CtganShape {
  return { fields, latent: config.latent, condition, widths: config.generatorWidths };
}
