import type { ProgramSpec, TensorMap, TensorSpecs } from "../../runtime/program.js";
import { tf } from "../../runtime/tf.js";
import type { CtganConfig } from "../config.js";
import { criticInputGradient, criticScore } from "../networks/critic-network.js";
import {
  activateFields,
  type CtganShape,
  ctganRaw,
  fieldWidth,
  gumbelNoise,
  outputWidth,
} from "../networks/ctgan-generator.js";
import { conditionFields } from "../techniques/condition-sampler.js";
import type { CtganBatch } from "./ctgan-batch.js";

/** The critic's step: Wasserstein loss with gradient penalty (Gulrajani et al. 2017, arXiv:1704.00028), over packs. */
export function criticStepSpec(
  shape: CtganShape,
  config: CtganConfig,
  generator: TensorSpecs,
  critic: TensorSpecs,
): ProgramSpec {
  return {
    name: "ctgan-critic-step",
    parameters: { ...generator, ...critic },
    trainable: Object.keys(critic),
    inputs: { ...stepInputs(shape, config, ["Fake", "Real", "Mixed"]), ...realInputs(shape, config) },
    run: (parameters, inputs) => {
      const layers = config.criticWidths.length;
      const { rows: fakeRows } = generate(parameters, inputs, shape, config);
      const fake = pack(withCondition(fakeRows, inputs.condition, shape), config);
      const real = pack(withCondition(inputs.real as tf.Tensor2D, inputs.realCondition, shape), config);
      const fakeScore = criticScore(parameters, fake, layers, dropoutMasks(inputs, "Fake", config)).score;
      const realScore = criticScore(parameters, real, layers, dropoutMasks(inputs, "Real", config)).score;
      const alpha = inputs.alpha as tf.Tensor2D; // [packs, 1]
      const mixed = tf.add(tf.mul(real, alpha), tf.mul(fake, tf.sub(1, alpha))) as tf.Tensor2D;
      const { slopes } = criticScore(parameters, mixed, layers, dropoutMasks(inputs, "Mixed", config));
      const gradient = criticInputGradient(parameters, slopes, layers); // [packs, pack x (W + C)]
      const norm = tf.sqrt(tf.add(tf.sum(tf.square(gradient), 1), 1e-12)); // [packs]
      const penalty = tf.mul(tf.mean(tf.square(tf.sub(norm, 1))), config.gradientPenalty);
      const distance = tf.sub(tf.mean(fakeScore), tf.mean(realScore));
      return { outputs: { loss: tf.reshape(distance, [1]) }, loss: tf.add(distance, penalty) };
    },
  };
}

/** The generator's step: -critic + cross-entropy of the conditioned column. */
export function generatorStepSpec(
  shape: CtganShape,
  config: CtganConfig,
  generator: TensorSpecs,
  critic: TensorSpecs,
): ProgramSpec {
  return {
    name: "ctgan-generator-step",
    parameters: { ...generator, ...critic },
    trainable: Object.keys(generator),
    inputs: stepInputs(shape, config, ["Fake"]),
    run: (parameters, inputs) => {
      const { rows, raw } = generate(parameters, inputs, shape, config);
      const fake = pack(withCondition(rows, inputs.condition, shape), config);
      const dropout = dropoutMasks(inputs, "Fake", config);
      const score = tf.neg(tf.mean(criticScore(parameters, fake, config.criticWidths.length, dropout).score));
      if (shape.condition === 0) {
        return { outputs: { loss: tf.reshape(score, [1]), conditionLoss: tf.zeros([1]) }, loss: score };
      }
      const conditionLoss = conditionCrossEntropy(raw, inputs, shape);
      return {
        outputs: { loss: tf.reshape(score, [1]), conditionLoss: tf.reshape(conditionLoss, [1]) },
        loss: tf.add(score, conditionLoss),
      };
    },
  };
}

/** Batch means and variances of the generator's layers, to be averaged over many batches. */
export function populationSpec(shape: CtganShape, generator: TensorSpecs, batch: CtganBatch): ProgramSpec {
  const rows = batch.z.length / shape.latent;
  return {
    name: "ctgan-population",
    parameters: generator,
    inputs: {
      z: { shape: [rows, shape.latent] },
      ...(shape.condition > 0 && { condition: { shape: [rows, shape.condition] } }),
    },
    run: (parameters, inputs) => {
      const input = withCondition(inputs.z as tf.Tensor2D, inputs.condition, shape);
      return { outputs: ctganRaw(parameters, input, shape.widths.length).statistics };
    },
  };
}

function stepInputs(shape: CtganShape, config: CtganConfig, uses: readonly string[]): TensorSpecs {
  const rows = config.batchSize;
  const inputs: Record<string, { shape: number[] }> = {
    z: { shape: [rows, shape.latent] },
    uniform: { shape: [rows, outputWidth(shape.fields)] },
  };
  if (shape.condition > 0) inputs.condition = { shape: [rows, shape.condition] };
  for (const use of uses) {
    config.criticWidths.forEach((units, layer) => {
      inputs[`dropout${use}${layer}`] = { shape: [rows / config.pack, units] };
    });
  }
  return inputs;
}

function realInputs(shape: CtganShape, config: CtganConfig): TensorSpecs {
  const rows = config.batchSize;
  return {
    real: { shape: [rows, outputWidth(shape.fields)] },
    alpha: { shape: [rows / config.pack, 1] },
    ...(shape.condition > 0 && { realCondition: { shape: [rows, shape.condition] } }),
  };
}

function generate(parameters: TensorMap, inputs: TensorMap, shape: CtganShape, config: CtganConfig) {
  const input = withCondition(inputs.z as tf.Tensor2D, inputs.condition, shape);
  const { raw } = ctganRaw(parameters, input, shape.widths.length);
  const gumbel = gumbelNoise(inputs.uniform as tf.Tensor2D);
  return { raw, rows: activateFields(raw, gumbel, shape.fields, config.temperature) };
}

function withCondition(x: tf.Tensor2D, condition: tf.Tensor | undefined, shape: CtganShape): tf.Tensor2D {
  return shape.condition === 0 ? x : tf.concat([x, condition as tf.Tensor2D], 1);
}

/** [B, width] -> [B / pack, pack x width] (PacGAN, Lin et al. 2018, arXiv:1712.04086). */
function pack(rows: tf.Tensor2D, config: CtganConfig): tf.Tensor2D {
  return tf.reshape(rows, [rows.shape[0] / config.pack, rows.shape[1] * config.pack]);
}

/** Inverted dropout from uniforms: 1 / keep where kept, else 0. */
function dropoutMasks(inputs: TensorMap, use: string, config: CtganConfig): tf.Tensor2D[] {
  return config.criticWidths.map((_, layer) => {
    const kept = tf.step(tf.sub(inputs[`dropout${use}${layer}`]!, config.dropout));
    return tf.div(kept, 1 - config.dropout) as tf.Tensor2D;
  });
}

/** Mean over rows of the conditioned column's cross-entropy against the condition. */
function conditionCrossEntropy(raw: tf.Tensor2D, inputs: TensorMap, shape: CtganShape): tf.Scalar {
  const parts = tf.split(raw, shape.fields.map(fieldWidth), 1);
  const logs = conditionFields(shape.fields).map((field) => tf.logSoftmax(parts[field]!) as tf.Tensor2D);
  const picked = tf.sum(tf.mul(tf.concat(logs, 1), inputs.condition as tf.Tensor2D));
  return tf.neg(tf.div(picked, raw.shape[0])) as tf.Scalar;
}
