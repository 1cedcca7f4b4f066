import { usageError } from "../../core/errors.js";
import type { LedgerEntry } from "../../schema/privacy-record.js";
import { costOf, epsilonOfEntries } from "./epsilon-of-entries.js";
import { gaussianBudget } from "./gaussian-privacy.js";
import type { PrivacyBudget } from "./ledger.js";

/** A release that is planned. */
export interface PlannedRelease {
  /** Of what is left of the budget, in mu^2; any unit: shares are divided by their sum. */
  readonly share: number;
  /** Numbers that one row changes, by 1 at most. */
  readonly changes: number;
}

/** The same entries in another order add up to a little more or less. */
const ROUND_OFF = 1e-9;
/** A plan that leaves no more than this share of epsilon is found. */
const CLOSE = 1e-4;
const TRIES = 20;
/** Significant bits of a planned sigma: exact noise of few bits is drawn faster. */
const BITS = 16;

/**
 * The scales of discrete Gaussian noise with which releases, and what was spent before, cost the budget together: not more, and
 * less than it by a thousandth at most. Found by trying, for discrete Gaussians of small scale cost more than the continuous ones whose
 * mu^2 simply adds up. Throws E_PRIVACY_BUDGET where nothing is left.
 *
 * @param paidOutright delta that the releases cost besides, at their thresholds
 * @returns sigma of each release
 */
export function planNoise(
  budget: PrivacyBudget,
  releases: readonly PlannedRelease[],
  { paidOutright = 0, before = [] }: { readonly paidOutright?: number; readonly before?: readonly LedgerEntry[] } = {},
): number[] {
  const delta = budget.delta - paidOutright;
  const shares = releases.reduce((sum, { share }) => sum + share, 0);
  const sigmasFor = (cost: number) =>
    releases.map(({ share, changes }) => roundUp(Math.sqrt((changes * shares) / (share * cost))));
  const epsilonAt = (cost: number) => {
    const planned = sigmasFor(cost).map((sigma, i) => entryOf(sigma, releases[i]!.changes));
    return epsilonOfEntries([...before, ...planned], delta);
  };
  const beforeDelta = before.reduce((sum, entry) => sum + entry.delta, 0);
  const left = delta > beforeDelta ? gaussianBudget(budget.epsilon, delta - beforeDelta) ** 2 - costOf(before) : 0;
  const cost = left > 0 ? greatestWithin(epsilonAt, left, budget.epsilon) : 0;
  if (cost > 0) return sigmasFor(cost);
  throw usageError("E_PRIVACY_BUDGET", `nothing is left of epsilon ${budget.epsilon} at delta ${budget.delta}`, {
    where: "epsilon",
    hint: "give a larger epsilon, or declare more as public in the schema",
  });
}

/** The greatest cost with an epsilon within `most`, to `CLOSE` of it: tries `guess`, then between the nearest on either side. */
function greatestWithin(epsilonAt: (cost: number) => number, guess: number, most: number): number {
  let [low, high] = [
    { cost: 0, epsilon: 0 },
    { cost: 2 * guess, epsilon: Number.POSITIVE_INFINITY },
  ];
  let cost = guess;
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const tried = { cost, epsilon: epsilonAt(cost) };
    if (tried.epsilon <= most * (1 - ROUND_OFF)) low = tried;
    else high = tried;
    if (low.epsilon > most * (1 - CLOSE)) break;
    const share = (most * (1 - CLOSE / 2) - low.epsilon) / (high.epsilon - low.epsilon);
    const isHalved = attempt % 3 === 0 || !(share > 0 && share < 1);
    cost = low.cost + (isHalved ? 0.5 : share) * (high.cost - low.cost);
  }
  return low.cost;
}

function entryOf(sigma: number, changes: number): LedgerEntry {
  return { released: "", mechanism: "discrete-gaussian", changes, scale: sigma, delta: 0 };
}

function roundUp(sigma: number): number {
  const unit = 2 ** (Math.floor(Math.log2(sigma)) + 1 - BITS);
  return Math.ceil(sigma / unit) * unit;
}
