import type { RandomStream } from "../../core/random.js";
import { doubledMidRanks } from "../../stats/mid-ranks.js";
import { spearmanCorrelation } from "../../stats/spearman-correlation.js";
import { type ScoredTable, type ScoredTables, takeScoredValues } from "../scored-table.js";

/** Spearman's correlations of training and synthetic columns, which are ranked once. */
export interface RankScorer {
  /** NaN where it cannot be computed; undefined unless both columns are numbers. */
  score(a: number, b: number): { readonly real: number; readonly synthetic: number } | undefined;
}

/** Rows a side that rank correlations are computed of, at most; more are drawn at random. */
export const RANK_ROWS = 100_000;

/** Ranks the columns that are numbers; dates count. */
export function makeRankScorer(tables: ScoredTables, random: RandomStream): RankScorer {
  const real = rankColumns(tables.train, random.fork("train"));
  const synthetic = rankColumns(tables.synthetic, random.fork("synthetic"));
  return {
    score(a, b) {
      const [x, y, u, v] = [real[a], real[b], synthetic[a], synthetic[b]];
      if (x === undefined || y === undefined || u === undefined || v === undefined) return undefined;
      return { real: spearmanCorrelation(x, y), synthetic: spearmanCorrelation(u, v) };
    },
  };
}

function rankColumns(table: ScoredTable, random: RandomStream): (Int32Array | undefined)[] {
  const rows = table.rowCount <= RANK_ROWS ? undefined : random.permutation(table.rowCount).subarray(0, RANK_ROWS);
  return table.columns.map((column) => {
    if (column.kind !== "number") return undefined;
    const taken = rows === undefined ? column : takeScoredValues(column, rows);
    return taken.kind === "number" ? doubledMidRanks(taken.values) : undefined;
  });
}
