import { usageError } from "../../core/errors.js";
import type { Column } from "../../table/column.js";
import { findColumn, type Table } from "../../table/table.js";

/** How one column enters Gower's distance. */
export type GowerColumn =
  | {
      readonly kind: "numeric";
      readonly name: string;
      /** Smallest real value (training and held-out rows). */
      readonly minimum: number;
      /** Largest less smallest real value; 0 where all are equal or missing. */
      readonly range: number;
      /** True for dates, whose zero means nothing. */
      readonly isDate: boolean;
    }
  | {
      readonly kind: "categorical";
      readonly name: string;
      /** One code a spelling, shared by all tables. Undefined for booleans, whose codes are 0 and 1 in every table. */
      readonly codes: ReadonlyMap<string, number> | undefined;
      /** What each code stands for; of booleans as training spells them. */
      readonly levels: readonly string[];
    };

/** The columns of Gower's distance with the ranges of the real rows and category codes shared by all tables. */
export interface GowerSpace {
  readonly columns: readonly GowerColumn[];
}

/** The three tables of a privacy audit; same columns of the same kinds. */
export interface AuditTables {
  readonly train: Table;
  readonly synthetic: Table;
  readonly holdout?: Table;
}

/**
 * Fits the space of Gower's distance (Gower 1971, doi:10.2307/2528823) to the named columns: ranges over training and
 * held-out rows, category codes over all tables. Throws E_PRIVACY_COLUMN for a column that a table lacks.
 */
export function fitGowerSpace(tables: AuditTables, columns: readonly string[]): GowerSpace {
  const real = tables.holdout === undefined ? [tables.train] : [tables.train, tables.holdout];
  return {
    columns: columns.map((name) => {
      const realColumns = real.map((table) => requireColumn(table, name));
      const synthetic = requireColumn(tables.synthetic, name);
      return fitColumn(name, realColumns, [...realColumns, synthetic]);
    }),
  };
}

/** The table's column of that name. Throws E_PRIVACY_COLUMN. */
export function requireColumn(table: Table, name: string): Column {
  const column = findColumn(table, name);
  if (column === undefined) {
    throw usageError("E_PRIVACY_COLUMN", `a table of the privacy audit has no column "${name}"`, {
      where: `column "${name}"`,
      hint: "audit tables with the same columns",
    });
  }
  return column;
}

function fitColumn(name: string, real: readonly Column[], all: readonly Column[]): GowerColumn {
  const kinds = new Set(all.map((column) => column.kind));
  if (kinds.size > 1) {
    throw usageError("E_PRIVACY_COLUMN", `column "${name}" is ${[...kinds].join(" in one table and ")} in another`, {
      where: `column "${name}"`,
      hint: "read all tables with the same schema",
    });
  }
  const first = all[0]!;
  if (first.kind === "boolean") return { kind: "categorical", name, codes: undefined, levels: first.dictionary };
  if (first.kind === "text") {
    const codes = shareCodes(all);
    return { kind: "categorical", name, codes, levels: [...codes.keys()] };
  }
  const { minimum, range } = rangeOf(real);
  return { kind: "numeric", name, minimum, range, isDate: first.kind === "date" };
}

function shareCodes(columns: readonly Column[]): ReadonlyMap<string, number> {
  const codes = new Map<string, number>();
  for (const column of columns) {
    if (!("codes" in column)) continue;
    for (const spelling of column.dictionary) if (!codes.has(spelling)) codes.set(spelling, codes.size);
  }
  return codes;
}

function rangeOf(columns: readonly Column[]): { minimum: number; range: number } {
  let minimum = Number.POSITIVE_INFINITY;
  let maximum = Number.NEGATIVE_INFINITY;
  for (const column of columns) {
    if ("codes" in column) continue;
    for (const value of column.values) {
      if (value < minimum) minimum = value;
      if (value > maximum) maximum = value;
    }
  }
  return minimum <= maximum ? { minimum, range: maximum - minimum } : { minimum: 0, range: 0 };
}
