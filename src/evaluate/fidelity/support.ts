import { setImmediate } from "node:timers/promises";
import { throwIfAborted } from "../../core/errors.js";
import type { RandomStream } from "../../core/random.js";
import { JACKKNIFE_GROUPS, jackknifeGroups } from "../../stats/jackknife.js";
import { countAtMost, countBelow } from "../../stats/sorted-search.js";
import { unavailable } from "../figure.js";
import type { Report } from "../report-schema.js";
import { type ScoredTable, takeFirstRows } from "../scored-table.js";
import { type Samples, similarityFigure } from "./samples.js";
import type { Sample, Similarity } from "./similarity.js";
import { centerDistances, nearestRows, neighborRadii } from "./support-distances.js";
import { type EmbeddedTable, fitSupportSpace } from "./support-space.js";

type Support = NonNullable<Report["fidelity"]["support"]>;

/** Rows a side that alpha-precision and beta-recall look at, at most; fewer where columns are many. */
export const SUPPORT_ROWS = 4000;
/** Comparisons of cells between two tables, at most. */
const MAX_COMPARISONS = 2e8;
/** Training rows that ranks are learned from, at most. */
const SPACE_ROWS = 50_000;
/** With fewer rows a side there is no interval, and quantiles say little. */
const MIN_ROWS = 50;
/** Real neighbours within whose distance a synthetic row must lie: chance then covers 1 - 2^-5 = 97 % of the real rows. */
const NEIGHBORS = 5;
/** Points of alpha and beta at which curves are integrated: .005, .015, .. .995. */
const POINTS = 100;

/**
 * Alpha-precision and beta-recall (Alaa et al. 2022, arXiv:2102.08921), integrated: 1 - 2 * integral of |P_alpha - alpha|.
 * P_alpha: share of the synthetic rows as near to the real centre as the nearest share alpha of the real rows. P_beta: share of
 * the real rows with a synthetic row within the distance of their fifth nearest real row, this nearest synthetic row being among
 * the share beta nearest to the synthetic centre. As the authors' code, but: rows are placed by ranks and one-hot categories
 * (SupportSpace) instead of a learned one-class embedding, so that the figure does not depend on a network's training; five
 * neighbours instead of one, with which a perfect table would get .5; and equally distant rows share their quantiles evenly.
 * Equally many rows on both sides, drawn at random. The intervals are of the rows averaged over, neighbours taken as given.
 */
export async function scoreSupport(
  train: ScoredTable,
  samples: Samples,
  options: { readonly random: RandomStream; readonly signal?: AbortSignal | undefined },
): Promise<Support> {
  const n = supportRows(samples.all[0]!);
  if (n < MIN_ROWS) {
    const reason = `it needs ${MIN_ROWS} rows a side; there are ${n}`;
    return { alphaPrecision: unavailable(reason), betaRecall: unavailable(reason) };
  }
  const used = mergeMatched(samples);
  const compare = makeComparer(train, options.random);
  const scores: SupportScore[] = [];
  for (const sample of used.all) {
    await setImmediate();
    throwIfAborted(options.signal);
    scores.push(compare(sample));
  }
  const figure = (kind: keyof SupportScore) => {
    const sides = scores.map((score) => score[kind]);
    return similarityFigure(sides, used, n, "no rows");
  };
  return { alphaPrecision: figure("alphaPrecision"), betaRecall: figure("betaRecall") };
}

/** Rows that are compared of a sample and of its reference. */
function supportRows({ table, reference }: Sample): number {
  const limit = Math.floor(Math.sqrt(MAX_COMPARISONS / Math.max(1, table.columns.length)));
  return Math.min(SUPPORT_ROWS, limit, table.rowCount, reference.rowCount);
}

/** Without the synthetic rows that are as many as the ceiling has, where all of the table are cut to that number too. */
function mergeMatched(samples: Samples): Samples {
  const { all, ceiling, matched } = samples;
  if (ceiling === undefined || matched === undefined || matched === 0) return samples;
  const [whole, fresh] = [all[0]!, all[ceiling]!];
  if (whole.reference !== fresh.reference || supportRows(whole) !== supportRows(fresh)) return samples;
  return { all: [whole, fresh], ceiling: 1, matched: 0 };
}

