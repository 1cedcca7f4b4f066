import { throwIfAborted } from "../../core/errors.js";
import { makeParameters, type Parameters } from "../../runtime/parameters.js";
import type { CompletionConfig } from "../config.js";
import { type CompletionShape, completionParameters } from "../networks/completion-network.js";
import { type EarlyStop, makeEarlyStop } from "../techniques/early-stop.js";
import type { PhaseEnd } from "../trained-generator.js";
import type { CompletionData } from "./completion-data.js";
import { makeCompletionTrainer } from "./completion-trainer.js";
import { makeCompletionValidation } from "./completion-validation.js";
import { describeEnd } from "./describe-end.js";
import { divergedAt } from "./diverged.js";
import { isLook } from "./learning-rate.js";
import { carryOut } from "./pace.js";
import { joined, ofObject, ofOptionalArray, ofPart, resume } from "./resumable.js";
import { makeSnapshot } from "./snapshot.js";
import type { TrainingContext } from "./training-context.js";

/** Passes over rows of up to 15 fields where a configuration leaves them open; wider rows have more to teach, twice as many at most. */
const EPOCHS = 40;
const EPOCH_FIELDS = 15;
const MAX_EPOCH_FACTOR = 2;

/** The steps that a budget in epochs comes to, within the configured bounds. */
export function completionSteps(config: CompletionConfig["completion"], rowCount: number, fields: number): number {
  const factor = Math.min(MAX_EPOCH_FACTOR, Math.max(1, fields / EPOCH_FIELDS));
  const epochs = config.epochs === "auto" ? EPOCHS * factor : config.epochs;
  const steps = Math.round((epochs * rowCount) / config.batchSize);
  return Math.min(config.maxSteps, Math.max(config.minSteps, steps));
}

/**
 * Phase 1: learns every conditional p(field | any subset of the others). Early stop on validation rows.
 *
 * Throws E_TRAIN_DIVERGED when the loss is no number before there was anything to keep; later the phase ends with the best.
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
  const budget = completionSteps(options, data.train.rowCount, data.map.fields);
  const steps = Math.min(budget, context.maxSteps ?? Number.POSITIVE_INFINITY);
  const trainer = await makeCompletionTrainer(data, config, shape, steps, context);
  const network = { blocks: shape.blocks, specs: completionParameters(shape) };
  const validation = await makeCompletionValidation(data, network, context);
  const earlyStop = makeEarlyStop(options.patience);
  let best: Parameters | undefined;
  const since = { loss: 0, steps: 0 };
  let because: PhaseEnd["because"] | undefined;
  const snapshot = makeSnapshot(trainer.weights);
  const parts = joined({
    trainer: trainer.parts,
    earlyStop: ofPart(earlyStop),
    since: ofObject(since),
    snapshot,
    best: ofOptionalArray(
      () => best?.flat,
      (flat) => {
        best = makeParameters(network.specs);
        best.flat.set(flat);
      },
    ),
  });
  const judge = async (average: Parameters, step: number, measures: Readonly<Record<string, number>> = {}) => {
    const { validationLoss, memorized } = await validation.judge(average.views);
    const isBest = earlyStop.look(step, validationLoss + options.memorizingWeight * memorized);
    if (isBest) best = average;
    context.record({ phase: "completion", step, ...measures, validationLoss, memorized });
    return { isBest, validationLoss, memorized };
  };
  if (!resume("completion", parts, context.checkpoints)) {
    if (config.auto) snapshot.take();
    if (context.warmStart) await judge(trainer.average(), 0);
  }
  while (because === undefined && trainer.stepsDone() < steps && !earlyStop.isOver() && !context.outOfTime()) {
    throwIfAborted(context.signal);
    const measures = await trainer.step();
    if (!Number.isFinite(measures.loss + measures.gradientNorm)) {
      const answers = context.monitor.look("completion", trainer.stepsDone(), { loss: measures.loss });
      if (answers.length > 0 && !carryOut(answers, trainer.pace, snapshot)) continue;
      if (best === undefined) throw divergedAt("the completion loss", trainer.stepsDone(), "completion");
      context.diverged("completion", trainer.stepsDone());
      because = "diverged";
      break;
    }
    since.loss += measures.loss;
    since.steps++;
    const step = trainer.stepsDone();
    if (isLook(step, steps, options.looks)) {
      const loss = since.loss / since.steps;
      const { isBest, validationLoss, memorized } = await judge(trainer.average(), step, { ...measures, loss });
      if (isBest && config.auto) snapshot.take();
      const quality = `validation loss ${validationLoss.toFixed(3)}`;
      context.onProgress({ kind: "progress", stage: "completion", done: step, total: steps, unit: "steps", quality });
      Object.assign(since, { loss: 0, steps: 0 });
      // What later weights have learned by heart is nobody's: the best are kept.
      const seen = { loss, ...(isBest && { validationLoss, memorized }) };
      if (carryOut(context.monitor.look("completion", step, seen), trainer.pace, snapshot)) because = "answer";
    }
    // A stop that was answered is no part of the state: it comes again from the one before.
    if (because === undefined) await context.checkpoints.offer("completion", parts.state);
  }
  const end = howItEnded(trainer.stepsDone(), steps, earlyStop, because);
  context.note(describeEnd(end, `validation loss ${earlyStop.best().loss.toFixed(4)}`), end);
  await trainer.dispose();
  await validation.dispose();
  return best ?? trainer.average();
}

function howItEnded(
  steps: number,
  budget: number,
  earlyStop: EarlyStop,
  cause: PhaseEnd["because"] | undefined,
): PhaseEnd {
  const { step, loss } = earlyStop.best();
  const because = cause ?? (steps >= budget ? "budget" : earlyStop.isOver() ? "patience" : "time");
  return { phase: "completion", steps, budget, because, ...(Number.isFinite(loss) && { kept: step }) };
}
