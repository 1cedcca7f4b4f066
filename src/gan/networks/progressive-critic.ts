import type { TensorMap, TensorSpecs } from "../../runtime/program.js";
import { tf } from "../../runtime/tf.js";
import type {
  CriticNetwork,
  CriticPass,
  GanShape,
  MixedPass,
  MixedRows,
  TrainingSchedule,
} from "../architectures/architecture.js";
import { atResolution, type Hierarchy } from "../techniques/resolution.js";
import { leakySlope } from "./layers.js";
import { initializeHe } from "./mapping-network.js";
import { conditionSums, squaredProductNorms } from "./packed-critic.js";
import type { Part } from "./parts.js";
import { FADES } from "./progressive-generator.js";

const LEAK = 0.2;
/** Blocks begin small, as the layers that fade in do. */
const BLOCK_GAIN = 0.5;

/**
 * The mirror of the growing generator (Karras et al. 2018, arXiv:1710.10196): rows are read at the current resolution, go
 * through a residual block a stage, the latest first, each of which fades in, and a last layer. Packs as in PacGAN.
 */
export function makeProgressiveCritic(shape: GanShape, hierarchy: Hierarchy): CriticNetwork {
  const specs = criticSpecs(shape);
  const packed = packHierarchy(hierarchy, shape.config.techniques.pack);
  return {
    specs,
    initialize: (views, random) => {
      for (const [name, { shape: sizes }] of Object.entries(specs)) {
        if (sizes.length === 1) views[name]!.fill(0);
        else initializeHe(views[name]!, sizes[0]!, random.fork(name), name.endsWith(".down") ? BLOCK_GAIN : 1);
      }
    },
    noise: () => ({}),
    schedule: makeFadeSchedule(shape.config.generatorWidths.length),
    run: (parameters, rows, condition, inputs) => {
      const reading = readingOf(parameters, packed, inputs);
      return judge(parameters, firstSums(shape, parameters, reading, rows, condition), reading, inputs);
    },
    runMixed: (parameters, rows, inputs) =>
      judgeMixed(shape, parameters, readingOf(parameters, packed, inputs), rows, inputs),
  };
}

function criticSpecs({ config, width, condition }: GanShape): TensorSpecs {
  const { pack } = config.techniques;
  const [first, ...blocks] = config.criticWidths as [number, ...number[]];
  const specs: Record<string, { shape: number[] }> = {
    "critic.rows": { shape: [pack * width, first] },
    ...(condition > 0 && { "critic.condition": { shape: [pack * condition, first] } }),
    "critic.bias": { shape: [first] },
    "critic.last": { shape: [first, first] },
    "critic.lastBias": { shape: [first] },
    "critic.score": { shape: [first, 1] },
    "critic.scoreBias": { shape: [1] },
  };
  for (const [block, units] of blocks.entries()) {
    specs[`critic.block${block}.up`] = { shape: [first, units] };
    specs[`critic.block${block}.upBias`] = { shape: [units] };
    specs[`critic.block${block}.down`] = { shape: [units, first] };
  }
  return specs;
}

/** The same groups for every row of a pack. */
function packHierarchy(hierarchy: Hierarchy, pack: number): Hierarchy {
  return hierarchy.map((owners) => {
    const groups = Math.max(...owners) + 1;
    return Array.from({ length: pack }, (_, row) => owners.map((owner) => row * groups + owner)).flat();
  });
}

/** What the first layer's sums are made with. */
interface Reading {
  /** [pack x W, H], at the current resolution */
  readonly rows: tf.Tensor2D;
  readonly condition: tf.Tensor2D | undefined;
}

function readingOf(parameters: TensorMap, hierarchy: Hierarchy, inputs: TensorMap): Reading {
  const rows = atResolution(parameters["critic.rows"] as tf.Tensor2D, hierarchy, inputs[FADES.input]!);
  return { rows, condition: parameters["critic.condition"] as tf.Tensor2D | undefined };
}

/** The first layer's sums, bias included, [packs, H]. */
function firstSums(
  { config }: GanShape,
  parameters: TensorMap,
  reading: Reading,
  rows: tf.Tensor2D,
  condition: readonly Part[],
): tf.Tensor2D {
  const { pack } = config.techniques;
  const packed = tf.reshape(rows, [rows.shape[0] / pack, pack * rows.shape[1]]) as tf.Tensor2D;
  const sums = tf.add(tf.matMul(packed, reading.rows), parameters["critic.bias"]!) as tf.Tensor2D;
  return reading.condition === undefined ? sums : tf.add(sums, conditionSums(condition, reading.condition, pack));
}

