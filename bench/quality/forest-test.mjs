import { takeScoredValues } from "../../dist/evaluate/scored-table.js";
import { auc } from "../../dist/stats/auc.js";
import { fitForest, predictForest } from "./random-forest.mjs";

const FOLDS = 3;
const MAX_ROWS = 10_000;

/**
 * The classifier two-sample test by a random forest: AUC over three folds, equally many rows of two scored tables (at most
 * 10,000 a side); .5 = cannot be told apart.
 */
export function forestTest(left, right, random) {
  const count = Math.min(left.rowCount, right.rowCount, MAX_ROWS);
  const sides = [left, right].map((table, side) => random.fork(side).permutation(table.rowCount).subarray(0, count));
  let sum = 0;
  for (let fold = 0; fold < FOLDS; fold++) {
    const part = (keep) => takePart([left, right], sides, (position) => keep === (position % FOLDS === fold));
    const [fitting, testing] = [part(false), part(true)];
    const forest = fitForest(fitting.features, fitting.labels, random.fork(`fold ${fold}`));
    sum += auc(predictForest(forest, testing.features), testing.labels);
  }
  return sum / FOLDS;
}

/** Rows of both sides whose position is kept, as features and labels (0 left, 1 right). */
function takePart(tables, sides, isKept) {
  const rows = sides.map((side) => side.filter((_, position) => isKept(position)));
  const features = tables[0].columns.map((_, at) =>
    joinColumns(...tables.map((table, side) => takeScoredValues(table.columns[at], rows[side]))),
  );
  const labels = Float64Array.from({ length: rows[0].length + rows[1].length }, (_, i) => Number(i >= rows[0].length));
  return { features, labels };
}

function joinColumns(a, b) {
  if (a.kind === "number") return { kind: "number", values: Float64Array.from([...a.values, ...b.values]) };
  return { kind: "category", codes: Int32Array.from([...a.codes, ...b.codes]), levels: Math.max(a.levels, b.levels) };
}
