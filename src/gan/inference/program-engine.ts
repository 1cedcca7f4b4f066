import { assertDefined } from "../../core/errors.js";
import { compile } from "../../runtime/compile.js";
import { gelu } from "../../runtime/gelu.js";
import type { Buffers, CompileOptions, Program, ProgramSpec, TensorMap, TensorSpecs } from "../../runtime/program.js";
import { tf } from "../../runtime/tf.js";
import type { CompletionEngine, FeatureBatch } from "./completion-engine.js";
import type { FoldedNetwork } from "./folded-network.js";

/** An engine of float32 programs on any of the runtime's engines. */
export async function openProgramEngine(network: FoldedNetwork, options: CompileOptions): Promise<CompletionEngine> {
  const weights = trunkWeights(network);
  const trunk = await compile(trunkSpec(network, weights), options);
  const heads = new Map<number, Program>();
  let features: Float32Array | undefined;
  return {
    features: async (batch) => {
      addLearned(network, batch);
      const inputs = { start: batch.start, ...(batch.z !== undefined && { z: batch.z }) };
      features = (await trunk.run(weights, inputs)).features as Float32Array;
    },
    shares: async (fields, biases) => {
      const made: Float32Array[] = [];
      for (const [at, field] of fields.entries()) {
        const bias = biases[at]!;
        const head = heads.get(field) ?? (await compile(headSpec(network.width, bias.length), options));
        heads.set(field, head);
        const parameters = { weight: network.heads[field]!.weight, bias };
        const { shares } = await head.run(parameters, { features: assertDefined(features, "features") });
        made.push(shares as Float32Array);
      }
      return made;
    },
    dispose: async () => {
      await trunk.dispose();
      for (const head of heads.values()) await head.dispose();
    },
  };
}

/** start = former + the embeddings of the levels learned since; [rows, H]. */
function addLearned({ width, embedding }: FoldedNetwork, { rows, former, learned, start }: FeatureBatch): void {
  start.set(former.subarray(0, rows * width));
  const perRow = learned.length / rows;
  for (let row = 0; row < rows; row++) {
    for (let at = row * perRow; at < (row + 1) * perRow; at++) {
      const from = learned[at]! * width;
      if (from >= embedding.length) continue;
      for (let i = 0; i < width; i++) start[row * width + i]! += embedding[from + i]!;
    }
  }
}

function trunkWeights(network: FoldedNetwork): Buffers {
  const weights: Record<string, Float32Array> = { gain: network.outputGain, shift: network.outputShift };
  if (network.fromLatent !== undefined) weights.latent = network.fromLatent;
  for (const [block, own] of network.blocks.entries()) {
    for (const [name, values] of Object.entries(own)) weights[`block${block}.${name}`] = values as Float32Array;
  }
  return weights;
}

function trunkSpec({ width, latent, blocks }: FoldedNetwork, weights: Buffers): ProgramSpec {
  const shapes = Object.entries(weights).map(([name, values]): [string, TensorSpecs[string]] => [
    name,
    { shape: values.length === width ? [width] : [values.length / width, width] },
  ]);
  const hasLatent = weights.latent !== undefined;
  return {
    name: "completion-trunk",
    parameters: Object.fromEntries(shapes),
    inputs: { start: { shape: [8, width] }, ...(hasLatent && { z: { shape: [8, latent] } }) },
    freeBatch: true,
    run: (parameters, inputs) => {
      const matrix = (name: string) => parameters[name] as tf.Tensor2D;
      let h = inputs.start as tf.Tensor2D;
      if (hasLatent) h = tf.add(h, tf.matMul(inputs.z as tf.Tensor2D, matrix("latent")));
      for (let block = 0; block < blocks.length; block++) h = addBlock(parameters, `block${block}`, h);
      const features = gelu(tf.add(tf.mul(normalize(h), parameters.gain!), parameters.shift!)); // [rows, H]
      return { outputs: { features } };
    },
  };
}

function addBlock(parameters: TensorMap, block: string, h: tf.Tensor2D): tf.Tensor2D {
  const weight = (name: string) => parameters[`${block}.${name}`] as tf.Tensor2D;
  const up = tf.add(tf.matMul(normalize(h), weight("up")), weight("upBias"));
  return tf.add(h, tf.add(tf.matMul(gelu(up as tf.Tensor2D), weight("down")), weight("downBias"))); // [rows, H]
}

/** Layer normalization of rows whose mean is 0. */
function normalize(h: tf.Tensor2D): tf.Tensor2D {
  return tf.mul(h, tf.rsqrt(tf.add(tf.mean(tf.square(h), 1, true), 1e-5))); // [rows, H]
}

function headSpec(width: number, levels: number): ProgramSpec {
  return {
    name: "completion-head",
    parameters: { weight: { shape: [width, levels] }, bias: { shape: [levels] } },
    inputs: { features: { shape: [8, width] } },
    freeBatch: true,
    run: ({ weight, bias }, { features }) => {
      const logits = tf.add(tf.matMul(features as tf.Tensor2D, weight as tf.Tensor2D), bias!);
      const raised = tf.exp(tf.sub(logits, tf.max(logits, 1, true)));
      return { outputs: { shares: tf.div(raised, tf.sum(raised, 1, true)) } }; // [rows, levels]
    },
  };
}
