import type { RandomStream } from "../../../core/random.js";
import {
  joinValues,
  type ScoredTable,
  type ScoredValues,
  takeFirstRows,
  takeScoredValues,
} from "../../scored-table.js";

/** Equally many rows of a reference and of a sample, to be told apart. */
export interface TwoSample {
  readonly rowsPerSide: number;
  /** Columns of both, the reference's rows first. */
  readonly features: readonly ScoredValues[];
  /** [rows] 0 for the reference's rows, 1 for the sample's. */
  readonly labels: Float64Array;
  /** [rows] Fold of each row, equally many of each side in each. */
  readonly folds: Uint8Array;
}

/** Rows with what is to be told. */
export interface LabelledRows {
  readonly features: readonly ScoredValues[];
  readonly labels: Float64Array;
}

/** Folds of cross-validation. */
export const FOLDS = 5;

/** `rowsPerSide` rows of each table, drawn without replacement. */
export function makeTwoSample(
  reference: ScoredTable,
  sample: ScoredTable,
  rowsPerSide: number,
  random: RandomStream,
): TwoSample {
  const left = takeFirstRows(reference, rowsPerSide, random.fork("reference").permutation(reference.rowCount));
  const right = takeFirstRows(sample, rowsPerSide, random.fork("sample").permutation(sample.rowCount));
  return {
    rowsPerSide,
    features: left.columns.map((column, at) => joinValues(column, right.columns[at]!)),
    labels: Float64Array.from({ length: 2 * rowsPerSide }, (_, row) => (row < rowsPerSide ? 0 : 1)),
    folds: stratifiedFolds(rowsPerSide, random.fork("folds")),
  };
}

/** The rows of a fold, or those of all others. */
export function foldRows({ folds }: TwoSample, fold: number, side: "inside" | "outside"): Uint32Array {
  const rows = new Uint32Array(folds.length);
  let count = 0;
  for (let row = 0; row < folds.length; row++) {
    if ((folds[row] === fold) === (side === "inside")) rows[count++] = row;
  }
  return rows.subarray(0, count);
}

/** Rows in the order of `rows` (indices), of some features. */
export function takeLabelledRows(
  { labels }: Pick<TwoSample, "labels">,
  features: readonly ScoredValues[],
  rows: Uint32Array,
): LabelledRows {
  return {
    features: features.map((column) => takeScoredValues(column, rows)),
    labels: takeNumbers(labels, rows),
  };
}

function takeNumbers(values: Float64Array, rows: Uint32Array): Float64Array {
  const taken = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i]!]!;
  return taken;
}

function stratifiedFolds(rowsPerSide: number, random: RandomStream): Uint8Array {
  const folds = new Uint8Array(2 * rowsPerSide);
  for (let side = 0; side < 2; side++) {
    random.permutation(rowsPerSide).forEach((row, position) => {
      folds[side * rowsPerSide + row] = position % FOLDS;
    });
  }
  return folds;
}

/** About `rowsPerSide` rows of each side, evenly spaced, in the same folds. */
export function thinTwoSample(sample: TwoSample, rowsPerSide: number): TwoSample {
  const step = Math.ceil(sample.rowsPerSide / rowsPerSide);
  if (step === 1) return sample;
  const rows = Uint32Array.from(sample.folds.keys()).filter((row) => (row % sample.rowsPerSide) % step === 0);
  const { features, labels } = takeLabelledRows(sample, sample.features, rows);
  return { rowsPerSide: rows.length / 2, features, labels, folds: Uint8Array.from(rows, (row) => sample.folds[row]!) };
}

/** At most `count` rows, evenly spaced. */
export function thinLabelledRows(rows: LabelledRows, count: number): LabelledRows {
  const step = Math.ceil(rows.labels.length / count);
  if (step === 1) return rows;
  const kept = Uint32Array.from(rows.labels.keys()).filter((row) => row % step === 0);
  return takeLabelledRows(rows, rows.features, kept);
}
