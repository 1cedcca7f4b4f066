import type { Report } from "../report-schema.js";
import type { CodedTable } from "./coded-table.js";
import type { GowerSpace } from "./gower-space.js";
import type { Audit, AuditSide } from "./prepare-audit.js";
import { fitRowRarity } from "./row-rarity.js";

/** Rows that leaks hide in. */
export interface RowGroup extends Pick<NonNullable<Report["privacy"]["groups"]>[number], "kind" | "column" | "level"> {
  /** The table's rows that are in it, ascending. */
  rowsOf(table: CodedTable): Uint32Array;
}

/** Share of real rows that are outliers, at most. */
const OUTLIERS = 0.05;
/** A category that fewer of the real rows have is rare. */
const RARE = 0.01;
/** Only groups that so many training rows are in are named. */
const LEAST_TRAIN = 5;
/** Fewer rows of a category, synthetic or real, show nothing after Bonferroni. */
const LEAST_ROWS = 20;
/** Categories, at most. */
const MOST_CATEGORIES = 50;

/**
 * The groups of an audit whose nearest records are known for the synthetic rows `queries`: outliers (the 5 % of real rows whose values are rarest together, and synthetic rows as rare), rows
 * with a category that fewer than 1 % of real rows have, and the rows of each category that enough rows have, of the rarest
 * 50. What is rare is judged by training and held-out rows together, so that neither side is favoured.
 */
export function listRowGroups({ space, train }: Audit, holdout: AuditSide, queries: CodedTable): RowGroup[] {
  const real = [train.all, holdout.all];
  const categories = listCategories(space, real);
  const rowCount = train.all.rowCount + holdout.all.rowCount;
  const broad = [outliers(space, real), ...withRareCategory(categories.filter(({ rows }) => rows < RARE * rowCount))];
  const sampled = [train.sample, holdout.sample];
  const isLarge = (category: Category) =>
    countRows([train.all], category) >= LEAST_TRAIN &&
    countRows(sampled, category) >= LEAST_ROWS &&
    countRows([queries], category) >= LEAST_ROWS;
  const named: RowGroup[] = [];
  for (const category of categories.toSorted((a, b) => a.rows - b.rows)) {
    if (named.length === MOST_CATEGORIES) break;
    if (category.rows >= LEAST_ROWS && isLarge(category)) named.push(ofCategory(category));
  }
  return [...broad.filter((group) => group.rowsOf(train.all).length >= LEAST_TRAIN), ...named];
}

interface Category {
  readonly name: string;
  readonly level: string;
  /** Position of the column. */
  readonly column: number;
  readonly code: number;
  /** Real rows that have it. */
  readonly rows: number;
}

function listCategories(space: GowerSpace, real: readonly CodedTable[]): Category[] {
  return space.columns.flatMap(({ name, ...column }, at) => {
    if (column.kind !== "categorical") return [];
    const counts = new Uint32Array(column.levels.length);
    for (const { values, width } of real) {
      for (let cell = at; cell < values.length; cell += width) if (values[cell]! >= 0) counts[values[cell]!]!++;
    }
    return column.levels.map((level, code) => ({ name, level, column: at, code, rows: counts[code]! }));
  });
}

function countRows(tables: readonly CodedTable[], { column, code }: Category): number {
  let count = 0;
  for (const { values, width } of tables) {
    for (let cell = column; cell < values.length; cell += width) if (values[cell] === code) count++;
  }
  return count;
}

function ofCategory({ name, level, column, code }: Category): RowGroup {
  const has = (table: CodedTable, row: number) => table.values[row * table.width + column] === code;
  return { kind: "category", column: name, level, rowsOf: (table) => filterRows(table, (row) => has(table, row)) };
}

/** None where no category is rare. */
function withRareCategory(rare: readonly Category[]): RowGroup[] {
  if (rare.length === 0) return [];
  const isRare = new Map<number, boolean[]>();
  for (const { column, code } of rare) {
    const codes = isRare.get(column) ?? [];
    codes[code] = true;
    isRare.set(column, codes);
  }
  const columns = [...isRare];
  const has = ({ values, width }: CodedTable, row: number) =>
    columns.some(([column, codes]) => codes[values[row * width + column]!] === true);
  return [{ kind: "rare categories", rowsOf: (table) => filterRows(table, (row) => has(table, row)) }];
}

function outliers(space: GowerSpace, real: readonly CodedTable[]): RowGroup {
  const isNumber = space.columns.map(({ kind }) => kind === "numeric");
  const rarity = fitRowRarity(real, isNumber);
  const threshold = upperQuantile(real.map((table) => rarity.measure(table)));
  return {
    kind: "outliers",
    rowsOf: (table) => {
      const of = rarity.measure(table);
      return filterRows(table, (row) => of[row]! > threshold);
    },
  };
}

/** What OUTLIERS of the values exceed, at most. */
function upperQuantile(parts: readonly Float64Array[]): number {
  const values = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    values.set(part, at);
    at += part.length;
  }
  values.sort();
  return values[Math.ceil((1 - OUTLIERS) * values.length) - 1]!;
}

function filterRows(table: CodedTable, has: (row: number) => boolean): Uint32Array {
  const rows: number[] = [];
  for (let row = 0; row < table.rowCount; row++) if (has(row)) rows.push(row);
  return Uint32Array.from(rows);
}
