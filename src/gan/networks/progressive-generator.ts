import type { TensorMap, TensorSpecs } from "../../runtime/program.js";
import { tf } from "../../runtime/tf.js";
import type { GanShape, GeneratorInput, GeneratorNetwork, GeneratorPass, Pass } from "../architectures/architecture.js";
import { atResolution, type Hierarchy } from "../techniques/resolution.js";
import { initializeHe, normalizeRows } from "./mapping-network.js";
import { columns, productOfParts } from "./parts.js";

/** Input of a training step and statistic of the population: how much of each stage is seen, [stages]. */
export const FADES = { input: "schedule.fade", statistic: "statistics.fade" } as const;

const LEAK = 0.2;

/**
 * A generator that grows by a layer a stage (Karras et al. 2018, arXiv:1710.10196): normalized z and the condition through
 * one layer, then a residual block a stage, each of which fades in; the output's weights are those of the current
 * resolution, so that the levels of a group get the same share until the next stage tells them apart.
 */
export function makeProgressiveGenerator(shape: GanShape, hierarchy: Hierarchy): GeneratorNetwork {
  const specs = generatorSpecs(shape);
  return {
    specs,
    statistics: { [FADES.statistic]: { shape: [shape.config.generatorWidths.length] } },
    initialize: (views, random) => {
      for (const [name, { shape: sizes }] of Object.entries(specs)) {
        const isBias = /bias$/i.test(name);
        const inputs = name === "generator.output" ? sizes[1]! : sizes[0]!;
        if (isBias) views[name]!.fill(0);
        else initializeHe(views[name]!, inputs, random.fork(name), name.endsWith(".down") ? BLOCK_GAIN : 1);
      }
    },
    noise: () => ({}),
    controls: {},
    run: (parameters, input, inputs, pass) => run(shape, hierarchy, parameters, input, inputs, pass),
  };
}

/** Blocks begin small, as the layers that fade in do. */
const BLOCK_GAIN = 0.5;

function generatorSpecs({ config, condition, width }: GanShape): TensorSpecs {
  const [first, ...blocks] = config.generatorWidths as [number, ...number[]];
  const specs: Record<string, { shape: number[] }> = {
    "generator.input": { shape: [config.latent + condition, first] },
    "generator.inputBias": { shape: [first] },
    "generator.output": { shape: [width, first] },
    "generator.outputBias": { shape: [width, 1] },
  };
  for (const [block, units] of blocks.entries()) {
    specs[`generator.block${block}.up`] = { shape: [first, units] };
    specs[`generator.block${block}.upBias`] = { shape: [units] };
    specs[`generator.block${block}.down`] = { shape: [units, first] };
    specs[`generator.block${block}.downBias`] = { shape: [first] };
  }
  return specs;
}

function run(
  { config }: GanShape,
  hierarchy: Hierarchy,
  parameters: TensorMap,
  { z, condition }: GeneratorInput,
  inputs: TensorMap,
  pass: Pass,
): GeneratorPass {
  const fades = pass === "training" ? inputs[FADES.input]! : parameters[FADES.statistic]!;
  const stages = tf.split(fades, config.generatorWidths.length, 0); // [1] each
  const weight = (name: string): tf.Tensor2D => parameters[`generator.${name}`] as tf.Tensor2D;
  const parts = [columns(normalizeRows(z)), ...condition];
  let x = tf.leakyRelu(productOfParts(parts, weight("input"), weight("inputBias")), LEAK); // [B, H]
  for (const [block, fade] of stages.slice(1).entries()) {
    const up = tf.add(tf.matMul(normalizeRows(x), weight(`block${block}.up`)), weight(`block${block}.upBias`));
    const down = tf.matMul(tf.leakyRelu(up, LEAK) as tf.Tensor2D, weight(`block${block}.down`));
    x = tf.add(x, tf.mul(tf.add(down, weight(`block${block}.downBias`)), fade));
  }
  const product = tf.matMul(normalizeRows(x), atResolution(weight("output"), hierarchy, fades), false, true); // [B, W]
  const bias = tf.reshape(atResolution(weight("outputBias"), hierarchy, fades), [1, -1]);
  return { raw: tf.add(product, bias), statistics: pass === "training" ? { [FADES.statistic]: tf.mul(fades, 1) } : {} };
}
