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
  return Uint32Array.from(folds.keys()).filter((row) => (folds[row] === fold) === (side === "inside"));
}

/** Rows in the order of `rows` (indices), of some features. */
export function takeLabelledRows(
  { labels }: TwoSample,
  features: readonly ScoredValues[],
  rows: Uint32Array,
): LabelledRows {
  return {
    features: features.map((column) => takeScoredValues(column, rows)),
    labels: Float64Array.from(rows, (row) => labels[row]!),
  };
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