/** From the first layer's sums to the score. */
function judge(parameters: TensorMap, sums: tf.Tensor2D, reading: Reading, inputs: TensorMap): CriticPass {
  const weight = (name: string): tf.Tensor2D => parameters[`critic.${name}`] as tf.Tensor2D;
  const fades = inputs[FADES.input]!;
  const stages = tf.split(fades, fades.shape[0]!, 0); // [1] each
  const firstSlope = leakySlope(sums, LEAK);
  let x = tf.mul(sums, firstSlope) as tf.Tensor2D;
  const back: ((gradient: tf.Tensor2D) => tf.Tensor2D)[] = [(gradient) => tf.mul(gradient, firstSlope)];
  for (let block = stages.length - 2; block >= 0; block--) {
    const [fade, up, down] = [stages[block + 1]!, weight(`block${block}.up`), weight(`block${block}.down`)];
    const hidden = tf.add(tf.matMul(x, up), weight(`block${block}.upBias`)) as tf.Tensor2D;
    const slope = tf.mul(leakySlope(hidden, LEAK), fade) as tf.Tensor2D;
    x = tf.add(x, tf.matMul(tf.mul(hidden, slope) as tf.Tensor2D, down));
    back.unshift((gradient) => {
      const inside = tf.mul(tf.matMul(gradient, down, false, true), slope) as tf.Tensor2D;
      return tf.add(gradient, tf.matMul(inside, up, false, true));
    });
  }
  const last = tf.add(tf.matMul(x, weight("last")), weight("lastBias")) as tf.Tensor2D;
  const lastSlope = leakySlope(last, LEAK);
  const features = tf.mul(last, lastSlope) as tf.Tensor2D;
  const score = tf.add(tf.matMul(features, weight("score")), weight("scoreBias")) as tf.Tensor2D;
  const squaredGradientNorms = (): tf.Tensor1D => {
    const toLast = tf.mul(lastSlope, tf.transpose(weight("score"))) as tf.Tensor2D;
    const toBlocks = tf.matMul(toLast, weight("last"), false, true) as tf.Tensor2D;
    const toSums = back.reduce((gradient, through) => through(gradient), toBlocks);
    const own = squaredProductNorms(toSums, reading.rows);
    return reading.condition === undefined ? own : tf.add(own, squaredProductNorms(toSums, reading.condition));
  };
  return { score, features, squaredGradientNorms };
}

/** The first layer is affine: of mixed rows its sums are the mixes of the others'. */
function judgeMixed(
  shape: GanShape,
  parameters: TensorMap,
  reading: Reading,
  { fake, real, fakeCondition, realCondition, alpha }: MixedRows,
  inputs: TensorMap,
): MixedPass {
  const fakeSums = firstSums(shape, parameters, reading, fake, fakeCondition);
  const realSums = firstSums(shape, parameters, reading, real, realCondition);
  const both = judge(parameters, tf.concat([fakeSums, realSums], 0), reading, inputs);
  const [fakeScore, realScore] = tf.split(both.score, 2, 0) as [tf.Tensor2D, tf.Tensor2D];
  const mixedSums = tf.add(fakeSums, tf.mul(tf.sub(realSums, fakeSums), alpha)) as tf.Tensor2D;
  const mixed = judge(parameters, mixedSums, reading, inputs);
  return { fake: fakeScore, real: realScore, squaredGradientNorms: mixed.squaredGradientNorms! };
}

/** Share of the training in which the networks grow; the rest is at full resolution. */
const GROWING = 0.5;

/** Each stage is trained as long as the next one takes to fade in, linearly (Karras et al. 2018, section 2). */
export function fadesAt(progress: number, stages: number): number[] {
  const span = GROWING / Math.max(1, 2 * (stages - 1)); // of one fade, and of the stage before it
  return Array.from({ length: stages }, (_, stage) =>
    stage === 0 ? 1 : Math.max(0, Math.min(1, progress / span - (2 * stage - 1))),
  );
}

function makeFadeSchedule(stages: number): TrainingSchedule {
  return {
    specs: { [FADES.input]: { shape: [stages] } },
    fill: (progress, buffers) => (buffers[FADES.input] as Float32Array).set(fadesAt(progress, stages)),
  };
}
