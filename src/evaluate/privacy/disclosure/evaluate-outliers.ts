import type { Report } from "../../report-schema.js";
import { type CodedTable, takeCodedRows } from "../coded-table.js";
import type { Audit } from "../prepare-audit.js";
import { OUTLIER_SHARE, outlierProximity } from "./outlier-proximity.js";

type Privacy = Report["privacy"];

/** Outlier proximity, and how it was measured. */
export interface OutlierScores {
  readonly outlierProximity: NonNullable<Privacy["outlierProximity"]>;
  readonly method: NonNullable<Privacy["method"]>;
}

/** Up to so many columns all real rows of the audit's samples are compared with each other. */
const NARROW = 20;
/** In wider tables, where a search can leave out little, the real rows squared times the columns are at most this. */
const WIDE_CELLS = 2e9;

/** Outlier proximity of the audit's samples; in wide tables of as many of their rows as a few seconds allow. Throws E_INTERRUPTED. */
export async function evaluateOutliers(
  { train, synthetic, holdout }: Audit,
  signal?: AbortSignal,
): Promise<OutlierScores> {
  const rows = outlierRows(train.sample);
  const sides = {
    train: firstRows(train.sample, rows),
    synthetic: synthetic.all,
    holdout: holdout === undefined ? undefined : firstRows(holdout.sample, rows),
  };
  return {
    outlierProximity: await outlierProximity(sides, signal),
    method: {
      outliers: `of the real rows the ${100 * OUTLIER_SHARE} % that are farthest from the next, by Gower's distance`,
      outlierRowsPerSide: rows,
    },
  };
}

/** Rows of each side that are compared with all others. */
export function outlierRows({ width, rowCount }: Pick<CodedTable, "width" | "rowCount">): number {
  return width <= NARROW ? rowCount : Math.min(rowCount, Math.floor(Math.sqrt(WIDE_CELLS / width) / 2));
}

/** A sample is in random order. */
function firstRows(table: CodedTable, rows: number): CodedTable {
  return table.rowCount <= rows
    ? table
    : takeCodedRows(
        table,
        Uint32Array.from({ length: rows }, (_, row) => row),
      );
}
