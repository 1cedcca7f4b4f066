import { exportOnnx } from "../runtime/export-onnx.js";
import type { ProgramSpec } from "../runtime/program.js";
import type { tf } from "../runtime/tf.js";
import { ganForwardSpec } from "./inference/gan-rows.js";
import { type CompletionShape, completionLogits, completionParameters } from "./networks/completion-network.js";
import type { TrainedGenerator } from "./trained-generator.js";
import { networksOf } from "./trained-networks.js";

/**
 * The generator as an ONNX model of its own, for any ONNX runtime. Completion: `x` [rows, L + K] (one-hot levels of the
 * known fields, then known flags) and `z` [rows, Z] (zeros for exact sampling) -> `logits` [rows, L]. Models of
 * kind gan: see `ganForwardSpec`. The rows are free. Spans of the fields stand in the manifest.
 */
export function exportGenerator(generator: TrainedGenerator): Uint8Array {
  const networks = networksOf(generator);
  if (networks.kind === "gan") return exportOnnx(ganForwardSpec(networks.gan.networks), networks.gan.views);
  const { shape, views } = networks.completion;
  return exportOnnx(completionForwardSpec(shape), views);
}

function completionForwardSpec(shape: CompletionShape): ProgramSpec {
  return {
    name: "completion-network",
    parameters: completionParameters(shape),
    inputs: { x: { shape: [8, shape.levels + shape.fields] }, z: { shape: [8, shape.latent] } },
    freeBatch: true,
    run: (weights, inputs) => {
      const { x, z } = inputs as Record<"x" | "z", tf.Tensor2D>;
      return { outputs: { logits: completionLogits(weights, x, shape.blocks, { z }) } };
    },
  };
}
