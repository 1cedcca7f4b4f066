/**
 * Times the completion step of the default preset (577 levels, 15 fields, width 256, 2 blocks, batch 500) beside its
 * matrix products alone and the optimizer.
 *
 *   npx tsc -p . && node bench/engine/completion-step.mjs [threads=1] [rounds=60]
 */
import { compile } from "../../dist/runtime/compile.js";
import { makeAdam } from "../../dist/runtime/optimizer.js";
import { completionSpec } from "./completion-spec.mjs";
import { matrixProductsSpec } from "./matrix-products-spec.mjs";
import { interleaved, printTimes, startingBuffers } from "./measure.mjs";

const threads = Number(process.argv[2] ?? 1);
const rounds = Number(process.argv[3] ?? 60);

const step = await prepare(completionSpec());
const products = await prepare(matrixProductsSpec());
const adam = makeAdam(step.parameters.flat.length, {
  beta1: 0.9,
  beta2: 0.99,
  weightDecay: 0.01,
  clipNorm: 5,
  emaDecay: 0.999,
});

const stepOnce = () => step.run();
const optimizeOnce = async () => adam.step(step.parameters.flat, step.gradients.flat, 1e-6);
console.log(`threads ${threads}`);
printTimes(
  await interleaved(rounds, {
    "matrix products alone": () => products.run(),
    "forward and gradients": stepOnce,
    "optimizer (clip, AdamW, average)": optimizeOnce,
    "whole step": async () => {
      await stepOnce();
      await optimizeOnce();
    },
  }),
);

async function prepare(spec) {
  const program = await compile(spec, { engine: "onnx", threads });
  const { parameters, gradients, inputs } = startingBuffers(spec);
  return { parameters, gradients, run: () => program.run(parameters.views, inputs, gradients.views) };
}
