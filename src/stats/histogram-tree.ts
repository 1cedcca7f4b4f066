import { type BinnedFeatures, fillHistogram, type TreeWorkspace, takeHistogram } from "./gradient-histogram.js";
import { findSplit, type NodeSums, SLOTS, type Split, type SplitRules } from "./histogram-split.js";

/** One regression tree. Node 0 is the root; `feature[node]` is -1 at a leaf, where `value[node]` is its output. */
export interface HistogramTree {
  readonly feature: readonly number[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly value: readonly number[];
  /** [nodes] of [binCount + 1] of the node's feature: 1 where a bin goes left; empty at a leaf. */
  readonly goesLeft: readonly Uint8Array[];
}

export interface TreeRules extends SplitRules {
  readonly maxLeaves: number;
  readonly learningRate: number;
  /** A leaf's value before the learning rate, at most in size; default: no bound. */
  readonly maxStep?: number;
}

interface Leaf {
  readonly node: number;
  readonly start: number;
  readonly end: number;
  readonly sums: NodeSums;
  readonly histogram: Float64Array;
  readonly split: Split | undefined;
}

/**
 * Grows one tree leaf by leaf, the largest gain first, and adds its outputs to `scores` ([rows]).
 *
 * A split reads the smaller child's rows only; the larger child's histogram is the parent's minus the smaller's
 * (Ke et al. 2017, "LightGBM").
 * @param gradient [rows]
 * @param hessian [rows]
 */
export function growTree(
  data: BinnedFeatures,
  gradient: Float64Array,
  hessian: Float64Array,
  rules: TreeRules,
  workspace: TreeWorkspace,
  scores: Float64Array,
): HistogramTree {
  const tree = { feature: [-1], left: [-1], right: [-1], value: [0], goesLeft: [NO_SPLIT as Uint8Array] };
  const leaves = [plantRoot(data, gradient, hessian, rules, workspace)];
  while (leaves.length < rules.maxLeaves) {
    const at = indexOfBest(leaves);
    const parent = leaves[at]!;
    if (parent.split === undefined) break;
    const node = tree.feature.length;
    tree.feature[parent.node] = parent.split.feature;
    tree.goesLeft[parent.node] = parent.split.goesLeft;
    tree.left[parent.node] = node;
    tree.right[parent.node] = node + 1;
    for (let child = 0; child < 2; child++) {
      tree.feature.push(-1);
      tree.left.push(-1);
      tree.right.push(-1);
      tree.value.push(0);
      tree.goesLeft.push(NO_SPLIT);
    }
    const isLastSplit = leaves.length + 1 === rules.maxLeaves;
    const [left, right] = splitLeaf(parent, parent.split, node, data, gradient, hessian, rules, workspace, isLastSplit);
    leaves[at] = left;
    leaves.push(right);
  }
  for (const leaf of leaves) settleLeaf(leaf, tree.value, rules, workspace, scores);
  return tree;
}

const NO_SPLIT = new Uint8Array(0);

/** The tree's leaf for a row of bins. */
export function leafOf(tree: HistogramTree, columns: readonly Uint8Array[], row: number): number {
  let node = 0;
  let feature = tree.feature[0]!;
  while (feature >= 0) {
    node = tree.goesLeft[node]![columns[feature]![row]!] === 1 ? tree.left[node]! : tree.right[node]!;
    feature = tree.feature[node]!;
  }
  return node;
}

function indexOfBest(leaves: readonly Leaf[]): number {
  let best = 0;
  for (let i = 1; i < leaves.length; i++) {
    if ((leaves[i]!.split?.gain ?? 0) > (leaves[best]!.split?.gain ?? 0)) best = i;
  }
  return best;
}

function plantRoot(
  data: BinnedFeatures,
  gradient: Float64Array,
  hessian: Float64Array,
  rules: TreeRules,
  workspace: TreeWorkspace,
): Leaf {
  let gradientSum = 0;
  let hessianSum = 0;
  for (let row = 0; row < data.rowCount; row++) {
    workspace.rows[row] = row;
    gradientSum += gradient[row]!;
    hessianSum += hessian[row]!;
  }
  const sums = { gradient: gradientSum, hessian: hessianSum, count: data.rowCount };
  const histogram = takeHistogram(workspace, data);
  fillHistogram(histogram, data, 0, data.rowCount, gradient, hessian, workspace);
  const split = findSplit(histogram, data.bins, data.offsets, sums, rules);
  return { node: 0, start: 0, end: data.rowCount, sums, histogram, split };
}

function splitLeaf(
  parent: Leaf,
  split: Split,
  node: number,
  data: BinnedFeatures,
  gradient: Float64Array,
  hessian: Float64Array,
  rules: TreeRules,
  workspace: TreeWorkspace,
  isLastSplit: boolean,
): [Leaf, Leaf] {
  const { start, end, sums, histogram } = parent;
  const middle = partition(workspace, start, end, data.columns[split.feature]!, split.goesLeft);
  const leftSums = sumSide(histogram, data.offsets[split.feature]!, split.goesLeft);
  const rightSums = {
    gradient: sums.gradient - leftSums.gradient,
    hessian: sums.hessian - leftSums.hessian,
    count: end - middle,
  };
  const larger = Math.max(middle - start, end - middle);
  if (isLastSplit || larger < 2 * rules.minLeafRows) {
    return [
      { node, start, end: middle, sums: leftSums, histogram, split: undefined },
      {
        node: node + 1,
        start: middle,
        end,
        sums: rightSums,
        histogram: takeHistogram(workspace, data),
        split: undefined,
      },
    ];
  }
  const leftIsSmaller = middle - start <= end - middle;
  const smaller = takeHistogram(workspace, data);
  fillHistogram(
    smaller,
    data,
    leftIsSmaller ? start : middle,
    leftIsSmaller ? middle : end,
    gradient,
    hessian,
    workspace,
  );
  for (let i = 0; i < histogram.length; i++) histogram[i] = histogram[i]! - smaller[i]!;
  const leftHistogram = leftIsSmaller ? smaller : histogram;
  const rightHistogram = leftIsSmaller ? histogram : smaller;
  return [
    makeLeaf(node, start, middle, leftSums, leftHistogram, data, rules),
    makeLeaf(node + 1, middle, end, rightSums, rightHistogram, data, rules),
  ];
}

function makeLeaf(
  node: number,
  start: number,
  end: number,
  sums: NodeSums,
  histogram: Float64Array,
  data: BinnedFeatures,
  rules: TreeRules,
): Leaf {
  const splittable = sums.count >= 2 * rules.minLeafRows;
  const split = splittable ? findSplit(histogram, data.bins, data.offsets, sums, rules) : undefined;
  return { node, start, end, sums, histogram, split };
}

/** The left child's sums, read from the parent's histogram. */
function sumSide(histogram: Float64Array, base: number, goesLeft: Uint8Array): NodeSums {
  let gradient = 0;
  let hessian = 0;
  let count = 0;
  for (let bin = 0; bin < goesLeft.length; bin++) {
    if (goesLeft[bin] !== 1) continue;
    gradient += histogram[base + bin * SLOTS]!;
    hessian += histogram[base + bin * SLOTS + 1]!;
    count += histogram[base + bin * SLOTS + 2]!;
  }
  return { gradient, hessian, count };
}

/** Puts the rows that go left first, order kept; returns where the right ones begin. */
function partition(
  workspace: TreeWorkspace,
  start: number,
  end: number,
  column: Uint8Array,
  goesLeft: Uint8Array,
): number {
  const { rows, scratchRows } = workspace;
  let left = start;
  let right = 0;
  for (let i = start; i < end; i++) {
    const row = rows[i]!;
    if (goesLeft[column[row]!] === 1) rows[left++] = row;
    else scratchRows[right++] = row;
  }
  rows.set(scratchRows.subarray(0, right), left);
  return left;
}

function settleLeaf(
  leaf: Leaf,
  values: number[],
  rules: TreeRules,
  workspace: TreeWorkspace,
  scores: Float64Array,
): void {
  const { gradient, hessian } = leaf.sums;
  const { maxStep = Number.POSITIVE_INFINITY } = rules;
  const step = -gradient / (hessian + rules.l2 + Number.MIN_VALUE);
  const value = rules.learningRate * Math.min(maxStep, Math.max(-maxStep, step));
  values[leaf.node] = value;
  for (let i = leaf.start; i < leaf.end; i++) {
    const row = workspace.rows[i]!;
    scores[row] = scores[row]! + value;
  }
  workspace.pool.push(leaf.histogram);
}
