import { setImmediate } from "node:timers/promises";
import { throwIfAborted } from "../../core/errors.js";
import type { RandomStream } from "../../core/random.js";
import { fitBooster, predictBooster } from "../../stats/histogram-boosting.js";
import { joinValues, type ScoredTable, takeFirstRows, takeScoredRows } from "../scored-table.js";

/** Rows a side that a classifier learns from, at most. */
const MAX_LEARNED_ROWS = 20_000;
/** Odds above this share of the rows' odds count as much as those at it: a few rows must not stand for all. */
const CAP_SHARE = 0.98;

/**
 * Chooses sampled rows by how likely a classifier takes them for real ones: rejection sampling towards the real rows'
 * distribution (Azadi et al. 2019, arXiv:1810.06758), with weights p / (1 - p) capped at their 98th percentile, drawn without
 * replacement (Efraimidis and Spirakis 2006, doi:10.1016/j.ipl.2005.11.003). Each half of the sampled rows is judged by
 * gradient boosting that learned from the other half, so that no row is judged by a classifier that knows it.
 *
 * @param reference real rows
 * @param sample sampled rows, more than `rows`
 * @returns `rows` indices into the sample, ascending
 */
export async function likeliestRows(
  reference: ScoredTable,
  sample: ScoredTable,
  rows: number,
  options: { readonly random: RandomStream; readonly signal?: AbortSignal | undefined },
): Promise<Uint32Array> {
  const { random, signal } = options;
  const halves = splitInHalves(sample.rowCount, random.fork("halves"));
  const odds = new Float64Array(sample.rowCount);
  for (const [index, judged] of halves.entries()) {
    await setImmediate();
    throwIfAborted(signal);
    const learned = takeScoredRows(sample, halves[1 - index]!);
    const judge = learnOdds(reference, learned, random.fork(`classifier${index}`));
    judge(takeScoredRows(sample, judged)).forEach((value, at) => {
      odds[judged[at]!] = value;
    });
  }
  const cap = odds.toSorted()[Math.floor(CAP_SHARE * (odds.length - 1))]!;
  const draw = random.fork("draw");
  const keys = odds.map((value) => Math.log(draw.uniform()) / Math.min(cap, value));
  const order = Uint32Array.from(keys.keys()).sort((a, b) => keys[b]! - keys[a]!);
  return order.subarray(0, rows).sort();
}

function splitInHalves(count: number, random: RandomStream): readonly [Uint32Array, Uint32Array] {
  const order = random.permutation(count);
  return [order.slice(0, count >> 1), order.slice(count >> 1)];
}

/** Learns to tell equally many real and sampled rows apart; gives the odds of being real, p / (1 - p), [rows]. */
function learnOdds(
  reference: ScoredTable,
  sample: ScoredTable,
  random: RandomStream,
): (rows: ScoredTable) => Float64Array {
  const count = Math.min(reference.rowCount, sample.rowCount, MAX_LEARNED_ROWS);
  const real = takeFirstRows(reference, count, random.fork("real").permutation(reference.rowCount));
  const drawn = takeFirstRows(sample, count, random.fork("drawn").permutation(sample.rowCount));
  const features = real.columns.map((column, at) => joinValues(column, drawn.columns[at]!));
  const isReal = Float64Array.from({ length: 2 * count }, (_, row) => (row < count ? 1 : 0));
  const booster = fitBooster(features, isReal, { loss: "logistic" });
  return (rows) => predictBooster(booster, rows.columns).map((p) => p / (1 - p));
}
