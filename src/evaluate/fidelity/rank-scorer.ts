import { doubledMidRanks } from "../../stats/mid-ranks.js";
import { spearmanCorrelation } from "../../stats/spearman-correlation.js";
import type { ScoredTable, ScoredTables } from "../scored-table.js";

/** Spearman's correlations of training and synthetic columns, which are ranked once. */
export interface RankScorer {
  /** NaN where it cannot be computed; undefined unless both columns are numbers. */
  score(a: number, b: number): { readonly real: number; readonly synthetic: number } | undefined;
}

/** Ranks the columns that are numbers; dates count. */
export function makeRankScorer(tables: ScoredTables): RankScorer {
  const real = rankColumns(tables.train);
  const synthetic = rankColumns(tables.synthetic);
  return {
    score(a, b) {
      const [x, y, u, v] = [real[a], real[b], synthetic[a], synthetic[b]];
      if (x === undefined || y === undefined || u === undefined || v === undefined) return undefined;
      return { real: spearmanCorrelation(x, y), synthetic: spearmanCorrelation(u, v) };
    },
  };
}

function rankColumns(table: ScoredTable): (Int32Array | undefined)[] {
  return table.columns.map((column) => (column.kind === "number" ? doubledMidRanks(column.values) : undefined));
}
