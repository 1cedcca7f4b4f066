import type { RandomStream } from "../../core/random.js";
import type { CodedTable } from "./coded-table.js";

/** Two sets of columns (positions) that together are all columns. */
export interface ColumnSplit {
  readonly name: string;
  readonly left: readonly number[];
  readonly right: readonly number[];
}

/** Random deals besides the one by distinct values. */
const RANDOM_SPLITS = 2;
/** Where there are more columns, any half of them tells rows apart: one deal is enough. */
const MANY_COLUMNS = 50;

/**
 * The splits of a table's columns that linkability is tried on: `quasiIdentifiers` against the rest where there are both;
 * columns dealt in turn by falling number of distinct values, so that both halves identify rows as well as can be; and two
 * random halves where there are not more than 50 columns. The same split is given once, by the first of its names. Empty with fewer than two columns.
 */
export function splitColumns(
  table: CodedTable,
  quasiIdentifiers: readonly number[],
  random: RandomStream,
): ColumnSplit[] {
  if (table.width < 2) return [];
  const columns = Array.from({ length: table.width }, (_, column) => column);
  const distinct = columns.map((column) => countDistinct(table, column));
  const byDistinct = [...columns].sort((a, b) => distinct[b]! - distinct[a]! || a - b);
  const rest = columns.filter((column) => !quasiIdentifiers.includes(column));
  const splits: ColumnSplit[] = [];
  if (quasiIdentifiers.length > 0 && rest.length > 0) {
    splits.push({ name: "quasi-identifiers and the rest", left: ascending(quasiIdentifiers), right: rest });
  }
  splits.push(deal("halves by distinct values", byDistinct));
  const randomSplits = table.width > MANY_COLUMNS ? 0 : RANDOM_SPLITS;
  for (let i = 1; i <= randomSplits; i++) splits.push(deal(`random halves ${i}`, shuffle(columns, random)));
  const seen = new Set<string>();
  return splits.filter((split) => {
    const key = (split.left.includes(0) ? split.left : split.right).join(" ");
    return !seen.has(key) && seen.add(key);
  });
}

function deal(name: string, order: readonly number[]): ColumnSplit {
  const side = (parity: number) => ascending(order.filter((_, at) => at % 2 === parity));
  return { name, left: side(0), right: side(1) };
}

function ascending(columns: readonly number[]): number[] {
  return [...columns].sort((a, b) => a - b);
}

function countDistinct(table: CodedTable, column: number): number {
  const seen = new Set<number>();
  for (let row = 0; row < table.rowCount; row++) seen.add(table.values[row * table.width + column]!);
  return seen.size;
}

function shuffle(columns: readonly number[], random: RandomStream): number[] {
  const shuffled = [...columns];
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
  }
  return shuffled;
}
