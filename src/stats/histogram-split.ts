import type { FeatureBins } from "./feature-bins.js";

/** Slots a bin takes in a histogram: gradient sum, hessian sum, row count, and one unused (a power of two is faster). */
export const SLOTS = 4;

/** The sums a node's rows have. */
export interface NodeSums {
  readonly gradient: number;
  readonly hessian: number;
  readonly count: number;
}

export interface SplitRules {
  readonly l2: number;
  readonly minLeafRows: number;
}

/** A split of one node. `goesLeft[bin]` is 1 where rows of that bin go left, [binCount + 1]. */
export interface Split {
  readonly feature: number;
  readonly gain: number;
  readonly goesLeft: Uint8Array;
}

/** Hessian a child must have at least (scikit-learn's min_hessian_to_split). */
const MIN_HESSIAN = 1e-3;
/** Rows a category needs to be ordered; rarer ones go with the missing values (scikit-learn's MIN_CAT_SUPPORT). */
const MIN_CATEGORY_ROWS = 10;
/** Added to a category's hessian when ordering, so that rare categories do not stand at the ends (LightGBM's cat_smooth). */
const CATEGORY_SMOOTHING = 10;

interface Candidate {
  gain: number;
  feature: number;
  /** Bins going left: the first `length` of `order`, and missing where `missingLeft`. */
  order: ArrayLike<number>;
  length: number;
  missingLeft: boolean;
}

/**
 * The split with the largest gain G_L^2/(H_L+l2) + G_R^2/(H_R+l2) - G^2/(H+l2), or undefined if none gains.
 *
 * Numbers are cut between bins, missing values on the better side; categories are ordered by gradient over hessian and
 * cut there (Fisher 1958, doi:10.1080/01621459.1958.10501479), as LightGBM and scikit-learn do.
 * @param histogram sums by feature, bin and slot; the bins of feature f begin at offsets[f]
 */
export function findSplit(
  histogram: Float64Array,
  features: readonly FeatureBins[],
  offsets: readonly number[],
  node: NodeSums,
  rules: SplitRules,
): Split | undefined {
  const best: Candidate = { gain: 1e-10, feature: -1, order: NATURAL_ORDER, length: 0, missingLeft: false };
  for (let feature = 0; feature < features.length; feature++) {
    const base = offsets[feature]!;
    const bins = features[feature]!;
    if (bins.kind === "number") {
      scan(histogram, base, NATURAL_ORDER, bins.binCount, feature, node, rules, best);
    } else {
      scanCategories(histogram, base, bins.binCount, feature, node, rules, best);
    }
  }
  return best.feature < 0 ? undefined : toSplit(best, features[best.feature]!.binCount);
}

const NATURAL_ORDER = Uint8Array.from({ length: 256 }, (_, i) => i);

function toSplit(best: Candidate, missingBin: number): Split {
  const goesLeft = new Uint8Array(missingBin + 1);
  for (let i = 0; i < best.length; i++) goesLeft[best.order[i]!] = 1;
  if (best.missingLeft) goesLeft[missingBin] = 1;
  return { feature: best.feature, gain: best.gain, goesLeft };
}

function scanCategories(
  histogram: Float64Array,
  base: number,
  binCount: number,
  feature: number,
  node: NodeSums,
  rules: SplitRules,
  best: Candidate,
): void {
  const used: number[] = [];
  for (let bin = 0; bin < binCount; bin++) {
    if (histogram[base + bin * SLOTS + 2]! >= MIN_CATEGORY_ROWS) used.push(bin);
  }
  const rank = (bin: number): number =>
    histogram[base + bin * SLOTS]! / (histogram[base + bin * SLOTS + 1]! + CATEGORY_SMOOTHING);
  used.sort((a, b) => rank(a) - rank(b) || a - b);
  scan(histogram, base, used, used.length, feature, node, rules, best);
}

/** Tries every cut of `order`'s first `count` bins; all that is not in `order` counts as missing and goes to one side. */
function scan(
  histogram: Float64Array,
  base: number,
  order: ArrayLike<number>,
  count: number,
  feature: number,
  node: NodeSums,
  rules: SplitRules,
  best: Candidate,
): void {
  let usedGradient = 0;
  let usedHessian = 0;
  let usedCount = 0;
  for (let i = 0; i < count; i++) {
    const at = base + order[i]! * SLOTS;
    usedGradient += histogram[at]!;
    usedHessian += histogram[at + 1]!;
    usedCount += histogram[at + 2]!;
  }
  const restCount = node.count - usedCount;
  const rest = { gradient: node.gradient - usedGradient, hessian: node.hessian - usedHessian, count: restCount };
  scanSide(histogram, base, order, count, feature, node, rules, best, NOTHING, false);
  if (restCount > 0) scanSide(histogram, base, order, count, feature, node, rules, best, rest, true);
}

const NOTHING: NodeSums = { gradient: 0, hessian: 0, count: 0 };

function scanSide(
  histogram: Float64Array,
  base: number,
  order: ArrayLike<number>,
  count: number,
  feature: number,
  node: NodeSums,
  rules: SplitRules,
  best: Candidate,
  start: NodeSums,
  missingLeft: boolean,
): void {
  const { l2, minLeafRows } = rules;
  const parent = (node.gradient * node.gradient) / (node.hessian + l2 + Number.MIN_VALUE);
  let gradient = start.gradient;
  let hessian = start.hessian;
  let rows = start.count;
  // The last bin may go left too: that cut is "known against missing".
  for (let i = 0; i < count; i++) {
    const at = base + order[i]! * SLOTS;
    gradient += histogram[at]!;
    hessian += histogram[at + 1]!;
    rows += histogram[at + 2]!;
    if (rows < minLeafRows || hessian < MIN_HESSIAN) continue;
    const rightHessian = node.hessian - hessian;
    if (node.count - rows < minLeafRows || rightHessian < MIN_HESSIAN) break;
    const rightGradient = node.gradient - gradient;
    const gain =
      (gradient * gradient) / (hessian + l2) + (rightGradient * rightGradient) / (rightHessian + l2) - parent;
    if (gain > best.gain) {
      best.gain = gain;
      best.feature = feature;
      best.order = order;
      best.length = i + 1;
      best.missingLeft = missingLeft;
    }
  }
}
