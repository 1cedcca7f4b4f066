import { makeConvCritic } from "../networks/conv-critic.js";
import { makeConvGenerator } from "../networks/conv-generator.js";
import { type ImageLayout, layOutColumns } from "../techniques/image-layout.js";
import type { Architecture, ArchitecturePlan } from "./architecture.js";

/** Each layer halves the image's side. */
const MAX_LAYERS = 5;

/**
 * Convolutional networks on the row laid out as a small square image (table-GAN: Park et al. 2018, arXiv:1806.03384;
 * CTAB-GAN: Zhao et al. 2021, arXiv:2102.08369), by the rules of Radford et al. (2016, arXiv:1511.06434). Widths are
 * channels: the generator's from the coarsest image on, the critic's from the finest.
 */
export const dcgan: Architecture = {
  plan: ({ fields, train }, { generatorWidths, criticWidths }) => ({
    ...layOutColumns(fields, train, 2 ** Math.max(generatorWidths.length, criticWidths.length)),
  }),
  makeGenerator: (shape, plan) => makeConvGenerator(shape, layoutOf(plan)),
  makeCritic: (shape, plan) => makeConvCritic(shape, layoutOf(plan)),
  refuses: ({ generatorWidths, criticWidths, techniques }) => [
    ...(Math.max(generatorWidths.length, criticWidths.length) > MAX_LAYERS
      ? [`dcgan halves the image with every layer and has at most ${MAX_LAYERS} of them: give fewer widths`]
      : []),
    ...(techniques.dropout > 0
      ? ["dcgan's critic has batch normalization and no dropout: set gan.techniques.dropout to 0"]
      : []),
  ],
};

function layoutOf(plan: ArchitecturePlan): ImageLayout {
  return plan as unknown as ImageLayout;
}
