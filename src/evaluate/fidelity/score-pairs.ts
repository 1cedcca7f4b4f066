import { setImmediate } from "node:timers/promises";
import { throwIfAborted } from "../../core/errors.js";
import type { OnProgress } from "../../core/progress.js";
import type { RandomStream } from "../../core/random.js";
import type { PairScore } from "../report-schema.js";
import type { ScoredTables } from "../scored-table.js";
import { columnGroups } from "./column-groups.js";
import { choosePictures, makePicturePainter } from "./pair-picture.js";
import { pairScore, whyLeftOut } from "./pair-score.js";
import { makePairTrendScorer, type PairTrend } from "./pair-trend.js";
import { makeRankScorer } from "./rank-scorer.js";
import type { Samples } from "./samples.js";
import { meanSimilarity, type Similarity } from "./similarity.js";

export interface PairOptions {
  readonly random: RandomStream;
  /** As SDMetrics' quality report: its bins, and pairs without a strong real association left out. */
  readonly compat?: "sdmetrics" | undefined;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface ScoredPairs {
  /** Every pair of columns. */
  readonly pairs: readonly PairScore[];
  /** The mean over the pairs that count, [samples]. */
  readonly means: readonly Similarity[];
}

/** Pairs between two turns of the event loop. */
const PAIRS_PER_TURN = 10;

/** Scores every pair of columns, with its association and, of the worst pairs or all, its picture. */
export async function scorePairs(tables: ScoredTables, samples: Samples, options: PairOptions): Promise<ScoredPairs> {
  const { compat, onProgress } = options;
  const scorer = makePairTrendScorer(tables.train, samples.all, compat === "sdmetrics" ? "sdmetrics" : "real-edges");
  const ranks = makeRankScorer(tables, options.random.fork("ranks"));
  const places = allPairs(tables.columns.length);
  const counted: PairTrend[] = [];
  const pairs: PairScore[] = [];
  for (const [a, b] of places) {
    const trend = scorer.score(a, b);
    if (whyLeftOut(trend, compat) === undefined) counted.push(trend);
    pairs.push(pairScore(tables, samples, trend, ranks, compat));
    if (pairs.length % PAIRS_PER_TURN > 0) continue;
    onProgress?.({ kind: "progress", stage: "fidelity", done: pairs.length, total: places.length, unit: "pairs" });
    await takeTurn(options);
  }
  const means = samples.all.map((_, at) => meanSimilarity(counted.map((trend) => trend.similarities[at]!)));
  return { pairs: await withPictures(tables, places, pairs, options), means };
}

async function withPictures(
  tables: ScoredTables,
  places: readonly (readonly [number, number])[],
  pairs: readonly PairScore[],
  options: PairOptions,
): Promise<PairScore[]> {
  const groups = tables.columns.map((_, at) => columnGroups(tables, at));
  const painter = makePicturePainter(tables, groups);
  const chosen = choosePictures(pairs);
  const painted: PairScore[] = [];
  for (const [at, pair] of pairs.entries()) {
    painted.push(chosen.has(at) ? { ...pair, picture: painter.paint(...places[at]!) } : pair);
    if (painted.length % PAIRS_PER_TURN === 0) await takeTurn(options);
  }
  return painted;
}

function allPairs(count: number): [number, number][] {
  return Array.from({ length: count }, (_, a) =>
    Array.from({ length: count - a - 1 }, (_, next): [number, number] => [a, a + 1 + next]),
  ).flat();
}

async function takeTurn({ signal }: PairOptions): Promise<void> {
  await setImmediate();
  throwIfAborted(signal);
}
