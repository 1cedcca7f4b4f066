import type { ConstraintOf } from "../../schema/constraint-schema.js";
import type { SearchColumn, SearchTable } from "./search-table.js";

const MIN_DISTINCT = 20;
/** Rows that a bound's value must have, so that it may be named. */
const MIN_ROWS = 5;
/** A bound has so many times the rows of the values next to it, or is 0. */
const MIN_PILE = 3;
const NEIGHBORS = 5;

/** Ranges of numbers that many rows stand on the end of. */
export function findRanges({ columns }: SearchTable): ConstraintOf<"range">[] {
  return columns.flatMap((one): ConstraintOf<"range">[] => {
    if (one.column.kind !== "number" || one.counts.length <= MIN_DISTINCT) return [];
    const ascending = countValues(one);
    const low = boundAt(ascending);
    const high = boundAt(ascending.toReversed());
    if (low === undefined && high === undefined) return [];
    return [
      {
        kind: "range",
        column: one.name,
        ...(low === undefined ? {} : { low }),
        ...(high === undefined ? {} : { high }),
      },
    ];
  });
}

function countValues({ codes, counts, values }: SearchColumn): { value: number; count: number }[] {
  const byCode = new Float64Array(counts.length);
  for (const [row, code] of codes.entries()) if (code >= 0) byCode[code] = values![row]!;
  return Array.from(byCode, (value, code) => ({ value, count: counts[code]! })).sort((a, b) => a.value - b.value);
}

/** The first value, where it is a bound. */
function boundAt(counted: readonly { readonly value: number; readonly count: number }[]): number | undefined {
  const [first, ...others] = counted;
  if (first === undefined || first.count < MIN_ROWS) return undefined;
  const next = others.slice(0, NEIGHBORS);
  const mean = next.reduce((sum, { count }) => sum + count, 0) / next.length;
  return first.value === 0 || first.count >= MIN_PILE * mean ? first.value : undefined;
}
