import type { TensorMap, TensorSpecs } from "../../runtime/program.js";
import { tf } from "../../runtime/tf.js";
import type { CriticNetwork, CriticPass, GanShape } from "../architectures/architecture.js";
import { criticParameters, firstLayerGradient, hiddenFromFirst, initializeLinear } from "./critic-network.js";
import { MINIBATCH_DIMENSIONS, minibatchFeatures } from "./minibatch-features.js";
import { conditionSums, squaredProductNorms } from "./packed-critic.js";
import type { Part } from "./parts.js";

/**
 * A critic of packs of rows (PacGAN, Lin et al. 2018, arXiv:1712.04086): hidden layers with LeakyReLU(.2) and dropout. The
 * condition is part of what the first layer sees, or, by projection (Miyato and Koyama 2018, arXiv:1802.05637), adds the
 * product of its embedding and the features to the score. A pack is the data of its rows, then their conditions.
 */
export function makeMlpCritic(shape: GanShape): CriticNetwork {
  const { criticWidths, techniques } = shape.config;
  const packs = (rows: number): number => rows / techniques.pack;
  return {
    specs: criticSpecs(shape),
    initialize: (views, random) => {
      const inputs = techniques.pack * (shape.width + (seesByProjection(shape) ? 0 : shape.condition));
      initializeLinear(views, criticSpecs(shape), random, { "critic.weight0": inputs, "critic.condition": inputs });
      views["critic.projection"]?.fill(0); // the score begins as that of an unconditional critic
    },
    noise: (rows) =>
      techniques.dropout === 0
        ? {}
        : Object.fromEntries(criticWidths.map((units, layer) => [`dropout${layer}`, { shape: [packs(rows), units] }])),
    run: (parameters, rows, condition, inputs) => judge(parameters, rows, condition, inputs, shape),
  };
}

function seesByProjection({ config, condition }: GanShape): boolean {
  return condition > 0 && config.condition.critic === "projection";
}

function criticSpecs(shape: GanShape): TensorSpecs {
  const { config, width, condition } = shape;
  const { pack, minibatchDiscrimination: kernels } = config.techniques;
  const widths = config.criticWidths;
  const [first, last] = [widths[0]!, widths.at(-1)!];
  const { "critic.weight0": weight, ...others } = criticParameters(pack * width, widths);
  const final = `critic.weight${widths.length}`;
  return {
    "critic.weight0": weight!,
    ...(condition > 0 && !seesByProjection(shape) && { "critic.condition": { shape: [pack * condition, first] } }),
    ...others,
    ...(kernels > 0 && {
      [final]: { shape: [last + kernels, 1] },
      "critic.minibatch": { shape: [last, kernels * MINIBATCH_DIMENSIONS] },
    }),
    ...(seesByProjection(shape) && { "critic.projection": { shape: [pack * condition, last] } }),
  };
}

function judge(
  parameters: TensorMap,
  rows: tf.Tensor2D,
  condition: readonly Part[],
  inputs: TensorMap,
  shape: GanShape,
): CriticPass {
  const { criticWidths, techniques } = shape.config;
  const layers = criticWidths.length;
  const { pack, minibatchDiscrimination: kernels } = techniques;
  const packed = tf.reshape(rows, [rows.shape[0] / pack, pack * shape.width]) as tf.Tensor2D;
  let first = tf.add(tf.matMul(packed, weightOf(parameters, 0)), parameters["critic.bias0"]!) as tf.Tensor2D;
  const seen = parameters["critic.condition"] as tf.Tensor2D | undefined;
  if (seen !== undefined) first = tf.add(first, conditionSums(condition, seen, pack));
  const hidden = hiddenFromFirst(parameters, first, layers, dropoutMasks(inputs, shape));
  const features =
    kernels === 0 ? hidden.features : minibatchFeatures(hidden.features, parameters["critic.minibatch"]!, kernels);
  const embedding = parameters["critic.projection"] as tf.Tensor2D | undefined;
  const projected = embedding && conditionSums(condition, embedding, pack); // [packs, width]
  const last = weightOf(parameters, layers);
  const plain = tf.add(tf.matMul(features, last), parameters[`critic.bias${layers}`]!) as tf.Tensor2D;
  const score = projected === undefined ? plain : tf.add(plain, tf.sum(tf.mul(projected, hidden.features), 1, true));
  const pass: CriticPass = { score: score as tf.Tensor2D, features };
  if (kernels > 0) return pass;
  const toFeatures = projected === undefined ? tf.transpose(last) : tf.add(projected, tf.transpose(last));
  return {
    ...pass,
    squaredGradientNorms: () => {
      const gradient = firstLayerGradient(parameters, hidden.slopes, layers, toFeatures); // [packs, units]
      const own = squaredProductNorms(gradient, weightOf(parameters, 0));
      return seen === undefined ? own : tf.add(own, squaredProductNorms(gradient, seen));
    },
  };
}

function weightOf(parameters: TensorMap, layer: number): tf.Tensor2D {
  return parameters[`critic.weight${layer}`] as tf.Tensor2D;
}

/** Inverted dropout from uniforms: 1 / keep where kept, else 0. */
function dropoutMasks(inputs: TensorMap, { config }: GanShape): tf.Tensor2D[] | undefined {
  const { dropout } = config.techniques;
  if (dropout === 0) return undefined;
  return config.criticWidths.map((_, layer) => {
    const kept = tf.cast(tf.greater(inputs[`dropout${layer}`]!, dropout), "float32");
    return tf.mul(kept, 1 / (1 - dropout)) as tf.Tensor2D;
  });
}
