import type { OnProgress } from "../core/progress.js";
import type { RandomStream } from "../core/random.js";
import type { EncodedTable, Field } from "../encode/field.js";
import type { LevelMixture } from "../encode/level-mixture.js";
import type { Parameters } from "../runtime/parameters.js";
import type { EngineName } from "../runtime/program.js";
import { ordinaryFields } from "./architectures/gan-networks.js";
import type { CompletionConfig, GanConfig, ModelConfig } from "./config.js";
import type { TrainingMonitor } from "./diagnostics/training-measures.js";
import { makeTrainingMonitor } from "./diagnostics/training-monitor.js";
import { smoothFieldsOf } from "./networks/smooth-levels.js";
import { type OpenLog, openLog } from "./open-log.js";
import { foreseeMemory, requireMemory } from "./plan/foresee-memory.js";
import { planTraining } from "./plan/plan-training.js";
import { groupFields } from "./techniques/field-groups.js";
import { type LevelMap, makeLevelMap } from "./techniques/level-map.js";
import type { TrainedGenerator, Weight } from "./trained-generator.js";
import { completedBefore, refineRounds } from "./training/adversarial-phase.js";
import { completeRows } from "./training/complete-rows.js";
import { trainGan } from "./training/gan/train-gan.js";
import { makeLevelRows } from "./training/level-rows.js";
import { measureRounds } from "./training/measure-rounds.js";
import { joined, ofPart, partOf } from "./training/resumable.js";
import type { TrainingContext } from "./training/training-context.js";
import { type Checkpoints, NO_CHECKPOINTS } from "./training/training-state.js";

export interface TrainingData {
  readonly fields: readonly Field[];
  readonly train: EncodedTable;
  /** Rows kept out of training, for early stop. */
  readonly validation: EncodedTable;
  /** What levels of numeric fields are like, [levels, width] a field; undefined for the others. */
  readonly features?: readonly (Float32Array | undefined)[];
  /**
   * What the rows were drawn from, where that is known: a completion network then learns its exact conditional distributions,
   * in fewer steps. Fields must be discrete, without copies.
   */
  readonly source?: LevelMixture | undefined;
  /** Rows that a combination of known columns must have to be kept in a model; default 5. */
  readonly minCategoryCount?: number;
}

const MIN_CATEGORY_COUNT = 5;

export interface TrainingOptions {
  readonly random: RandomStream;
  readonly engine: EngineName;
  readonly threads: number;
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
  /** Where states of an interrupted training are kept; default: nowhere. */
  readonly checkpoints?: Checkpoints;
  /** A model of the same fields and network sizes, whose weights training begins with; default: with random ones. */
  readonly warmStart?: TrainedGenerator;
  /** Bound on each phase's steps. */
  readonly maxSteps?: number;
  /** Memory that training may take, in bytes; default: not bounded. */
  readonly memoryBytes?: number;
  /** Bound on time; gives up that the same seed gives the same bytes. */
  readonly minutes?: number;
}

/**
 * Trains the model that `config` describes on encoded rows.
 * Throws E_TRAIN_MEMORY before it begins where it would not fit, E_TRAIN_DIVERGED when a loss is no number before there is
 * anything to keep (later the log says so, and the best weights before it are kept), and the interruption when `signal` is
 * aborted.
 */
export async function trainGenerator(
  data: TrainingData,
  config: ModelConfig["model"],
  options: TrainingOptions,
): Promise<TrainedGenerator> {
  const log = openLog(options.onProgress ?? (() => {}));
  const context = makeContext(options, log, config.auto);
  if (config.kind === "gan") {
    const trained = await trainPlainGan(data, config, context);
    return { config, fields: data.fields, ...trained, log: log.state() };
  }
  const map = makeLevelMap(data.fields);
  const size = { rows: data.train.rowCount, fields: map.fields, levels: map.levels };
  const plan = planTraining(config, { ...size, components: data.source?.weights.length });
  for (const note of plan.notes) context.note(note);
  requireMemory(foreseeMemory(plan.config, size), options.memoryBytes ?? Number.POSITIVE_INFINITY, data.fields);
  const trained = await trainCompletion(data, map, plan.config, context);
  return { config: plan.config, fields: data.fields, ...trained, log: log.state() };
}

function makeContext(options: TrainingOptions, log: OpenLog, auto: boolean): TrainingContext {
  const monitor = makeTrainingMonitor({ auto, find: log.find, note: log.note });
  const endsAt =
    options.minutes === undefined ? Number.POSITIVE_INFINITY : performance.now() + options.minutes * 60_000;
  return {
    random: options.random,
    engine: options.engine,
    threads: options.threads,
    onProgress: options.onProgress ?? (() => {}),
    signal: options.signal,
    maxSteps: options.maxSteps,
    outOfTime: () => performance.now() > endsAt,
    record: log.record,
    diverged: log.diverged,
    note: log.note,
    overlay: log.overlay,
    monitor,
    warmStart: options.warmStart,
    checkpoints: withLog(options.checkpoints ?? NO_CHECKPOINTS, log, monitor),
  };
}

/** Checkpoints that hold the log and what the monitor remembers beside a phase's state. */
function withLog(checkpoints: Checkpoints, log: OpenLog, monitor: TrainingMonitor): Checkpoints {
  const beside = { log: ofPart(log), monitor: ofPart(monitor) };
  return {
    restore(phase) {
      const kept = checkpoints.restore(phase);
      if (kept === undefined) return undefined;
      joined(beside).restore(kept);
      return partOf(kept, "phase");
    },
    offer: (phase, state) => checkpoints.offer(phase, joined({ ...beside, phase: { state, restore: () => {} } }).state),
  };
}

async function trainCompletion(data: TrainingData, map: LevelMap, config: CompletionConfig, context: TrainingContext) {
  const rows = {
    map,
    train: makeLevelRows(data.train, map),
    validation: makeLevelRows(data.validation, map),
    smooth: smoothFieldsOf(map, data.features ?? []),
    source: data.source,
    encoded: data,
  };
  const shape = { fields: map.fields, levels: map.levels, ...config.network };
  const { enabled, groups: count } = config.adversarial;
  const groups = enabled ? groupFields(rows.train, map, count, context.random.fork("groups")) : [];
  const completion = completedBefore(shape, context) ?? (await completeRows(rows, config, shape, context));
  const rounds = enabled ? await refineRounds(rows, config, shape, completion, groups, context) : undefined;
  return {
    weights: {
      ...named("completion", completion),
      ...(rounds !== undefined && named("rounds", rounds)),
    },
    state: { rounds: await measureRounds(rows, { shape, groups, completion, rounds }, context) },
  };
}

async function trainPlainGan(data: TrainingData, config: GanConfig, context: TrainingContext) {
  const { minCategoryCount = MIN_CATEGORY_COUNT } = data;
  const fields = ordinaryFields(data.fields);
  const { networks, weights, statistics } = await trainGan({ ...data, fields, minCategoryCount }, config, context);
  return {
    weights: { ...named("generator", weights), ...named("generator", statistics) },
    state: { conditions: networks.conditions, plan: networks.plan },
  };
}

/** Weights under the name of their group: "completion/input". */
function named(group: string, parameters: Parameters): Record<string, Weight> {
  const entries = Object.entries(parameters.specs).map(([name, { shape }]): [string, Weight] => [
    `${group}/${name}`,
    { shape, data: parameters.views[name]! },
  ]);
  return Object.fromEntries(entries);
}
