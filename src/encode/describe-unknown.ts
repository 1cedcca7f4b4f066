import type { ProgressEvent } from "../core/progress.js";
import { findColumn, type Table } from "../table/table.js";
import { type ColumnEncoding, numericColumn } from "./column-encoding.js";
import { fromLattice } from "./lattice.js";
import { RARE_CATEGORY } from "./one-hot.js";
import type { QuantileBinsEncoding } from "./quantile-bins.js";
import type { TableEncoding } from "./table-encoding.js";

/**
 * What an encoding that was learned on other rows cannot say of a table, column by column, and what it says instead: categories
 * that it does not know (N_UNKNOWN_CATEGORIES), numbers and dates beyond its range (N_BEYOND_RANGE). No value is named.
 */
export function describeUnknown(encoding: TableEncoding, table: Table): ProgressEvent[] {
  return encoding.columns.flatMap((column): ProgressEvent[] => {
    const unknown = describeColumn(column, table);
    if (unknown === undefined) return [];
    const message = `column "${column.name}": ${unknown.message}`;
    return [{ kind: "notice", code: unknown.code, message, column: column.name }];
  });
}

function describeColumn(column: ColumnEncoding, table: Table): { code: string; message: string } | undefined {
  switch (column.kind) {
    case "one-hot":
      return unknownCategories(new Set(column.categories), column, table);
    case "grouped-categories":
      return unknownCategories(new Set([...column.direct, ...column.grouped]), column, table);
    case "quantile-bins":
      return beyondRange(column, table);
    case "calendar":
    case "mode-specific":
    case "constant":
    case "identifier":
    case "generated":
    case "omitted":
      return undefined;
    default:
      return column satisfies never;
  }
}

function unknownCategories(
  known: ReadonlySet<string>,
  { name, rare }: { readonly name: string; readonly rare: boolean },
  table: Table,
) {
  const column = findColumn(table, name);
  if (column === undefined || !("codes" in column)) return undefined;
  const rows = column.codes.filter((code) => code >= 0 && !known.has(column.dictionary[code]!)).length;
  if (rows === 0) return undefined;
  const become = rare ? RARE_CATEGORY : "the most frequent category, since the model has no rare level";
  return { code: "N_UNKNOWN_CATEGORIES", message: `${rowsWith(rows, "categories")} are learned as ${become}` };
}

function beyondRange(encoding: QuantileBinsEncoding, table: Table) {
  const column = findColumn(table, encoding.name);
  const [first, last] = [encoding.levels[0], encoding.levels.at(-1)];
  if (column === undefined || first === undefined || last === undefined) return undefined;
  const low = fromLattice(encoding.lattice, typeof first === "number" ? first : first[0]!);
  const high = fromLattice(encoding.lattice, typeof last === "number" ? last : last.at(-1)!);
  const { values } = numericColumn(column, encoding.output);
  const rows = values.filter((value) => value < low || value > high).length;
  if (rows === 0) return undefined;
  return { code: "N_BEYOND_RANGE", message: `${rowsWith(rows, "values")} are learned as the nearest that it knows` };
}

function rowsWith(rows: number, what: string): string {
  return `${rows} ${rows === 1 ? "row" : "rows"} with ${what} that the model does not know`;
}
