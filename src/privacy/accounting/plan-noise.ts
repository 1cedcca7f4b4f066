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
const HALVINGS = 16;
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
  const isWithin = (cost: number) => {
    const planned = sigmasFor(cost).map((sigma, i) => entryOf(sigma, releases[i]!.changes));
    return epsilonOfEntries([...before, ...planned], delta) <= budget.epsilon * (1 - ROUND_OFF);
  };
  const beforeDelta = before.reduce((sum, entry) => sum + entry.delta, 0);
  const left = delta > beforeDelta ? gaussianBudget(budget.epsilon, delta - beforeDelta) ** 2 - costOf(before) : 0;
  let [low, high] = [0, 1.25 * left];
  for (let step = 0; step < HALVINGS && high > 0; step++) {
    const middle = (low + high) / 2;
    if (isWithin(middle)) low = middle;
    else high = middle;
  }
  if (low > 0) return sigmasFor(low);
  throw usageError("E_PRIVACY_BUDGET", `nothing is left of epsilon ${budget.epsilon} at delta ${budget.delta}`, {
    where: "epsilon",
    hint: "give a larger epsilon, or declare more as public in the schema",
  });
}

function entryOf(sigma: number, changes: number): LedgerEntry {
  return { released: "", mechanism: "discrete-gaussian", changes, scale: sigma, delta: 0 };
}

function roundUp(sigma: number): number {
  const unit = 2 ** (Math.floor(Math.log2(sigma)) + 1 - BITS);
  return Math.ceil(sigma / unit) * unit;
}
