import type { TensorMap, TensorSpecs } from "../../runtime/program.js";
import { tf } from "../../runtime/tf.js";
import type { CriticNetwork, CriticPass, GanShape, MixedPass, MixedRows } from "../architectures/architecture.js";
import {
  criticParameters,
  firstLayerGradient,
  hiddenFromFirst,
  initializeLinear,
  scoreFromFirst,
} from "./critic-network.js";
import { MINIBATCH_DIMENSIONS, minibatchFeatures } from "./minibatch-features.js";
import { conditionSums, squaredProductNorms } from "./packed-critic.js";
import { columns, oneHotOf, type Part, places } from "./parts.js";

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
    ...(techniques.minibatchDiscrimination === 0 &&
      !seesByProjection(shape) && {
        runMixed: (parameters: TensorMap, rows: MixedRows, inputs: TensorMap) =>
          judgeMixed(parameters, rows, inputs, shape),
      }),
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
  const first = firstLayer(parameters, rows, condition, shape);
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
    squaredGradientNorms: () =>
      inputNorms(parameters, firstLayerGradient(parameters, hidden.slopes, layers, toFeatures)),
  };
}

/** The first layer's sums, bias included, [packs, units]. */
function firstLayer(
  parameters: TensorMap,
  rows: tf.Tensor2D,
  condition: readonly Part[],
  { config, width }: GanShape,
): tf.Tensor2D {
  const { pack } = config.techniques;
  const packed = tf.reshape(rows, [rows.shape[0] / pack, pack * width]) as tf.Tensor2D;
  const sums = tf.add(tf.matMul(packed, weightOf(parameters, 0)), parameters["critic.bias0"]!) as tf.Tensor2D;
  const seen = parameters["critic.condition"] as tf.Tensor2D | undefined;
  return seen === undefined ? sums : tf.add(sums, conditionSums(condition, seen, pack));
}

/** Squared norms of gradients with respect to packs (and conditions that the first layer sees), from those of its sums. */
function inputNorms(parameters: TensorMap, gradient: tf.Tensor2D): tf.Tensor1D {
  const seen = parameters["critic.condition"] as tf.Tensor2D | undefined;
  const own = squaredProductNorms(gradient, weightOf(parameters, 0));
  return seen === undefined ? own : tf.add(own, squaredProductNorms(gradient, seen));
}

/** The first layer is affine: that of the mixes is the mix of the others'. */
function judgeMixed(parameters: TensorMap, rows: MixedRows, inputs: TensorMap, shape: GanShape): MixedPass {
  const layers = shape.config.criticWidths.length;
  const both = tf.concat([rows.fake, rows.real], 0);
  const condition = rows.fakeCondition.map((part, at) => stacked(part, rows.realCondition[at]!));
  const first = firstLayer(parameters, both, condition, shape); // [2 packs, units]
  const [fakeFirst, realFirst] = tf.split(first, 2, 0) as [tf.Tensor2D, tf.Tensor2D];
  const mixedFirst = tf.add(fakeFirst, tf.mul(tf.sub(realFirst, fakeFirst), rows.alpha)) as tf.Tensor2D;
  const all = tf.concat([first, mixedFirst], 0); // [3 packs, units]
  const { score, slopes } = scoreFromFirst(parameters, all, layers, dropoutMasks(inputs, shape));
  const packs = fakeFirst.shape[0];
  const [fake, real] = tf.split(score, 3, 0) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
  return {
    fake,
    real,
    squaredGradientNorms: () => {
      const mixed = slopes.map((slope) => tf.slice(slope, [2 * packs, 0]));
      return inputNorms(parameters, firstLayerGradient(parameters, mixed, layers));
    },
  };
}

/** One part above the other. */
function stacked(above: Part, below: Part): Part {
  if (above.kind === "places" && below.kind === "places") {
    return places(tf.concat([above.places, below.places], 0), above.columns);
  }
  return columns(tf.concat([oneHotOf(above), oneHotOf(below)], 0));
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
