import { throwIfAborted, trainingError } from "../../../core/errors.js";
import { copyParameters, makeParameters, type Parameters } from "../../../runtime/parameters.js";
import { type GanNetworks, makeGanNetworks } from "../../architectures/gan-networks.js";
import { makeArchitecture } from "../../architectures/make-architecture.js";
import type { GanConfig } from "../../config.js";
import type { SampleMeasures } from "../../diagnostics/measure-sample.js";
import { planConditions } from "../../techniques/condition-plan.js";
import { makeEarlyStop } from "../../techniques/early-stop.js";
import { makeTrainingConditions } from "../../techniques/training-conditions.js";
import type { PhaseEnd } from "../../trained-generator.js";
import { describeEnd } from "../describe-end.js";
import { isLook } from "../learning-rate.js";
import type { TrainingContext } from "../training-context.js";
import type { BatchSource } from "./gan-batch.js";
import type { GanData } from "./gan-data.js";
import { type GanJudge, openJudge } from "./gan-judge.js";
import { type Pace, playRound, type RoundMeasures } from "./gan-round.js";
import { makePlayers, type Players } from "./players.js";

export interface TrainedGan {
  readonly networks: GanNetworks;
  /** The generator: its average where there is one; the best by the validation rows where there are any. */
  readonly weights: Parameters;
  readonly statistics: Parameters;
}

/**
 * Trains a generator against a critic: critic steps, then a generator step, again and again; looks at the validation rows, keeps
 * the best weights, ends by patience.
 *
 * Throws E_CONFIG_COMBINATION before it begins, E_TRAIN_DIVERGED where a loss is no number before there is anything to keep.
 */
export async function trainGan(data: GanData, config: GanConfig, context: TrainingContext): Promise<TrainedGan> {
  const source = makeSource(data, config, context);
  const players = await makePlayers(source, context);
  const judge = await openJudge(source, data, context);
  try {
    const { weights, progress } = await play(players, judge, { data, config, context });
    const statistics = copyParameters(await judge.statisticsOf(weights, progress));
    return { networks: source.networks, weights, statistics };
  } finally {
    await players.dispose();
    await judge.dispose();
  }
}

function makeSource(data: GanData, config: GanConfig, context: TrainingContext): BatchSource {
  const architecture = makeArchitecture(config.architecture);
  const conditions = planConditions(config.condition.columns, data, data.minCategoryCount);
  const plan = architecture.plan(data, config, context.random.fork("plan"));
  return {
    networks: makeGanNetworks(data.fields, config, conditions, plan),
    train: data.train,
    conditions: makeTrainingConditions(conditions, data.train, config.condition.frequencies),
  };
}

/** Weights, and how far training had come when they were made. */
interface Kept {
  readonly weights: Parameters;
  readonly progress: number;
}

interface Game {
  readonly data: GanData;
  readonly config: GanConfig;
  readonly context: TrainingContext;
}

/** Generator steps that the budget gives. */
export function budgetOf(rows: number, { training }: GanConfig, maxSteps = Number.POSITIVE_INFINITY): number {
  const epochSteps = Math.max(1, Math.floor(rows / training.batchSize));
  const configured = Math.ceil(training.epochs * epochSteps);
  return Math.min(maxSteps, Math.max(training.minSteps, Math.min(training.maxSteps, configured)));
}

async function play(players: Players, judge: GanJudge, { data, config, context }: Game): Promise<Kept> {
  const steps = budgetOf(data.train.rowCount, config, context.maxSteps);
  const pace: Pace = {
    generatorRate: config.training.generatorLearningRate,
    criticRate: config.training.criticLearningRate,
    criticSteps: config.training.criticSteps,
    penalty: 1,
  };
  const random = context.random.fork("gan");
  const stop = makeEarlyStop(config.training.patience);
  const latest = makeParameters(players.generator.weights.specs);
  let best: Kept | undefined;
  let because: PhaseEnd["because"] = "budget";
  let step = 0;
  while (step < steps) {
    throwIfAborted(context.signal);
    if (context.outOfTime()) {
      because = "time";
      break;
    }
    step++;
    const round = await playRound(players, config, pace, { step, progress: step / steps }, random);
    if (!Object.values(round.losses).every(Number.isFinite)) {
      if (best === undefined) throw diverged(step);
      because = "diverged";
      break;
    }
    if (!isLook(step, steps, config.training.looks)) continue;
    latest.flat.set(players.generator.optimizer.ema ?? players.generator.weights.flat);
    const quality = await judge.judge(latest, step / steps);
    tell(context, { step, steps }, round, quality);
    if (quality === undefined) continue;
    if (stop.look(step, quality.shapeError + quality.pairError)) {
      best = { weights: copyParameters(latest), progress: step / steps };
    }
    if (stop.isOver() && step < steps) {
      because = "patience";
      break;
    }
  }
  const end: PhaseEnd = { phase: "gan", steps: step, budget: steps, because, ...(best && { kept: stop.best().step }) };
  context.note(describeEnd(end, `shape and pair error ${stop.best().loss.toFixed(4)}`), end);
  if (best !== undefined) return best;
  latest.flat.set(players.generator.optimizer.ema ?? players.generator.weights.flat);
  return { weights: latest, progress: step / steps };
}

function tell(
  context: TrainingContext,
  { step, steps }: { readonly step: number; readonly steps: number },
  { losses }: RoundMeasures,
  quality: SampleMeasures | undefined,
): void {
  context.record({ phase: "gan", step, ...losses, ...quality });
  const seen =
    quality === undefined
      ? `critic ${losses.criticLoss?.toFixed(2)}, generator ${losses.generatorLoss?.toFixed(2)}`
      : `shape error ${quality.shapeError.toFixed(3)}, pair error ${quality.pairError.toFixed(3)}`;
  context.onProgress({ kind: "progress", stage: "gan", done: step, total: steps, unit: "steps", quality: seen });
}

function diverged(step: number) {
  return trainingError("E_TRAIN_DIVERGED", `a loss is not a number at step ${step}`, {
    hint: "lower model.training.generatorLearningRate and criticLearningRate",
  });
}
