/**
 * Times one CTGAN training step (critic and generator) on a table as wide as adult: 158 output columns, 102 of them
 * conditions, two layers of 256, batch 500, packs of 10.
 *
 *   npx tsc -p . && node bench/engine/ctgan-step.mjs [threads=1] [rounds=40]
 */

import { ctganParameters } from "../../dist/gan/networks/ctgan-generator.js";
import { packedCriticParameters } from "../../dist/gan/networks/packed-critic.js";
import { PRESETS } from "../../dist/gan/presets.js";
import { criticStepSpec, generatorStepSpec, packShape } from "../../dist/gan/training/ctgan-steps.js";
import { compile } from "../../dist/runtime/compile.js";
import { makeAdam } from "../../dist/runtime/optimizer.js";
import { interleaved, printTimes, startingBuffers } from "./measure.mjs";

const threads = Number(process.argv[2] ?? 1);
const rounds = Number(process.argv[3] ?? 40);
const config = PRESETS.ctgan.model;
/** Adult: nine categorical columns; six numbers with 50 modes among them. */
const CATEGORIES = [8, 16, 7, 14, 6, 5, 2, 42, 2];
const MODES = [10, 10, 5, 5, 10, 10];

const shape = { fields: adultFields(), latent: config.latent, condition: 102, widths: config.generatorWidths };
const generator = ctganParameters(shape);
const critic = packedCriticParameters(packShape(shape, config), config.criticWidths);
const steps = await Promise.all(
  [criticStepSpec, generatorStepSpec].map((make) => prepare(make(shape, config, generator, critic))),
);

console.log(`threads ${threads}`);
printTimes(
  await interleaved(rounds, {
    "critic step": steps[0],
    "generator step": steps[1],
    "whole step": async () => {
      for (const step of steps) await step();
    },
  }),
);

async function prepare(spec) {
  const program = await compile(spec, { engine: "onnx", threads });
  const { parameters, inputs } = startingBuffers(spec);
  const trained = startingBuffers({
    parameters: Object.fromEntries(spec.trainable.map((name) => [name, spec.parameters[name]])),
    inputs: {},
  });
  const { beta1, beta2, weightDecay, learningRate } = config;
  const adam = makeAdam(trained.parameters.flat.length, { beta1, beta2, weightDecay, decoupled: false });
  return async () => {
    await program.run(parameters.views, inputs, trained.gradients.views);
    adam.step(trained.parameters.flat, trained.gradients.flat, learningRate);
  };
}

function adultFields() {
  const categories = CATEGORIES.map((levels, i) => ({ kind: "discrete", name: `category ${i}`, levels }));
  const numbers = MODES.flatMap((levels, i) => [
    { kind: "discrete", name: `mode of number ${i}`, levels },
    { kind: "scalar", name: `number ${i}` },
  ]);
  return [...categories, ...numbers];
}
