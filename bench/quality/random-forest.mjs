import { binFeature, fitFeatureBins } from "../../dist/stats/feature-bins.js";
import { makeBinnedFeatures, makeTreeWorkspace } from "../../dist/stats/gradient-histogram.js";
import { growTree, leafOf } from "../../dist/stats/histogram-tree.js";

/** Deep trees with means in their leaves. */
const RULES = { l2: 0, minLeafRows: 5, maxLeaves: 400, learningRate: 1 };
const BINS = 255;

/**
 * Fits a random forest for targets 0 and 1: each tree is grown deep on half of the rows, drawn without replacement
 * (Buehlmann and Yu 2002, doi:10.1214/aos/1031689014), and a share of the features (Ho 1998, doi:10.1109/34.709601).
 * @param features one BoosterFeature a column
 * @param target [rows]
 */
export function fitForest(features, target, random, { trees = 60, featureShare = 0.6 } = {}) {
  const bins = features.map((feature) => fitFeatureBins(feature, BINS));
  const columns = features.map((feature, i) => binFeature(bins[i], feature));
  const rowCount = target.length >> 1;
  const featureCount = Math.max(2, Math.round(featureShare * features.length));
  const members = Array.from({ length: trees }, (_, i) => {
    const draws = random.fork(i);
    const rows = draws.permutation(target.length).subarray(0, rowCount);
    const chosen = [...draws.permutation(features.length).subarray(0, featureCount)];
    return { chosen, tree: growOn(rows, chosen, bins, columns, target) };
  });
  return { bins, members };
}

/** Mean of the trees' shares of target 1, [rows]. */
export function predictForest({ bins, members }, features) {
  const columns = features.map((feature, i) => binFeature(bins[i], feature));
  const scores = new Float64Array(columns[0].length);
  for (const { chosen, tree } of members) {
    const seen = chosen.map((feature) => columns[feature]);
    for (let row = 0; row < scores.length; row++) scores[row] += tree.value[leafOf(tree, seen, row)] / members.length;
  }
  return scores;
}

/** A tree of squared error from 0: its leaves hold the mean target of their rows. */
function growOn(rows, chosen, bins, columns, target) {
  const taken = chosen.map((feature) => Uint8Array.from(rows, (row) => columns[feature][row]));
  const data = makeBinnedFeatures(
    chosen.map((feature) => bins[feature]),
    taken,
  );
  const gradient = Float64Array.from(rows, (row) => -target[row]);
  const hessian = new Float64Array(rows.length).fill(1);
  return growTree(data, gradient, hessian, RULES, makeTreeWorkspace(rows.length), new Float64Array(rows.length));
}
