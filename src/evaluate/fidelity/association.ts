import { correlationRatio } from "../../stats/correlation-ratio.js";
import { cramersV } from "../../stats/cramers-v.js";
import type { ScoredValues } from "../scored-table.js";
import type { ContingencyTables } from "./contingency.js";

/** How strongly two columns hang together, in training and in the synthetic table; NaN where it cannot be computed. */
export interface Association {
  readonly measure: "pearson" | "correlationRatio" | "cramersV";
  readonly real: number;
  readonly synthetic: number;
}

/** The correlation ratio of a number and a category, whichever comes first: 0..1, rows with both known. */
export function correlationRatioOf(a: ScoredValues, b: ScoredValues): number {
  if (a.kind === "number" && b.kind === "category") return correlationRatio(b.codes, b.levels, a.values);
  if (a.kind === "category" && b.kind === "number") return correlationRatio(a.codes, a.levels, b.values);
  throw new TypeError("a correlation ratio needs a number and a category");
}

/**
 * Cramer's V of two categories, rows with both known: 0..1. Without bias correction, as scipy and published tables have it;
 * few rows or many categories raise it on both sides alike.
 * @param counts rows per cell
 * @param missing the codes of missing values
 */
export function knownCramersV(
  contingency: ContingencyTables,
  counts: Float64Array,
  missing: readonly [number, number],
): number {
  const cells = contingency.withPlaces(counts);
  const known = counts.map((count, cell) =>
    cells.rows[cell] === missing[0] || cells.columns[cell] === missing[1] ? 0 : count,
  );
  return cramersV({ ...cells, counts: known });
}
