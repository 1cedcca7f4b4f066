import type { RandomStream } from "../core/random.js";
import type { EncodedTable, Field } from "../encode/field.js";
import { boundEpsilon, type CanaryScores, type EpsilonBound } from "../evaluate/privacy/canary/guess-canaries.js";
import { makeLedger, type PrivacyBudget } from "../privacy/accounting/ledger.js";
import { planNoise } from "../privacy/accounting/plan-noise.js";
import { makeNoise, type NoiseSource } from "../privacy/noise/noise-source.js";
import { type JointQuestion, makePaidRows } from "../privacy/paid-rows.js";

export interface MechanismAuditOptions {
  /** Of the bound on epsilon, in 0..1. */
  readonly confidence: number;
  /** The coins. */
  readonly random: RandomStream;
  /** What is audited; default: the noise that private fits have. */
  readonly noise?: NoiseSource | undefined;
  /** Rounded down to a whole table of counts. Default: 100,000, fewer where delta is above 1e-5. */
  readonly canaries?: number | undefined;
}

const MOST_CANARIES = 100_000;
/** Canaries x delta: more of them would add nothing but chances for delta. */
const MOST_DELTA = 1;
/** Levels of the first of the two fields whose pairs are the canaries' cells. */
const WIDTH = 250;

/** Of the budget, and how often the table of pairs is released for it; in the middle one with the first field's levels shifted by one. */
const RELEASES = [
  { released: "counts of pairs", share: 0.2, tables: 1 },
  { released: "counts of pairs, twice", share: 0.3, tables: 2 },
  { released: "counts of pairs, again", share: 0.5, tables: 1 },
] as const;

/**
 * Shares of the canaries that are called planted and not planted: those with the most extreme scores alone. One way only, for
 * what chance delta has grows with the number of ways (Bonferroni) and weighs most here.
 */
const PLANS = [{ planted: 0.025, absent: 0.025 }] as const;

/**
 * Audits what the ledger's mechanism gives away, from inside: rows of a cell each, planted by the toss of a coin, are counted
 * through the paid reader with the noise that a budget buys, several times over; who was planted is guessed from the noisy
 * counts, where they are most extreme. A lower bound of epsilon above the budget's refutes the promise; below it is right nearly
 * always. One run holds all canaries (Steinke, Nasr and Jagielski 2023, arXiv:2305.08846, with abstention).
 */
export function auditMechanism(budget: PrivacyBudget, options: MechanismAuditOptions): EpsilonBound {
  const { confidence, random, noise = makeNoise() } = options;
  const most = options.canaries ?? Math.min(MOST_CANARIES, Math.round(MOST_DELTA / budget.delta));
  const height = Math.max(2, Math.floor(most / WIDTH));
  const coins = random.fork("coins");
  const planted = Uint8Array.from({ length: WIDTH * height }, () => coins.integer(2));
  const released = releaseCounts(plantRows(planted, height), budget, noise);
  const { delta } = budget;
  return boundEpsilon(scoresOf(released, planted, height), { confidence, delta }, PLANS);
}

interface PlantedRows {
  readonly fields: readonly Field[];
  readonly rows: EncodedTable;
}

/** A row for each planted canary: the pair of levels that is its own. */
function plantRows(planted: Uint8Array, height: number): PlantedRows {
  const cells = Uint32Array.from(planted.keys()).filter((cell) => planted[cell] === 1);
  return {
    fields: [
      { kind: "discrete", name: "first", levels: WIDTH },
      { kind: "discrete", name: "second", levels: height },
    ],
    rows: {
      rowCount: cells.length,
      fields: [cells.map((cell) => Math.floor(cell / height)), cells.map((cell) => cell % height)],
    },
  };
}

/** Noisy counts of one table, and what a unit of them weighs. */
interface ReleasedCounts {
  readonly counts: Int32Array;
  /** The table has canary (first, second) at (first + 1, second). */
  readonly isShifted: boolean;
  readonly sigma: number;
}

function releaseCounts(source: PlantedRows, budget: PrivacyBudget, noise: NoiseSource): ReleasedCounts[] {
  const paid = makePaidRows(source, makeLedger(budget), noise);
  const sigmas = planNoise(
    budget,
    RELEASES.map(({ share, tables }) => ({ share, changes: tables })),
  );
  const height = (source.fields[1] as Extract<Field, { kind: "discrete" }>).levels;
  const shift = Uint16Array.from({ length: WIDTH }, (_, level) => (level + 1) % WIDTH);
  const second = { field: 1, groups: height };
  const plain: JointQuestion = [{ field: 0, groups: WIDTH }, second];
  const shifted: JointQuestion = [{ field: 0, groups: WIDTH, groupOf: shift }, second];
  return RELEASES.flatMap(({ released, tables }, i) =>
    paid
      .countJoint(released, [plain, shifted].slice(0, tables), sigmas[i]!)
      .map((counts, table) => ({ counts, isShifted: table === 1, sigma: sigmas[i]! })),
  );
}

/**
 * Two scores of each canary: the sum of its counts, weighted as a likelihood ratio weighs them; and what is left of its two cells
 * where a table is taken from the shifted one, which only noise that was used twice makes telling.
 */
function scoresOf(released: readonly ReleasedCounts[], planted: Uint8Array, height: number): CanaryScores[] {
  const canaries = planted.length;
  const cellIn = (canary: number, isShifted: boolean) => (isShifted ? (canary + height) % canaries : canary);
  const sums = Float64Array.from({ length: canaries }, (_, canary) =>
    released.reduce(
      (sum, { counts, isShifted, sigma }) => sum + counts[cellIn(canary, isShifted)]! / (sigma * sigma),
      0,
    ),
  );
  const shifted = released.find(({ isShifted }) => isShifted)!;
  const plain = released.find(({ isShifted, sigma }) => !isShifted && sigma === shifted.sigma)!;
  const difference = (cell: number) => plain.counts[cell]! - shifted.counts[cell]!;
  const differences = Float64Array.from(
    { length: canaries },
    (_, canary) => difference(canary) - difference(cellIn(canary, true)),
  );
  return [
    { name: "sum of counts", run: 0, planted, scores: sums },
    { name: "difference of two tables", run: 0, planted, scores: differences },
  ];
}
