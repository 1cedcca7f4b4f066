import type { ConstraintOf } from "../../schema/constraint-schema.js";
import type { SearchColumn, SearchTable } from "./search-table.js";

/** Pairs of rows that would agree, at least, if values were paired at random. */
const MIN_EXPECTED = 20;

/** Pairs of columns, each of values that repeat, in which no two rows agree. */
export function findUnique({ columns, rowCount, tableRows }: SearchTable): ConstraintOf<"unique">[] {
  const repeating = columns.filter(
    ({ distinctCount, present }) => distinctCount >= 2 && distinctCount <= (0.5 * present * tableRows) / rowCount,
  );
  return repeating.flatMap((a, at) =>
    repeating.slice(at + 1).flatMap((b) => {
      const expected = tableRows ** 2 / 2 / a.distinctCount / b.distinctCount;
      if (expected < MIN_EXPECTED || !areDistinct(a, b)) return [];
      return [{ kind: "unique" as const, columns: [a.name, b.name] }];
    }),
  );
}

function areDistinct(a: SearchColumn, b: SearchColumn): boolean {
  const seen = new Set<number>();
  for (let row = 0; row < a.codes.length; row++) {
    if (a.codes[row]! < 0 || b.codes[row]! < 0) continue;
    const key = a.codes[row]! * b.counts.length + b.codes[row]!;
    if (seen.has(key)) return false;
    seen.add(key);
  }
  return true;
}
