import type { LedgerEntry } from "../../schema/privacy-record.js";
import { composeLosses } from "./compose-losses.js";
import { discreteGaussianLoss } from "./discrete-gaussian-loss.js";
import { discreteLaplaceLoss } from "./discrete-laplace-loss.js";
import { epsilonOf, type PrivacyLoss } from "./privacy-loss.js";

/** What sums at fewer points and floating-point numbers may lose: probabilities, relative to their size; losses. */
const RELATIVE = 1e-5;
const ABSOLUTE = 1e-9;
/** The grid may add so much to epsilon. */
const GRID_ERROR = 2e-5;
/** And so much where an epsilon happens to be next to one of the losses, which come in steps. */
const STEP_ERROR = 5e-5;
/** Errors may be larger by (epsilon / this)^2 above it, where losses reach so far that a grid as fine would take seconds. */
const FINE_TO = 10;
/** From this spread on (epsilon above 200) the closed form of concentrated differential privacy is enough. */
const LARGEST_SPREAD = 20;

/** Entries of one noise, which are as one. */
type Part = Pick<LedgerEntry, "mechanism" | "scale" | "changes">;

/**
 * The epsilon of all entries together at `delta`: never below the true one, and within 1e-4 above it (from 10 to 50: within 1e-4
 * of itself). By numerical composition
 * of privacy losses; epsilons above 200 by concentrated differential privacy (Bun and Steinke 2016, arXiv:1605.02065,
 * proposition 1.3), which is further above.
 */
export function epsilonOfEntries(entries: readonly LedgerEntry[], delta: number): number {
  const left = (delta - entries.reduce((sum, entry) => sum + entry.delta, 0)) * (1 - RELATIVE);
  if (!(left > 0)) return Number.POSITIVE_INFINITY;
  const parts = mergeEntries(entries);
  if (parts.length === 0) return 0;
  const cost = Math.sqrt(costOf(parts));
  const chernoff = chernoffEpsilon(cost, left);
  if (!(cost <= LARGEST_SPREAD)) return chernoff;
  const losses = parts.map(lossOf);
  const greatest = losses.reduce((sum, { losses: of }) => sum + Math.max(of[0]!, of[of.length - 1]!), 0);
  const interval = intervalOf(parts, cost, Math.max(1, Math.min(chernoff, greatest) / FINE_TO) ** 2);
  // Sharing a loss out over two points adds interval^2 / 4 at most to what bounds its moments (Hoeffding's lemma).
  const spread = Math.sqrt(cost ** 2 + (parts.length * interval ** 2) / 4);
  const target = Math.min(chernoffEpsilon(spread, left), greatest);
  return Math.min(chernoff, epsilonOf(composeLosses(losses, { interval, target, greatest, spread }), left) + ABSOLUTE);
}

/** The cost in mu^2 of entries together, as Gaussian differential privacy counts it: an estimate, for planning. */
export function costOf(entries: readonly Part[]): number {
  return entries.reduce((sum, { changes, scale }) => sum + changes / scale ** 2, 0);
}

function mergeEntries(entries: readonly LedgerEntry[]): Part[] {
  const merged = new Map<string, Part>();
  for (const { mechanism, scale, changes } of entries) {
    const key = `${mechanism} ${scale}`;
    merged.set(key, { mechanism, scale, changes: changes + (merged.get(key)?.changes ?? 0) });
  }
  return [...merged.values()];
}

function lossOf({ mechanism, scale, changes }: Part): PrivacyLoss {
  switch (mechanism) {
    case "discrete-gaussian":
      return discreteGaussianLoss(scale, changes);
    case "discrete-laplace":
      return discreteLaplaceLoss(scale, changes);
    default:
      return mechanism satisfies never;
  }
}

/** The epsilon that bounds of the moments alone give. */
function chernoffEpsilon(spread: number, delta: number): number {
  return spread ** 2 / 2 + spread * Math.sqrt(2 * Math.log(1 / delta));
}

/**
 * As coarse as the errors allow: the variance v that a grid adds takes epsilon up by about v (1 + 5 / spread) / 2; next to a loss, epsilon
 * may be up by the interval over the standard deviation in steps. `factor`: of both errors.
 */
function intervalOf(parts: readonly Part[], spread: number, factor: number): number {
  const variance = (2 * factor * GRID_ERROR) / (1 + 5 / spread);
  const steps = parts.reduce((sum, part) => sum + stepsOf(part) * costOf([part]), 0) / costOf(parts);
  return Math.min(spread / 64, Math.sqrt((4 * variance) / parts.length), factor * STEP_ERROR * steps);
}

/** Standard deviation of the noise's sum in steps of the loss; a Laplace mechanism's losses have sharp ends. */
function stepsOf({ mechanism, scale, changes }: Part): number {
  return mechanism === "discrete-laplace" ? 1 : scale * Math.sqrt(changes);
}
