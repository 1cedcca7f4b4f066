import { throwIfAborted, trainingError } from "../../core/errors.js";
import { compile } from "../../runtime/compile.js";
import { type Adam, makeAdam } from "../../runtime/optimizer.js";
import { copyParameters, makeParameters, type Parameters } from "../../runtime/parameters.js";
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
import { maskedCrossEntropy } from "../objectives/masked-cross-entropy.js";
import { type EarlyStop, makeEarlyStop } from "../techniques/early-stop.js";
import type { LevelMap } from "../techniques/level-map.js";
import {
  type CompletionTensors,
  completionBatchSpecs,
  fillCompletionBatch,
  makeCompletionBatch,
} from "./completion-batch.js";
import { makeCompletionValidation } from "./completion-validation.js";
import { isLook, learningRateAt } from "./learning-rate.js";
import { type LevelRows, levelFrequencies } from "./level-rows.js";
import { makeRowOrder } from "./row-order.js";
import type { TrainingContext } from "./training-context.js";

export interface CompletionData {
  readonly map: LevelMap;
  readonly train: LevelRows;
  readonly validation: LevelRows;
}

/** The steps that a budget in epochs comes to, within the configured bounds. */
export function completionSteps(config: CompletionConfig["completion"], rowCount: number): number {
  const steps = Math.round((config.epochs * rowCount) / config.batchSize);
  return Math.min(config.maxSteps, Math.max(config.minSteps, steps));
}

/**
 * Phase 1: learns every conditional p(field | any subset of the others). Early stop on validation rows.
 *
 * @returns the exponential moving average of the weights that was best on the validation rows
 */
export async function completeRows(
  data: CompletionData,
  config: CompletionConfig,
  shape: CompletionShape,
  context: TrainingContext,
): Promise<Parameters> {
  const options = config.completion;
  const steps = Math.min(completionSteps(options, data.train.rowCount), context.maxSteps ?? Number.POSITIVE_INFINITY);
  const trainer = await makeTrainer(data, config, shape, steps, context);
  const network = { blocks: shape.blocks, specs: trainer.parameters.specs };
  const validation = await makeCompletionValidation(data.validation, data.map, network, context);
  const earlyStop = makeEarlyStop(options.patience);
  let best = copyParameters(trainer.parameters);
  let lossSum = 0;
  let stepsSince = 0;
  while (trainer.stepsDone() < steps && !earlyStop.isOver() && !context.outOfTime()) {
    throwIfAborted(context.signal);
    const measures = await trainer.step();
    lossSum += measures.loss;
    stepsSince++;
    const step = trainer.stepsDone();
    if (!isLook(step, steps, options.looks)) continue;
    const average = trainer.average();
    const validationLoss = await validation.loss(average.views);
    if (earlyStop.look(step, validationLoss)) best = average;
    context.record({ phase: "completion", step, ...measures, loss: lossSum / stepsSince, validationLoss });
    const quality = `validation loss ${validationLoss.toFixed(3)}`;
    context.onProgress({ kind: "progress", stage: "completion", done: step, total: steps, unit: "steps", quality });
    lossSum = 0;
    stepsSince = 0;
  }
  context.note(howItEnded(trainer.stepsDone(), steps, earlyStop));
  await trainer.dispose();
  await validation.dispose();
  return best;
}

function howItEnded(step: number, steps: number, earlyStop: EarlyStop): string {
  const best = earlyStop.best();
  const end =
    step >= steps
      ? `ran its ${steps} steps`
      : `${earlyStop.isOver() ? "stopped early" : "ran out of time"} at step ${step} of ${steps}`;
  return best.step === 0
    ? `completion: ${end}, before a look at the validation rows`
    : `completion: ${end}; kept step ${best.step}, validation loss ${best.loss.toFixed(4)}`;
}

interface CompletionTrainer {
  readonly parameters: Parameters;
  readonly stepsDone: () => number;
  /** One batch forward, backward and an optimizer step. Throws E_TRAIN_DIVERGED. */
  readonly step: () => Promise<{ readonly loss: number; readonly gradientNorm: number; readonly learningRate: number }>;
  /** A copy of the weights' moving average. */
  readonly average: () => Parameters;
  readonly dispose: () => Promise<void>;
}

async function makeTrainer(
  data: CompletionData,
  config: CompletionConfig,
  shape: CompletionShape,
  steps: number,
  context: TrainingContext,
): Promise<CompletionTrainer> {
  const { map, train } = data;
  const options = config.completion;
  const specs = completionParameters(shape);
  const parameters = makeParameters(specs);
  const gradients = makeParameters(specs);
  initializeCompletion(parameters.views, shape, levelFrequencies(train, map), context.random.fork("weights"));
  const optimizer = makeCompletionAdam(parameters, options);
  const engine = { engine: context.engine, threads: context.threads };
  const program: Program = await compile(completionStepSpec(specs, map, shape, options.batchSize), engine);
  const batch = makeCompletionBatch(map, options.batchSize);
  const rows = new Uint32Array(options.batchSize);
  const order = makeRowOrder(train.rowCount, context.random.fork("row-order"));
  const masks = context.random.fork("masks");
  let done = 0;
  return {
    parameters,
    stepsDone: () => done,
    step: async () => {
      order.next(rows);
      fillCompletionBatch(batch, train, rows, map, masks);
      const loss = (await program.run(parameters.views, batch, gradients.views)).loss![0]!;
      const learningRate = learningRateAt(done, { peak: options.learningRate, ...options, steps });
      const { gradientNorm } = optimizer.step(parameters.flat, gradients.flat, learningRate);
      if (!Number.isFinite(loss + gradientNorm)) throw diverged(done + 1);
      done++;
      return { loss, gradientNorm, learningRate };
    },
    average: () => {
      const average = makeParameters(specs);
      average.flat.set(optimizer.ema!);
      return average;
    },
    dispose: () => program.dispose(),
  };
}

function diverged(step: number) {
  return trainingError("E_TRAIN_DIVERGED", `the completion loss is not a number at step ${step}`, {
    hint: "lower model.completion.learningRate",
  });
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

function completionStepSpec(specs: TensorSpecs, map: LevelMap, shape: CompletionShape, batchSize: number): ProgramSpec {
  return {
    name: "completion-step",
    parameters: specs,
    inputs: completionBatchSpecs(map, batchSize),
    run: (parameters, inputs) => {
      const { x, target, weights } = inputs as CompletionTensors;
      const loss = maskedCrossEntropy(completionLogits(parameters, x, shape.blocks), target, weights, map);
      return { outputs: { loss: tf.reshape(loss, [1]) }, loss };
    },
  };
}
