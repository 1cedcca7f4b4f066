import { usageError } from "../core/errors.js";
import { roleOf } from "../schema/column-role.js";
import type { ColumnSchema, ColumnType, TableSchema } from "../schema/table-schema.js";
import type { Column } from "../table/column.js";
import { formatDate, showsTime } from "../table/date-format.js";
import { formatNumber } from "../table/number-format.js";
import { findColumn, type Table } from "../table/table.js";
import type { ScoredColumn, ScoredTable, ScoredTables, ScoredValues } from "./scored-table.js";

/** A column that no score covers, and why. */
export interface OmittedColumn {
  readonly name: string;
  readonly reason: string;
}

export interface TablesToScore {
  readonly train: Table;
  readonly synthetic: Table;
  readonly holdout?: Table;
}

/**
 * Makes tables comparable: categories get codes shared by all tables; identifiers, free text and constants are left out
 * and listed. The tables' columns have the kinds of the schema (typeTable). Throws E_EVALUATE_COLUMN for a column that a
 * table lacks and E_EVALUATE_NO_COLUMN where nothing is left to score.
 */
export function makeScoredTables(
  tables: TablesToScore,
  schema: TableSchema,
): { readonly tables: ScoredTables; readonly omitted: readonly OmittedColumn[] } {
  const omitted: OmittedColumn[] = [];
  const scored: ColumnSchema[] = [];
  for (const column of schema.columns) {
    const reason = whyOmitted(column);
    if (reason === undefined) scored.push(column);
    else omitted.push({ name: column.name, reason });
  }
  if (scored.length === 0) {
    throw usageError(
      "E_EVALUATE_NO_COLUMN",
      "no column is left to score: all are identifiers, free text or constants",
      {
        hint: "give a schema in which a column is a category, a number, a boolean or a date",
      },
    );
  }
  const sides = [tables.train, tables.synthetic, ...(tables.holdout === undefined ? [] : [tables.holdout])];
  const aligned = scored.map((column) => alignColumn(column, sides));
  const side = (at: number): ScoredTable => ({
    rowCount: sides[at]!.rowCount,
    columns: aligned.map((column) => column.values[at]!),
  });
  const columns = aligned.map((column) => column.meta);
  const base = { columns, train: side(0), synthetic: side(1) };
  return { tables: sides.length === 3 ? { ...base, holdout: side(2) } : base, omitted };
}

/** Why no score covers a column; undefined where scores do. */
export function whyOmitted(column: ColumnSchema): string | undefined {
  const role = roleOf(column);
  switch (role) {
    case "identifier":
      return "an identifier: its values name rows, so they cannot be compared";
    case "generated":
      return "made by a generator: its values are not learned, so they cannot be compared";
    case "omitted":
      return column.drop === true || column.private === true
        ? "left out, as the schema asks"
        : "free text: scores for text are not computed";
    case "constant":
      return "a constant in the training table: nothing to compare";
    case "category":
    case "number":
    case "boolean":
    case "date":
      return undefined;
    default:
      return role satisfies never;
  }
}

interface AlignedColumn {
  readonly meta: ScoredColumn;
  readonly values: readonly ScoredValues[];
}

function alignColumn(schema: ColumnSchema, sides: readonly Table[]): AlignedColumn {
  const columns = sides.map((table) => requireColumn(table, schema.name));
  const first = columns[0]!;
  const differing = columns.find((column) => "codes" in column !== "codes" in first);
  if (differing !== undefined) {
    throw usageError(
      "E_EVALUATE_COLUMN",
      `column "${schema.name}" is ${first.kind} in one table, ${differing.kind} in another`,
      {
        where: `column "${schema.name}"`,
        hint: "give a schema that says what the column is",
      },
    );
  }
  const { name, type } = schema;
  if (!("codes" in first)) {
    const values = columns.map((column) => ({ kind: "number", values: numbersOf(column) }) as const);
    return { meta: { name, type, dictionary: [], ...writingOf(first, type) }, values };
  }
  const { dictionary, codes } = shareCodes(columns);
  const levels = dictionary.length;
  return {
    meta: { name, type, dictionary, unit: 1, write: String },
    values: codes.map((side) => ({ kind: "category", codes: side, levels }) as const),
  };
}

function requireColumn(table: Table, name: string): Column {
  const column = findColumn(table, name);
  if (column !== undefined) return column;
  throw usageError("E_EVALUATE_COLUMN", `a table lacks the column "${name}"`, {
    where: `column "${name}"`,
    hint: "compare tables with the same columns",
  });
}

function numbersOf(column: Column): Float64Array {
  return "codes" in column ? new Float64Array(0) : column.values;
}

const DAY_MS = 86_400_000;
/** Decimals beyond this are not told apart in a histogram. */
const MAX_UNIT_DECIMALS = 12;

function writingOf(column: Column, type: ColumnType): Pick<ScoredColumn, "unit" | "write"> {
  if (column.kind === "date") {
    const { format } = column;
    return { unit: showsTime(format) ? 1 : DAY_MS, write: (value) => formatDate(value, format) };
  }
  if (column.kind === "number") {
    const { format } = column;
    const unit = type === "integer" ? 1 : 10 ** -Math.min(format.decimals, MAX_UNIT_DECIMALS);
    return { unit, write: (value) => formatNumber(value, format) };
  }
  return { unit: 1, write: String };
}

/** Codes by spelling over all sides, in order of first appearance. */
function shareCodes(columns: readonly Column[]): { dictionary: readonly string[]; codes: Int32Array[] } {
  const known = new Map<string, number>();
  const codes = columns.map((column) => {
    if (!("codes" in column)) return new Int32Array(0);
    const shared = column.dictionary.map((spelling) => {
      const code = known.get(spelling) ?? known.size;
      known.set(spelling, code);
      return code;
    });
    return column.codes.map((code) => (code < 0 ? -1 : shared[code]!));
  });
  return { dictionary: [...known.keys()], codes };
}
