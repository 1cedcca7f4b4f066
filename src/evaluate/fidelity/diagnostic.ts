import type { TableSchema } from "../../schema/table-schema.js";
import { columnLength, isMissing } from "../../table/column.js";
import { findColumn, type Table } from "../../table/table.js";
import { makeFigure, unavailable } from "../figure.js";
import type { ColumnScore, Figure, Report } from "../report-schema.js";
import { shareInterval } from "./adherence.js";

/**
 * SDMetrics' Diagnostic Report: validity of values and structure; 1 is right, all else is a defect (but held-out rows, too,
 * hold values that training has not: see the ceilings). `rows` of the synthetic table.
 */
export function scoreDiagnostic(
  columns: readonly ColumnScore[],
  rows: number,
  structure: number,
  keyUniqueness: Figure,
): Report["fidelity"]["diagnostic"] {
  const meanOf = (metric: ColumnScore["metric"], reason: string): Figure => {
    const chosen = columns.filter((column) => column.metric === metric);
    return meanShare(
      chosen.map(({ adherence }) => adherence ?? unavailable(reason)),
      rows,
      reason,
    );
  };
  return {
    boundaryAdherence: meanOf("KSComplement", "no numeric column with values on both sides"),
    categoryAdherence: meanOf("TVComplement", "no categorical column with values on both sides"),
    structure: makeFigure(structure),
    keyUniqueness,
  };
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

/**
 * 1 - share of keys that are missing or repeat an earlier one, mean over the schema's identifier columns. Every row is
 * counted, so there is no interval. Ceiling: the same of held-out rows.
 */
export function keyUniqueness(table: Table, schema: TableSchema, holdout?: Table): Figure {
  const shares = keyShares(table, schema);
  if (shares.length === 0) return unavailable("no identifier column");
  const held = holdout === undefined ? [] : keyShares(holdout, schema);
  return makeFigure(mean(shares), { n: table.rowCount, ceiling: held.length === 0 ? undefined : mean(held) });
}

function keyShares(table: Table, schema: TableSchema): number[] {
  return schema.columns
    .filter((column) => column.type === "identifier")
    .map((column) => uniqueShare(table, column.name))
    .filter((share) => !Number.isNaN(share));
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

/**
 * The mean of columns' shares. Its interval is Wilson's for as many trials as there are rows: cells of one row may go wrong
 * together, and the variance of their mean is at most that of a single share of the same size.
 */
function meanShare(figures: readonly Figure[], rows: number, reason: string): Figure {
  const pick = (key: "value" | "ceiling" | "matched"): number[] =>
    figures.map((figure) => figure[key]).filter((value) => value !== undefined);
  const values = pick("value");
  if (values.length === 0) return unavailable(reason);
  const parts = { n: rows, ceiling: mean(pick("ceiling")), matched: mean(pick("matched")) };
  return { ...makeFigure(mean(values), parts), ...shareInterval(mean(values), rows) };
}

/** NaN of nothing. */
function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
