import { throwIfAborted, trainingError } from "../../core/errors.js";
import { compile } from "../../runtime/compile.js";
import { makeAdam } from "../../runtime/optimizer.js";
import { makeParameters, type Parameters } from "../../runtime/parameters.js";
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
import type { LevelMap } from "../techniques/level-map.js";
import {
  type CompletionTensors,
  completionBatchSpecs,
  fillCompletionBatch,
  makeCompletionBatch,
} from "./completion-batch.js";
import { makeCompletionValidation } from "./completion-validation.js";
import { learningRateAt } from "./learning-rate.js";
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
 * Phase 1: learns every conditional p(field | any subset of the others). Early stop on validation rows; returns the best
 * exponential moving average of the weights.
 */
export async function completeRows(
  data: CompletionData,
  config: CompletionConfig,
  shape: CompletionShape,
  context: TrainingContext,
): Promise<{ readonly weights: Parameters; readonly loss: number; readonly steps: number }> {
  const { map } = data;
  const options = config.completion;
  const steps = Math.min(completionSteps(options, data.train.rowCount), context.maxSteps ?? Number.POSITIVE_INFINITY);
  const specs = completionParameters(shape);
  const parameters = makeParameters(specs);
  const gradients = makeParameters(specs);
  initializeCompletion(parameters.views, shape, levelFrequencies(data.train, map), context.random.fork("weights"));
  const best = makeParameters(specs);
  const average = makeParameters(specs);
  const optimizer = makeAdam(parameters.flat.length, {
    beta1: options.beta1,
    beta2: options.beta2,
    epsilon: 1e-8,
    weightDecay: options.weightDecay,
    decoupled: true,
    clipNorm: options.clipNorm,
    emaDecay: options.emaDecay,
    decayRanges: decayedParameters(specs).map((name) => parameters.ranges[name]!),
  });
  const program = await compile(
    {
      name: "completion-step",
      parameters: specs,
      inputs: completionBatchSpecs(map, options.batchSize),
      run: (weights, inputs) => {
        const { x, target, weights: fieldWeights } = inputs as CompletionTensors;
        const loss = maskedCrossEntropy(completionLogits(weights, x, shape.blocks), target, fieldWeights, map);
        return { outputs: { loss: tf.reshape(loss, [1]) }, loss };
      },
    },
    { engine: context.engine, threads: context.threads },
  );
  const validation = await makeCompletionValidation(
    data.validation,
    map,
    { blocks: shape.blocks, specs },
    context,
    context.random.fork("validation-masks"),
  );
  const batch = makeCompletionBatch(map, options.batchSize);
  const rows = new Uint32Array(options.batchSize);
  const order = makeRowOrder(data.train.rowCount, context.random.fork("row-order"));
  const masks = context.random.fork("masks");
  let bestLoss = Number.POSITIVE_INFINITY;
  let bestStep = 0;
  let looksWithoutGain = 0;
  let step = 0;
  let lossSum = 0;
  while (step < steps && looksWithoutGain < options.patience && !context.outOfTime()) {
    throwIfAborted(context.signal);
    order.next(rows);
    fillCompletionBatch(batch, data.train, rows, map, masks);
    const outputs = await program.run(parameters.views, batch, gradients.views);
    const loss = outputs.loss![0]!;
    if (!Number.isFinite(loss)) {
      throw trainingError("E_TRAIN_DIVERGED", `the completion loss is not a number at step ${step}`, {
        hint: "lower model.completion.learningRate",
      });
    }
    lossSum += loss;
    const learningRate = learningRateAt(step, { peak: options.learningRate, ...options, steps });
    const { gradientNorm } = optimizer.step(parameters.flat, gradients.flat, learningRate);
    step++;
    if (step % options.validationEvery === 0 || step === steps) {
      average.flat.set(optimizer.ema!);
      const validationLoss = await validation.loss(average.views);
      const taken = ((step - 1) % options.validationEvery) + 1;
      context.record({ phase: "completion", step, loss: lossSum / taken, validationLoss, gradientNorm, learningRate });
      lossSum = 0;
      looksWithoutGain++;
      if (validationLoss < bestLoss) {
        best.flat.set(average.flat);
        bestLoss = validationLoss;
        bestStep = step;
        looksWithoutGain = 0;
      }
      context.onProgress({
        kind: "progress",
        stage: "completion",
        done: step,
        total: steps,
        unit: "steps",
        quality: `validation loss ${validationLoss.toFixed(3)}`,
      });
    }
  }
  await program.dispose();
  await validation.dispose();
  return { weights: best, loss: bestLoss, steps: bestStep };
}
