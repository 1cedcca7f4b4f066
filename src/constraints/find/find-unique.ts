import type { ConstraintOf } from "../../schema/constraint-schema.js";
import { type Column, isMissing } from "../../table/column.js";
import type { Table } from "../../table/table.js";
import { columnOf } from "../numeric-column.js";
import type { SearchTable } from "./search-table.js";

/** Pairs of rows that would agree, at least, if values were paired at random. */
const MIN_EXPECTED = 20;

/** Pairs of columns, each of values that repeat, in which no two rows of the whole table agree. */
export function findUnique({ columns, rowCount }: SearchTable, table: Table): ConstraintOf<"unique">[] {
  const repeating = columns.filter(
    ({ distinctCount, present }) => distinctCount >= 2 && distinctCount <= (0.5 * present * table.rowCount) / rowCount,
  );
  return repeating.flatMap((a, at) =>
    repeating.slice(at + 1).flatMap((b) => {
      const expected = table.rowCount ** 2 / 2 / a.distinctCount / b.distinctCount;
      if (expected < MIN_EXPECTED || !areDistinct(columnOf(table, a.name), columnOf(table, b.name))) return [];
      return [{ kind: "unique" as const, columns: [a.name, b.name] }];
    }),
  );
}

/** Looks no further than the first two rows that agree. */
function areDistinct(a: Column, b: Column): boolean {
  const [first, second] = ["codes" in a ? a.codes : a.values, "codes" in b ? b.codes : b.values];
  const seen = new Map<number, Set<number>>();
  for (let row = 0; row < first.length; row++) {
    if (isMissing(a, row) || isMissing(b, row)) continue;
    const own = seen.get(first[row]!);
    if (own === undefined) seen.set(first[row]!, new Set([second[row]!]));
    else if (own.size === own.add(second[row]!).size) return false;
  }
  return true;
}
