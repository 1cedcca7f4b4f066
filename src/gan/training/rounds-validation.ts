import { auc } from "../../stats/auc.js";
import type { BoosterFeature } from "../../stats/feature-bins.js";
import { fitBooster, predictBooster } from "../../stats/histogram-boosting.js";
import { sampleInGroups } from "../inference/grouped-rounds.js";
import type { CompletionShape } from "../networks/completion-network.js";
import type { LevelMap } from "../techniques/level-map.js";
import type { CompletionData } from "./complete-rows.js";
import type { LevelRows } from "./level-rows.js";
import type { TrainingContext } from "./training-context.js";

const MAX_ROWS = 3000;
const BOOSTER_ITERATIONS = 40;

/** How true few-round sampling is to the validation rows. */
export type RoundsQuality = {
  /** AUC of a booster, sampled against validation rows, on rows it has not seen; .5 = indistinguishable. */
  readonly detectionAuc: number;
  /** Mean over pairs of fields of half the summed differences of their contingency tables. */
  readonly pairError: number;
  /** What the phase is judged by, lower is better: (AUC - .5) + pair error. */
  readonly score: number;
};

/** Judges weights by rows sampled over `groups`, with the same noise at every look. */
export async function makeRoundsValidation(
  data: CompletionData,
  network: { readonly shape: CompletionShape; readonly groups: readonly (readonly number[])[] },
  context: TrainingContext,
): Promise<(weights: Readonly<Record<string, Float32Array>>) => Promise<RoundsQuality>> {
  const real = firstRows(data.validation, Math.min(MAX_ROWS, data.validation.rowCount), data.map.fields);
  return async (weights) => {
    const levels = await sampleInGroups({ shape: network.shape, map: data.map, views: weights }, network.groups, {
      rows: real.rowCount,
      random: context.random.fork("rounds-validation"),
      engine: context.engine,
      threads: context.threads,
      onProgress: () => {},
      signal: context.signal,
    });
    const sampled: LevelRows = { rowCount: real.rowCount, levels };
    const detectionAuc = crossFittedAuc(real, sampled, data.map);
    const pairError = meanPairError(real, sampled, data.map);
    return { detectionAuc, pairError, score: detectionAuc + pairError };
  };
}

function firstRows(rows: LevelRows, count: number, fields: number): LevelRows {
  return { rowCount: count, levels: rows.levels.subarray(0, count * fields) };
}

/** Two-fold: a booster fitted on the even rows of both tables judges the odd ones, and the reverse. */
function crossFittedAuc(real: LevelRows, sampled: LevelRows, map: LevelMap): number {
  const fold = (parity: number) => ({
    features: featuresOf(real, sampled, map, parity),
    target: Float64Array.from({ length: 2 * countOfParity(real.rowCount, parity) }, (_, i) => i % 2),
  });
  const [even, odd] = [fold(0), fold(1)];
  const aucOf = (fitted: typeof even, judged: typeof even) => {
    const booster = fitBooster(fitted.features, fitted.target, { loss: "logistic", iterations: BOOSTER_ITERATIONS });
    return auc(predictBooster(booster, judged.features), judged.target);
  };
  return (aucOf(even, odd) + aucOf(odd, even)) / 2;
}

function countOfParity(count: number, parity: number): number {
  return Math.floor((count + 1 - parity) / 2);
}

/** Rows of one parity of both tables in turn: real, sampled, real, ... */
function featuresOf(real: LevelRows, sampled: LevelRows, map: LevelMap, parity: number): BoosterFeature[] {
  const count = countOfParity(real.rowCount, parity);
  return Array.from({ length: map.fields }, (_, field) => {
    const codes = new Int32Array(2 * count);
    for (let i = 0; i < count; i++) {
      const at = (2 * i + parity) * map.fields + field;
      codes[2 * i] = real.levels[at]! - map.starts[field]!;
      codes[2 * i + 1] = sampled.levels[at]! - map.starts[field]!;
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
