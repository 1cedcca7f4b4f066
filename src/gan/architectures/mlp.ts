import type { TensorMap, TensorSpecs } from "../../runtime/program.js";
import { tf } from "../../runtime/tf.js";
import { initializeLinear } from "../networks/critic-network.js";
import { makeMlpCritic } from "../networks/mlp-critic.js";
import { columns, type Part, productOfParts } from "../networks/parts.js";
import type { Architecture, GanShape } from "./architecture.js";

/** Multilayer perceptrons, as in the first GAN (Goodfellow et al. 2014, arXiv:1406.2661): Linear and ReLU; no batch normalization. */
export const mlp: Architecture = {
  plan: () => ({}),
  makeGenerator: (shape) => {
    const specs = generatorSpecs(shape);
    return {
      specs,
      statistics: {},
      initialize: (views, random) => initializeLinear(views, specs, random),
      noise: () => ({}),
      controls: {},
      run: (parameters, { z, condition }) => ({
        raw: generatorRaw(parameters, [columns(z), ...condition], shape.config.generatorWidths.length),
        statistics: {},
      }),
    };
  },
  makeCritic: makeMlpCritic,
  refuses: () => [],
};

function generatorSpecs({ config, width, condition }: GanShape): TensorSpecs {
  const sizes = [config.latent + condition, ...config.generatorWidths, width];
  const specs: Record<string, { shape: number[] }> = {};
  for (let layer = 0; layer + 1 < sizes.length; layer++) {
    specs[`generator.weight${layer}`] = { shape: [sizes[layer]!, sizes[layer + 1]!] };
    specs[`generator.bias${layer}`] = { shape: [sizes[layer + 1]!] };
  }
  return specs;
}

function generatorRaw(parameters: TensorMap, input: readonly Part[], layers: number): tf.Tensor2D {
  const affine = (parts: readonly Part[], layer: number): tf.Tensor2D =>
    productOfParts(parts, parameters[`generator.weight${layer}`] as tf.Tensor2D, parameters[`generator.bias${layer}`]!);
  let parts = input;
  for (let layer = 0; layer < layers; layer++) parts = [columns(tf.relu(affine(parts, layer)))];
  return affine(parts, layers); // [rows, W]
}