interface SupportScore {
  readonly alphaPrecision: Similarity;
  readonly betaRecall: Similarity;
}

const UNKNOWN: Similarity = { value: Number.NaN, leaveOut: [] };

/** What is known of the real rows that samples are compared with. */
interface RealRows {
  readonly table: EmbeddedTable;
  /** Distance of each row to its fifth neighbour, squared. */
  readonly radii: Float64Array;
}

/** Compares samples with their references, whose neighbours are searched once. */
function makeComparer(train: ScoredTable, random: RandomStream): (sample: Sample) => SupportScore {
  const order = random.fork("ranks").permutation(train.rowCount);
  const space = fitSupportSpace(takeFirstRows(train, SPACE_ROWS, order));
  const draw = (side: ScoredTable, rows: number, label: string): EmbeddedTable =>
    space.embed(takeFirstRows(side, rows, random.fork(label).permutation(side.rowCount)));
  const known = new Map<ScoredTable, RealRows>();
  return (sample) => {
    const rows = supportRows(sample);
    const groups = jackknifeGroups(rows, random.fork("groups"));
    if (groups === undefined) return { alphaPrecision: UNKNOWN, betaRecall: UNKNOWN };
    const before = known.get(sample.reference);
    const table = before?.table.rowCount === rows ? before.table : draw(sample.reference, rows, "real");
    const real = before?.table === table ? before : { table, radii: neighborRadii(table, NEIGHBORS) };
    known.set(sample.reference, real);
    return compareSupport(real, draw(sample.table, rows, "sample"), groups);
  };
}

function compareSupport({ table: real, radii }: RealRows, sample: EmbeddedTable, groups: Uint8Array): SupportScore {
  const toReal = centerDistances(sample, real);
  const nearest = nearestRows(real, sample);
  const covered = Uint8Array.from(nearest.distances, (distance, row) => (distance <= radii[row]! ? 1 : 0));
  const toSample = centerDistances(sample, sample);
  const ofNearest = Float64Array.from(nearest.rows, (row) => toSample[row]!);
  const fromReal = centerDistances(real, real).sort();
  const all = new Uint8Array(sample.rowCount).fill(1);
  return {
    alphaPrecision: withoutGroups(groups, (keep) => integrate(toReal.filter(keep), fromReal, all)),
    betaRecall: withoutGroups(groups, (keep) => {
      const kept = ofNearest.filter(keep);
      return integrate(kept, kept.slice().sort(), covered.filter(keep));
    }),
  };
}

/** A score of all rows, and of those of all groups but one. */
function withoutGroups(
  groups: Uint8Array,
  score: (keep: (value: number, row: number) => boolean) => number,
): Similarity {
  const leaveOut = Array.from({ length: JACKKNIFE_GROUPS }, (_, group) => score((_, row) => groups[row] !== group));
  return { value: score(() => true), leaveOut };
}

/**
 * 1 - 2 * integral of |P_q - q| over q in 0..1, P_q the share of rows that count and are no further than the reference's
 * quantile q. A distance that several reference rows have is reached evenly over their quantiles.
 * @param distances [rows]
 * @param reference ascending
 * @param counts whether a row counts, 0 or 1, [rows or more]
 */
function integrate(distances: Float64Array, reference: Float64Array, counts: Uint8Array): number {
  const curve = new Float64Array(POINTS);
  distances.forEach((distance, row) => {
    if (counts[row] === 0) return;
    const low = countBelow(reference, distance) / reference.length;
    const width = countAtMost(reference, distance) / reference.length - low;
    for (let point = 0; point < POINTS; point++) {
      const over = (point + 0.5) / POINTS - low;
      curve[point]! += over <= 0 ? 0 : over >= width ? 1 : over / width;
    }
  });
  let gap = 0;
  for (let point = 0; point < POINTS; point++)
    gap += Math.abs(curve[point]! / distances.length - (point + 0.5) / POINTS);
  // The mean gap is .5 at most, but for rounding.
  return Math.max(0, 1 - (2 * gap) / POINTS);
}
