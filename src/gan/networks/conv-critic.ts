import { convolve, convolveTransposed, type Taps } from "../../runtime/convolution.js";
import { halvingTaps } from "../../runtime/halving-taps.js";
import type { TensorMap, TensorSpecs } from "../../runtime/program.js";
import { tf } from "../../runtime/tf.js";
import type { CriticNetwork, CriticPass, GanShape } from "../architectures/architecture.js";
import type { ImageLayout } from "../techniques/image-layout.js";
import { penaltyOf } from "../techniques/penalty.js";
import { leaky, normalizeChannels, perChannel } from "./channel-norm.js";
import { columnsOfPixels, initializeNormal } from "./conv-generator.js";
import { MINIBATCH_DIMENSIONS, minibatchFeatures } from "./minibatch-features.js";
import { conditionSums } from "./packed-critic.js";
import { type Part, productOfParts } from "./parts.js";

const LEAK = 0.2;

/**
 * Rows on their image -> convolutions that halve its side, with LeakyReLU(.2) and, from the second on, batch normalization
 * (Radford et al. 2016, arXiv:1511.06434) -> one product with all that is left. Rows of a pack are channels. A condition is
 * one more channel, a learned plane a level (Mirza and Osindero 2014), or a projection on the sum of the last channels over
 * their pixels (Miyato and Koyama 2018, arXiv:1802.05637).
 */
export function makeConvCritic(shape: GanShape, layout: ImageLayout): CriticNetwork {
  const critic = planCritic(shape, layout);
  const specs = criticSpecs(critic);
  return {
    specs,
    initialize: (views, random) => {
      initializeNormal(views, specs, random);
      views["critic.projection"]?.fill(0); // the score begins as that of an unconditional critic
    },
    noise: () => ({}),
    run: (parameters, rows, condition) => runCritic(critic, parameters, rows, condition),
  };
}

interface ConvCritic {
  readonly shape: GanShape;
  readonly side: number;
  readonly stages: readonly Taps[];
  readonly isNormalized: boolean;
  /** Columns of a pack's condition and how it is seen. */
  readonly condition: "none" | "plane" | "projection";
}

function planCritic(shape: GanShape, layout: ImageLayout): ConvCritic {
  const { config, width } = shape;
  const { pack } = config.techniques;
  const condition = shape.condition === 0 ? "none" : config.condition.critic === "projection" ? "projection" : "plane";
  const pixels = layout.side ** 2;
  const planes = condition === "plane" ? pack : 0;
  const sources = pack * width + planes * pixels;
  const columns = columnsOfPixels(layout);
  const rows = Array.from({ length: pack }, (_, row) =>
    columns.map((column) => (column === width ? sources : row * width + column)),
  );
  const extra = Array.from({ length: planes }, (_, row) =>
    Array.from({ length: pixels }, (_, pixel) => pack * width + row * pixels + pixel),
  );
  const stages = config.criticWidths.map((_, stage) => {
    const side = layout.side / 2 ** stage;
    if (stage === 0) return halvingTaps([...rows, ...extra], side, sources);
    return halvingTaps([Array.from({ length: side ** 2 }, (_, pixel) => pixel)], side, side ** 2);
  });
  // Batch normalization makes a row's score depend on the rest of its batch; penalties ask for the gradient of one row's own
  // score (Gulrajani et al. 2017, arXiv:1704.00028, section 4: no batch normalization in the critic).
  return { shape, side: layout.side, stages, isNormalized: penaltyOf(config) === "none", condition };
}

function criticSpecs({ shape, side, stages, isNormalized, condition }: ConvCritic): TensorSpecs {
  const widths = shape.config.criticWidths;
  const specs: Record<string, { shape: number[] }> = {};
  if (condition === "plane") {
    specs["critic.plane"] = { shape: [shape.condition, side ** 2] };
    specs["critic.planeBias"] = { shape: [side ** 2] };
  }
  widths.forEach((channels, layer) => {
    const inputs = stages[layer]!.size * (layer === 0 ? 1 : widths[layer - 1]!);
    specs[`critic.weight${layer}`] = { shape: [channels, inputs] };
    if (layer > 0 && isNormalized) specs[`critic.gain${layer}`] = { shape: [channels] };
    specs[`critic.shift${layer}`] = { shape: [channels] };
  });
  const last = widths.length;
  const features = stages.at(-1)!.positions * widths.at(-1)!;
  const { pack, minibatchDiscrimination: kernels } = shape.config.techniques;
  if (kernels > 0) specs["critic.minibatch"] = { shape: [features, kernels * MINIBATCH_DIMENSIONS] };
  specs[`critic.weight${last}`] = { shape: [features + kernels, 1] };
  specs[`critic.bias${last}`] = { shape: [1] };
  if (condition === "projection") {
    specs["critic.projection"] = { shape: [pack * shape.condition, widths.at(-1)!] };
  }
  return specs;
}

