import type { ProgramSpec, TensorMap, TensorSpecs } from "../../runtime/program.js";
import { tf } from "../../runtime/tf.js";
import type { CtganConfig } from "../config.js";
import { firstLayerGradient, scoreFromFirst } from "../networks/critic-network.js";
import { type CtganShape, ctganRaw, gumbelNoise, normalNoise, outputWidth } from "../networks/ctgan-generator.js";
import { activateFields } from "../networks/field-activation.js";
import { type PackShape, packedFirst, squaredPackNorms } from "../networks/packed-critic.js";
import { columns, type Part, places } from "../networks/parts.js";
import { conditionCrossEntropy } from "../objectives/condition-cross-entropy.js";
import { uniformsOfLatent } from "./ctgan-batch.js";

/** The packs that CTGAN's critic sees. */
export function packShape(shape: CtganShape, config: CtganConfig): PackShape {
  return { pack: config.pack, data: outputWidth(shape.fields), condition: shape.condition };
}

/**
 * The critic's step: Wasserstein loss with gradient penalty (Gulrajani et al. 2017, arXiv:1704.00028), over packs.
 * Generated, real and mixed packs go through the critic together; the first layer of the mixed ones is the mix of the
 * others' (it is affine).
 */
export function criticStepSpec(
  shape: CtganShape,
  config: CtganConfig,
  generator: TensorSpecs,
  critic: TensorSpecs,
): ProgramSpec {
  const packs = config.batchSize / config.pack;
  return {
    name: "ctgan-critic-step",
    parameters: { ...generator, ...critic },
    trainable: Object.keys(critic),
    inputs: { ...stepInputs(shape, config, 3 * packs), ...realInputs(shape, config) },
    run: (parameters, inputs) => {
      const layers = config.criticWidths.length;
      const { rows } = generate(parameters, inputs, shape, config);
      const both = tf.concat([rows, inputs.real as tf.Tensor2D], 0); // [2 B, W]
      const bothPlaces =
        shape.condition > 0 ? (tf.concat([inputs.condition!, inputs.realCondition!], 0) as tf.Tensor1D) : undefined;
      const first = packedFirst(parameters, both, bothPlaces, packShape(shape, config)); // [2 packs, units]
      const [fakeFirst, realFirst] = tf.split(first, 2, 0) as [tf.Tensor2D, tf.Tensor2D];
      const alpha = inputs.alpha as tf.Tensor2D; // [packs, 1]
      const mixedFirst = tf.add(fakeFirst, tf.mul(tf.sub(realFirst, fakeFirst), alpha)) as tf.Tensor2D;
      const stacked = tf.concat([first, mixedFirst], 0) as tf.Tensor2D; // [3 packs, units]
      const { score, slopes } = scoreFromFirst(parameters, stacked, layers, dropoutMasks(inputs, config));
      const mixedSlopes = slopes.map((slope) => tf.slice(slope, [2 * packs, 0]));
      const gradient = firstLayerGradient(parameters, mixedSlopes, layers); // [packs, units]
      const norm = tf.sqrt(tf.add(squaredPackNorms(parameters, gradient), 1e-12)); // [packs]
      const penalty = tf.mul(tf.mean(tf.square(tf.sub(norm, 1))), config.gradientPenalty);
      const signs = Float32Array.from(
        { length: 3 * packs },
        (_, i) => [1 / packs, -1 / packs, 0][Math.floor(i / packs)]!,
      );
      const distance = tf.sum(tf.mul(score, tf.tensor2d(signs, [3 * packs, 1])));
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
    inputs: stepInputs(shape, config, config.batchSize / config.pack),
    run: (parameters, inputs) => {
      const { rows, raw } = generate(parameters, inputs, shape, config);
      const condition = inputs.condition as tf.Tensor1D | undefined;
      const first = packedFirst(parameters, rows, condition, packShape(shape, config));
      const pass = scoreFromFirst(parameters, first, config.criticWidths.length, dropoutMasks(inputs, config));
      const score = tf.neg(tf.mean(pass.score));
      if (condition === undefined) {
        return { outputs: { loss: tf.reshape(score, [1]), conditionLoss: tf.zeros([1]) }, loss: score };
      }
      const conditionLoss = conditionCrossEntropy(raw, condition, shape.fields);
      return {
        outputs: { loss: tf.reshape(score, [1]), conditionLoss: tf.reshape(conditionLoss, [1]) },
        loss: tf.add(score, conditionLoss),
      };
    },
  };
}

/** Batch means and variances of the generator's layers, to be averaged over many batches. */
export function populationSpec(shape: CtganShape, config: CtganConfig, generator: TensorSpecs): ProgramSpec {
  const { latent, condition } = stepInputs(shape, config, 0);
  return {
    name: "ctgan-population",
    parameters: generator,
    inputs: { latent: latent!, ...(condition !== undefined && { condition }) },
    run: (parameters, inputs) => ({
      outputs: ctganRaw(parameters, generatorInput(inputs, shape), shape.widths.length).statistics,
    }),
  };
}

/** Inputs that both steps have; `packs` rows of uniforms for dropout. */
function stepInputs(shape: CtganShape, config: CtganConfig, packs: number): TensorSpecs {
  const rows = config.batchSize;
  return {
    latent: { shape: [rows, uniformsOfLatent(shape)] },
    uniform: { shape: [rows, outputWidth(shape.fields)] },
    ...(shape.condition > 0 && { condition: { shape: [rows], type: "int32" } }),
    ...Object.fromEntries(config.criticWidths.map((units, layer) => [`dropout${layer}`, { shape: [packs, units] }])),
  };
}

function realInputs(shape: CtganShape, config: CtganConfig): TensorSpecs {
  const rows = config.batchSize;
  return {
    real: { shape: [rows, outputWidth(shape.fields)] },
    alpha: { shape: [rows / config.pack, 1] },
    ...(shape.condition > 0 && { realCondition: { shape: [rows], type: "int32" } }),
  };
}

function generatorInput(inputs: TensorMap, shape: CtganShape): Part[] {
  const normals = normalNoise(inputs.latent as tf.Tensor2D);
  const z = columns(shape.latent % 2 === 0 ? normals : tf.slice(normals, [0, 0], [-1, shape.latent]));
  return shape.condition === 0 ? [z] : [z, places(inputs.condition as tf.Tensor1D, shape.condition)];
}

function generate(parameters: TensorMap, inputs: TensorMap, shape: CtganShape, config: CtganConfig) {
  const { raw } = ctganRaw(parameters, generatorInput(inputs, shape), shape.widths.length);
  const gumbel = gumbelNoise(inputs.uniform as tf.Tensor2D);
  return { raw, rows: activateFields(raw, gumbel, shape.fields, config.temperature) };
}

/** Inverted dropout from uniforms: 1 / keep where kept, else 0. */
function dropoutMasks(inputs: TensorMap, config: CtganConfig): tf.Tensor2D[] {
  return config.criticWidths.map((_, layer) => {
    const kept = tf.cast(tf.greater(inputs[`dropout${layer}`]!, config.dropout), "float32");
    return tf.mul(kept, 1 / (1 - config.dropout)) as tf.Tensor2D;
  });
}
