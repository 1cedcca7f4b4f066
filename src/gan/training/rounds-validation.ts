import type { EncodedTable } from "../../encode/field.js";
import { auc } from "../../stats/auc.js";
import type { BoosterFeature } from "../../stats/feature-bins.js";
import { fitBooster, predictBooster } from "../../stats/histogram-boosting.js";
import { makeSampleMeter, type SampleMeasures } from "../diagnostics/measure-sample.js";
import { sampleTrial } from "../inference/sample-trial.js";
import type { CompletionShape } from "../networks/completion-network.js";
import type { LevelMap } from "../techniques/level-map.js";
import type { CompletionData } from "./completion-data.js";
import type { LevelRows } from "./level-rows.js";
import type { TrainingContext } from "./training-context.js";

/** Validation rows that weights are judged on, and training rows that the judge learns from, at most. */
const MAX_JUDGED_ROWS = 5000;
const MAX_LEARNED_ROWS = 8000;
const BOOSTER_ITERATIONS = 60;

/** How true few-round sampling is to the validation rows. */
export type RoundsQuality = {
  /** AUC of a booster that learned sampled from training rows, on other sampled and the validation rows; .5 = indistinguishable. */
  readonly detectionAuc: number;
  /** Mean over pairs of fields of half the summed differences of their contingency tables, against validation rows. */
  readonly pairError: number;
  /** What the phase is judged by, lower is better: (AUC - .5) + pair error. */
  readonly score: number;
};

/** What a look at few-round sampling finds. */
export interface RoundsLook {
  readonly quality: RoundsQuality;
  /** What is measured of models of all kinds. */
  readonly sample: SampleMeasures;
}

/** Judges weights by rows sampled over `groups`, with the same noise at every look. What they look like goes into the log. */
export async function makeRoundsValidation(
  data: CompletionData,
  network: { readonly shape: CompletionShape; readonly groups: readonly (readonly number[])[] },
  context: TrainingContext,
): Promise<(weights: Readonly<Record<string, Float32Array>>, step: number) => Promise<RoundsLook>> {
  const { map } = data;
  const meter = makeSampleMeter(data.encoded, context.random.fork("meter"));
  const judged = slice(data.validation, map, 0, Math.min(MAX_JUDGED_ROWS, data.validation.rowCount));
  const learned = slice(data.train, map, 0, Math.min(MAX_LEARNED_ROWS, data.train.rowCount));
  return async (weights, step) => {
    const levels = await sampleTrial(
      { shape: network.shape, map, views: weights },
      {
        order: { kind: "groups", groups: network.groups },
        withLatent: true,
        rows: judged.rowCount + learned.rowCount,
        random: context.random.fork("rounds-validation"),
        engine: context.engine,
        threads: context.threads,
        signal: context.signal,
      },
    );
    const sampled: LevelRows = { rowCount: judged.rowCount + learned.rowCount, levels };
    const sampledToJudge = slice(sampled, map, 0, judged.rowCount);
    const sampledToLearn = slice(sampled, map, judged.rowCount, sampled.rowCount);
    const detectionAuc = detect([learned, sampledToLearn], [judged, sampledToJudge], map);
    const pairError = meanPairError(judged, sampledToJudge, map);
    const drawn = columnsOf(slice(sampled, map, 0, Math.min(meter.rows, sampled.rowCount)), map);
    for (const overlay of meter.overlay("adversarial", step, drawn)) context.overlay(overlay);
    const quality = { detectionAuc, pairError, score: detectionAuc + pairError };
    return { quality, sample: meter.measure(drawn) };
  };
}

function slice(rows: LevelRows, map: LevelMap, from: number, to: number): LevelRows {
  return { rowCount: to - from, levels: rows.levels.subarray(from * map.fields, to * map.fields) };
}

function columnsOf({ rowCount, levels }: LevelRows, map: LevelMap): EncodedTable {
  const fields = Array.from({ length: map.fields }, (_, field) =>
    Uint32Array.from({ length: rowCount }, (_, row) => levels[row * map.fields + field]! - map.starts[field]!),
  );
  return { rowCount, fields };
}

/** Real rows and sampled rows, equally many. */
type Contest = readonly [real: LevelRows, sampled: LevelRows];

/** AUC on `judged` of a booster fitted on `learned`. */
function detect(learned: Contest, judged: Contest, map: LevelMap): number {
  const booster = fitBooster(featuresOf(learned, map), targetOf(learned), {
    loss: "logistic",
    iterations: BOOSTER_ITERATIONS,
  });
  return auc(predictBooster(booster, featuresOf(judged, map)), targetOf(judged));
}

/** 0 for the real rows, then 1 for the sampled ones. */
function targetOf([real, sampled]: Contest): Float64Array {
  return new Float64Array(real.rowCount + sampled.rowCount).fill(1, real.rowCount);
}

function featuresOf([real, sampled]: Contest, map: LevelMap): BoosterFeature[] {
  return Array.from({ length: map.fields }, (_, field) => {
    const codes = new Int32Array(real.rowCount + sampled.rowCount);
    for (let row = 0; row < codes.length; row++) {
      const isReal = row < real.rowCount;
      const level = isReal
        ? real.levels[row * map.fields + field]!
        : sampled.levels[(row - real.rowCount) * map.fields + field]!;
      codes[row] = level - map.starts[field]!;
    }
    return { kind: "category", codes, levels: map.starts[field + 1]! - map.starts[field]! };
  });
}

function meanPairError(real: LevelRows, sampled: LevelRows, map: LevelMap): number {
  let sum = 0;
  let pairs = 0;
  for (let a = 0; a < map.fields; a++) {
    for (let b = a + 1; b < map.fields; b++) {
      sum += pairError(real, sampled, map, a, b);
      pairs++;
    }
  }
  return pairs === 0 ? 0 : sum / pairs;
}

function pairError(real: LevelRows, sampled: LevelRows, map: LevelMap, a: number, b: number): number {
  const cells = new Map<number, number>();
  for (let row = 0; row < real.rowCount; row++) {
    const at = row * map.fields;
    const realCell = real.levels[at + a]! * map.levels + real.levels[at + b]!;
    const sampledCell = sampled.levels[at + a]! * map.levels + sampled.levels[at + b]!;
    cells.set(realCell, (cells.get(realCell) ?? 0) + 1);
    cells.set(sampledCell, (cells.get(sampledCell) ?? 0) - 1);
  }
  let sum = 0;
  for (const difference of cells.values()) sum += Math.abs(difference);
  return sum / 2 / real.rowCount;
}
