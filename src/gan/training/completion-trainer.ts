import type { RandomStream } from "../../core/random.js";
import type { LevelMixture } from "../../encode/level-mixture.js";
import { compile } from "../../runtime/compile.js";
import { type Adam, makeAdam } from "../../runtime/optimizer.js";
import { makeParameters, type Parameters } from "../../runtime/parameters.js";
import type { Program, ProgramSpec, TensorSpecs } from "../../runtime/program.js";
import { tf } from "../../runtime/tf.js";
import type { CompletionConfig } from "../config.js";
import {
  type CompletionShape,
  completionLogits,
  completionParameters,
  decayedParameters,
  initializeCompletion,
} from "../networks/completion-network.js";
import { foldSmoothLevels, smoothParameters, withSmoothLevels } from "../networks/smooth-levels.js";
import { exactConditionals } from "../objectives/exact-conditionals.js";
import { maskedCrossEntropy } from "../objectives/masked-cross-entropy.js";
import { allowKnownCopies } from "../techniques/copy-levels.js";
import type { LevelMap } from "../techniques/level-map.js";
import {
  type CompletionTensors,
  completionBatchSpecs,
  fillCompletionBatch,
  makeCompletionBatch,
} from "./completion-batch.js";
import type { CompletionData } from "./completion-data.js";
import { learningRateAt } from "./learning-rate.js";
import { levelFrequencies } from "./level-rows.js";
import { loadWeights } from "./load-weights.js";
import { beginPace, type Pace } from "./pace.js";
import { joined, ofAdam, ofArray, ofObject, ofPart, type Resumable } from "./resumable.js";
import { makeRowOrder } from "./row-order.js";
import type { TrainingContext } from "./training-context.js";

/** Takes the completion phase's steps, one after the other. */
export interface CompletionTrainer {
  readonly stepsDone: () => number;
  /** One batch forward, backward and an optimizer step. What it measures is not finite once training has diverged. */
  readonly step: () => Promise<{ readonly loss: number; readonly gradientNorm: number; readonly learningRate: number }>;
  /** The weights' moving average as a plain network (`completionParameters`), a copy. */
  readonly average: () => Parameters;
  /** Weights, optimizer and random streams: what the steps to come hang on. */
  readonly parts: Resumable;
  /** The part of it to go back to where training went wrong. */
  readonly weights: Resumable;
  /** Its learning rate may be changed. */
  readonly pace: Pace;
  readonly dispose: () => Promise<void>;
}

export async function makeCompletionTrainer(
  data: CompletionData,
  config: CompletionConfig,
  shape: CompletionShape,
  steps: number,
  context: TrainingContext,
): Promise<CompletionTrainer> {
  const { map, train, smooth } = data;
  const options = config.completion;
  const plain = completionParameters(shape);
  const specs = { ...plain, ...smoothParameters(smooth, shape) };
  const parameters = makeParameters(specs);
  const gradients = makeParameters(specs);
  initializeCompletion(parameters.views, shape, levelFrequencies(train, map), context.random.fork("weights"));
  if (context.warmStart) loadWeights(parameters.views, Object.keys(plain), "completion", context.warmStart);
  const optimizer = makeCompletionAdam(parameters, options);
  const engine = { engine: context.engine, threads: context.threads };
  const program: Program = await compile(stepSpec(specs, data, shape, options), engine);
  const batch = makeCompletionBatch(map, options.batchSize);
  const rows = new Uint32Array(options.batchSize);
  const order = makeRowOrder(train.rowCount, context.random.fork("row-order"));
  const masks = context.random.fork("masks");
  const keep = new Float32Array(options.dropout > 0 ? options.batchSize * keepWidth(shape) : 0);
  const drops = context.random.fork("dropout");
  const course = { ...beginPace({ generatorRate: options.learningRate }), done: 0 };
  const weights = joined({ weights: ofArray(parameters.flat), optimizer: ofAdam(optimizer) });
  return {
    stepsDone: () => course.done,
    step: async () => {
      order.next(rows);
      fillCompletionBatch(batch, train, rows, map, masks);
      fillKeep(keep, options.dropout, drops);
      const loss = (await program.run(parameters.views, { ...batch, keep }, gradients.views)).loss![0]!;
      const learningRate = learningRateAt(course.done, { ...options, peak: course.generatorRate, steps });
      const { gradientNorm } = optimizer.step(parameters.flat, gradients.flat, learningRate);
      course.done++;
      return { loss, gradientNorm, learningRate };
    },
    average: () => {
      const average = makeParameters(specs);
      average.flat.set(course.done === 0 ? parameters.flat : optimizer.ema!);
      return foldSmoothLevels(average, smooth, shape, plain);
    },
    parts: joined({
      weights,
      order: ofPart(order),
      masks: ofPart(masks),
      drops: ofPart(drops),
      course: ofObject(course),
    }),
    weights,
    pace: course,
    dispose: () => program.dispose(),
  };
}

function makeCompletionAdam(parameters: Parameters, options: CompletionConfig["completion"]): Adam {
  return makeAdam(parameters.flat.length, {
    beta1: options.beta1,
    beta2: options.beta2,
    weightDecay: options.weightDecay,
    decoupled: true,
    clipNorm: options.clipNorm,
    emaDecay: options.emaDecay,
    decayRanges: decayedParameters(parameters.specs).map((name) => parameters.ranges[name]!),
  });
}

function keepWidth(shape: CompletionShape): number {
  return (shape.blocks + 1) * shape.width;
}

/** Inverted dropout (Srivastava et al. 2014): 0 with probability `dropout`, else 1 / (1 - dropout). */
function fillKeep(keep: Float32Array, dropout: number, random: RandomStream): void {
  const threshold = dropout * 4294967296;
  for (let i = 0; i < keep.length; i++) keep[i] = random.uint32() < threshold ? 0 : 1 / (1 - dropout);
}

function stepSpec(
  specs: TensorSpecs,
  data: CompletionData,
  shape: CompletionShape,
  options: CompletionConfig["completion"],
): ProgramSpec {
  const { map, smooth, source } = data;
  const keep = options.dropout > 0 ? { keep: { shape: [options.batchSize, keepWidth(shape)] } } : {};
  return {
    name: "completion-step",
    parameters: specs,
    inputs: { ...completionBatchSpecs(map, options.batchSize), ...keep },
    run: (parameters, inputs) => {
      const { x, target, weights } = inputs as CompletionTensors;
      const noise = { keep: inputs.keep as tf.Tensor2D | undefined };
      const logits = completionLogits(withSmoothLevels(parameters, smooth, shape), x, shape.blocks, noise);
      const goal = source === undefined ? target : exactTargets(x, weights, source, map);
      const loss = maskedCrossEntropy(allowKnownCopies(logits, x, map), goal, weights, map);
      return { outputs: { loss: tf.reshape(loss, [1]) }, loss };
    },
  };
}

/** As `target` of the batch, [rows, L]: what the source says of the unknown fields, times their weights. */
function exactTargets(x: tf.Tensor2D, weights: tf.Tensor2D, source: LevelMixture, map: LevelMap): tf.Tensor2D {
  const known = tf.slice(x, [0, 0], [-1, map.levels]);
  return tf.mul(exactConditionals(known, source), tf.matMul(weights, map.membership(), false, true));
}