function runCritic(
  critic: ConvCritic,
  parameters: TensorMap,
  rows: tf.Tensor2D,
  condition: readonly Part[],
): CriticPass {
  const { shape, stages, isNormalized } = critic;
  const { criticWidths: widths, techniques } = shape.config;
  const { pack, minibatchDiscrimination: kernels } = techniques;
  const packs = rows.shape[0] / pack;
  let image = firstSources(critic, parameters, rows, condition, packs); // [S, 1, packs]
  const slopes: tf.Tensor3D[] = [];
  for (const [layer, taps] of stages.entries()) {
    const linear = convolve(image, parameters[`critic.weight${layer}`] as tf.Tensor2D, taps);
    const shift = parameters[`critic.shift${layer}`]!;
    if (layer > 0 && isNormalized) {
      image = normalizeChannels(linear, parameters[`critic.gain${layer}`]!, shift, LEAK).value;
    } else {
      const sums = tf.add(linear, perChannel(shift));
      slopes.push(tf.step(sums, LEAK) as tf.Tensor3D);
      image = leaky(sums, LEAK) as tf.Tensor3D;
    }
  }
  const weight = parameters[`critic.weight${widths.length}`] as tf.Tensor2D; // [P x C (+ kernels), 1]
  const flat = tf.transpose(tf.reshape(image, [-1, packs])) as tf.Tensor2D; // [packs, P x C]
  const features = kernels === 0 ? flat : minibatchFeatures(flat, parameters["critic.minibatch"]!, kernels);
  const plain = tf.add(tf.matMul(features, weight), parameters[`critic.bias${widths.length}`]!);
  const embedding = parameters["critic.projection"] as tf.Tensor2D | undefined;
  const projected = embedding && conditionSums(condition, embedding, pack); // [packs, C]
  const score =
    projected === undefined ? plain : tf.add(plain, productOfRows(tf.transpose(tf.sum(image, 0)), projected));
  const hasGradient = !isNormalized && kernels === 0;
  return {
    score: score as tf.Tensor2D,
    features,
    ...(hasGradient && { squaredGradientNorms: () => squaredNorms(critic, parameters, slopes, projected) }),
  };
}

function productOfRows(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return tf.sum(tf.mul(a, b), 1, true);
}

/** The rows of a pack, then the planes of their conditions, as rows of the first convolution's input: [S, 1, packs]. */
function firstSources(
  { shape, side, condition: seen }: ConvCritic,
  parameters: TensorMap,
  rows: tf.Tensor2D,
  condition: readonly Part[],
  packs: number,
): tf.Tensor3D {
  const { pack } = shape.config.techniques;
  const parts = [packed(rows, packs, pack * shape.width)];
  if (seen === "plane") {
    const planes = productOfParts(
      condition,
      parameters["critic.plane"] as tf.Tensor2D,
      parameters["critic.planeBias"]!,
    );
    parts.push(packed(planes, packs, pack * side ** 2));
  }
  const sources = tf.concat(parts, 0);
  return tf.reshape(sources, [sources.shape[0], 1, packs]);
}

function packed(rows: tf.Tensor2D, packs: number, width: number): tf.Tensor2D {
  return tf.transpose(tf.reshape(rows, [packs, width]));
}

/**
 * Squared norms of the score's gradient with respect to each pack's rows, [packs]: without normalization the critic is
 * piecewise linear, and its gradient a chain of transposed convolutions with the slopes in between.
 */
function squaredNorms(
  { shape, stages }: ConvCritic,
  parameters: TensorMap,
  slopes: readonly tf.Tensor3D[],
  projected: tf.Tensor2D | undefined,
): tf.Tensor1D {
  const { techniques, criticWidths: widths } = shape.config;
  const last = widths.length;
  const weight = tf.reshape(parameters[`critic.weight${last}`]!, [stages.at(-1)!.positions, widths.at(-1)!, 1]);
  const direct = projected === undefined ? weight : tf.add(weight, tf.transpose(projected)); // [P, C, 1 or packs]
  let gradient = tf.mul(slopes.at(-1)!, direct) as tf.Tensor3D; // [P, C, packs]
  for (let layer = last - 1; layer > 0; layer--) {
    const back = convolveTransposed(gradient, parameters[`critic.weight${layer}`] as tf.Tensor2D, stages[layer]!);
    gradient = tf.mul(back, slopes[layer - 1]!);
  }
  const ofSources = convolveTransposed(gradient, parameters["critic.weight0"] as tf.Tensor2D, stages[0]!); // [S, 1, packs]
  const ofRows = tf.slice(ofSources, [0, 0, 0], [techniques.pack * shape.width, 1, -1]);
  return tf.sum(tf.square(ofRows), [0, 1]);
}
