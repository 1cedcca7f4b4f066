import { copyParameters, type Parameters } from "../../../runtime/parameters.js";
import type { ArchitecturePlan } from "../../architectures/architecture.js";
import { type GanNetworks, makeGanNetworks } from "../../architectures/gan-networks.js";
import { makeArchitecture } from "../../architectures/make-architecture.js";
import type { GanConfig } from "../../config.js";
import { requireCombination } from "../../plan/require-combination.js";
import { type ConditionPlan, planConditions, planKnown } from "../../techniques/condition-plan.js";
import { makeTrainingConditions } from "../../techniques/training-conditions.js";
import type { TrainingContext } from "../training-context.js";
import { openCriticMemory } from "./critic-memory.js";
import type { BatchSource } from "./gan-batch.js";
import type { GanData } from "./gan-data.js";
import { openJudge } from "./gan-judge.js";
import { playGame } from "./play-game.js";
import { makePlayers } from "./players.js";

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
  requireCombination(config);
  const source = makeSource(data, config, context);
  const players = await makePlayers(source, context);
  const judge = await openJudge(source, data, context);
  const memory = await openCriticMemory(source, data, context);
  try {
    const { weights, progress } = await playGame({ players, judge, memory }, data.train.rowCount, config, context);
    const statistics = copyParameters(await judge.statisticsOf(weights, progress));
    return { networks: source.networks, weights, statistics };
  } finally {
    for (const part of [players, judge, memory]) await part.dispose();
  }
}

/** What a model of kind gan keeps beside its weights. */
interface TrainedState {
  readonly conditions: ConditionPlan;
  readonly plan: ArchitecturePlan;
}

/** A warm start takes over which columns are known and how the networks are laid out; shares are those of the new rows. */
function makeSource(data: GanData, config: GanConfig, context: TrainingContext): BatchSource {
  const earlier = context.warmStart?.state as unknown as TrainedState | undefined;
  const conditions =
    earlier?.conditions.kind === "known"
      ? planKnown(earlier.conditions.fields, data, data.minCategoryCount)
      : planConditions(config.condition.columns, data, data.minCategoryCount);
  const plan = earlier?.plan ?? makeArchitecture(config.architecture).plan(data, config, context.random.fork("plan"));
  return {
    networks: makeGanNetworks(data.fields, config, conditions, plan),
    train: data.train,
    conditions: makeTrainingConditions(conditions, data.train, config.condition.frequencies),
  };
}
