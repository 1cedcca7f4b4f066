import { countAtMost, countBelow } from "../../stats/sorted-search.js";
import { type CodedTable, MISSING_NUMBER } from "./coded-table.js";
import type { GowerSpace } from "./gower-space.js";

/** The ranks of the real numbers, column by column. */
export interface RankSpace {
  /** [width] The sorted real values (training and held-out rows) of a number or date; undefined for categories. */
  readonly sorted: readonly (Float64Array | undefined)[];
}

/** Learns the ranks from tables in Gower's coding: training and held-out rows. */
export function fitRankSpace(space: GowerSpace, real: readonly CodedTable[]): RankSpace {
  return {
    sorted: space.columns.map(({ kind }, column) => (kind === "numeric" ? sortColumn(real, column) : undefined)),
  };
}

/**
 * A table in Gower's coding as a table of the rank-scaled Euclidean space: a number is its mid-rank among the real ones
 * (those below and half of those equal, over their count; 0..1), categories stay at right angles: two of them are 1 apart,
 * as is a missing value from any other; two missing values are 0 apart. The distance is sqrt(sum of squares / columns), 0..1.
 */
export function rankTable({ sorted }: RankSpace, table: CodedTable): CodedTable {
  const { width } = table;
  const values = table.values.slice();
  sorted.forEach((real, column) => {
    if (real === undefined) return;
    for (let at = column; at < values.length; at += width) {
      if (values[at] !== MISSING_NUMBER) values[at] = midRank(real, values[at]!);
    }
  });
  return { ...table, metric: "euclidean", values };
}

function sortColumn(tables: readonly CodedTable[], column: number): Float64Array {
  const values = new Float64Array(tables.reduce((sum, table) => sum + table.rowCount, 0));
  let known = 0;
  for (const table of tables) {
    for (let at = column; at < table.values.length; at += table.width) {
      if (table.values[at] !== MISSING_NUMBER) values[known++] = table.values[at]!;
    }
  }
  return values.subarray(0, known).sort();
}

/** 0.5 where no real value is known. */
function midRank(sorted: Float64Array, value: number): number {
  if (sorted.length === 0) return 0.5;
  return (countBelow(sorted, value) + countAtMost(sorted, value)) / (2 * sorted.length);
}
