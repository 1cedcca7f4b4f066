import type { TableSchema } from "../../schema/table-schema.js";
import { columnLength, isMissing } from "../../table/column.js";
import { findColumn, type Table } from "../../table/table.js";
import { makeFigure, unavailable } from "../figure.js";
import type { Figure, Report } from "../report-schema.js";
import type { ScoredTable, ScoredValues } from "../scored-table.js";

/** SDMetrics' Diagnostic Report: validity of values and structure; 1 is right, all else is a defect. */
export function scoreDiagnostic(
  train: ScoredTable,
  synthetic: ScoredTable,
  structure: number,
  keyUniqueness: Figure,
): Report["fidelity"]["diagnostic"] {
  const boundaries: number[] = [];
  const categories: number[] = [];
  train.columns.forEach((real, at) => {
    const side = synthetic.columns[at]!;
    if (real.kind === "number" && side.kind === "number") boundaries.push(boundaryAdherence(real.values, side.values));
    else categories.push(categoryAdherence(real, side));
  });
  return {
    boundaryAdherence: meanFigure(boundaries, "no numeric column with values on both sides"),
    categoryAdherence: meanFigure(categories, "no categorical column"),
    structure: makeFigure(structure),
    keyUniqueness,
  };
}

/** Share of known values within the real column's smallest and largest value; NaN where a side has none. */
export function boundaryAdherence(real: Float64Array, sample: Float64Array): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of real) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  let known = 0;
  let inside = 0;
  for (const value of sample) {
    if (Number.isNaN(value)) continue;
    known++;
    if (value >= low && value <= high) inside++;
  }
  return known === 0 || low > high ? Number.NaN : inside / known;
}

/** Share of values that the real column has too, missing being a value; NaN without rows. */
export function categoryAdherence(real: ScoredValues, sample: ScoredValues): number {
  if (real.kind !== "category" || sample.kind !== "category") return Number.NaN;
  const seen = new Set(real.codes);
  let inside = 0;
  for (const code of sample.codes) if (seen.has(code)) inside++;
  return sample.codes.length === 0 ? Number.NaN : inside / sample.codes.length;
}

/** Jaccard index of the two tables' columns, taken as pairs of name and kind (text and boolean count as one kind). */
export function structureSimilarity(real: Table, sample: Table): number {
  const columns = (table: Table): Set<string> =>
    new Set(table.columns.map((column) => `${"codes" in column ? "text" : column.kind} ${column.name}`));
  const left = columns(real);
  const right = columns(sample);
  const shared = [...left].filter((column) => right.has(column)).length;
  const union = left.size + right.size - shared;
  return union === 0 ? 1 : shared / union;
}

/** 1 - share of keys that are missing or repeat an earlier one, mean over the schema's identifier columns. */
export function keyUniqueness(table: Table, schema: TableSchema): Figure {
  const shares = schema.columns
    .filter((column) => column.type === "identifier")
    .map((column) => uniqueShare(table, column.name))
    .filter((share) => !Number.isNaN(share));
  return meanFigure(shares, "no identifier column");
}

function uniqueShare(table: Table, name: string): number {
  const column = findColumn(table, name);
  if (column === undefined || table.rowCount === 0) return Number.NaN;
  const seen = new Set<string | number>();
  for (let row = 0; row < columnLength(column); row++) {
    if (isMissing(column, row)) continue;
    seen.add("codes" in column ? column.dictionary[column.codes[row]!]! : column.values[row]!);
  }
  return seen.size / table.rowCount;
}

function meanFigure(values: readonly number[], reason: string): Figure {
  const known = values.filter((value) => !Number.isNaN(value));
  if (known.length === 0) return unavailable(reason);
  return makeFigure(known.reduce((sum, value) => sum + value, 0) / known.length);
}
