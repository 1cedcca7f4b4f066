import type { Figure } from "../report-schema.js";
import type { CodedTable } from "./coded-table.js";
import { differenceFigure } from "./identical-matches.js";

/** A column counts where at least this share of the training rows holds a value of its own. */
const LEAST_UNIQUE_SHARE = 0.01;

/** How often generated cells hold values that exactly one real row has. */
export interface UniqueValueHits {
  /** Share of synthetic cells that hold a value unique in training; ceiling = the same share of held-out cells. */
  readonly share: Figure;
  /** The same less the share of values unique among held-out rows, of equally many; 0 = neither is preferred. */
  readonly excess: Figure;
}

/**
 * Values unique in training among the cells of the columns where such values are common (1 % of rows); memorising shows
 * there before whole rows are near. `train` and `holdout` have the same number of rows.
 */
export function uniqueValueHits(rows: CodedTable, train: CodedTable, holdout: CodedTable): UniqueValueHits {
  const trainUniques = uniquesOf(train);
  const holdoutUniques = uniquesOf(holdout);
  const columns = trainUniques.flatMap((uniques, column) =>
    uniques.size >= LEAST_UNIQUE_SHARE * train.rowCount ? [column] : [],
  );
  if (columns.length === 0 || rows.rowCount === 0) {
    const nothing: Figure = { status: "unavailable", reason: "no column has values that are unique in training" };
    return { share: nothing, excess: nothing };
  }
  const synthetic = countHits(rows, columns, trainUniques);
  const reference = countHits(holdout, columns, trainUniques);
  const contrast = countHits(rows, columns, holdoutUniques);
  const cells = rows.rowCount * columns.length;
  const share = differenceFigure(synthetic.total, synthetic.perValue, cells);
  return {
    share: { ...share, ceiling: reference.total / (holdout.rowCount * columns.length) },
    excess: differenceFigure(synthetic.total - contrast.total, [...synthetic.perValue, ...contrast.perValue], cells),
  };
}

function uniquesOf(table: CodedTable): ReadonlySet<number>[] {
  return Array.from({ length: table.width }, (_, column) => {
    const seen = new Set<number>();
    const uniques = new Set<number>();
    for (let row = 0; row < table.rowCount; row++) {
      const value = table.values[row * table.width + column]!;
      if (seen.has(value)) uniques.delete(value);
      else uniques.add(value);
      seen.add(value);
    }
    return uniques;
  });
}

function countHits(
  table: CodedTable,
  columns: readonly number[],
  uniques: readonly ReadonlySet<number>[],
): { total: number; perValue: number[] } {
  let total = 0;
  const perValue: number[] = [];
  for (const column of columns) {
    const hits = new Map<number, number>();
    for (let row = 0; row < table.rowCount; row++) {
      const value = table.values[row * table.width + column]!;
      if (!uniques[column]!.has(value)) continue;
      hits.set(value, (hits.get(value) ?? 0) + 1);
      total++;
    }
    perValue.push(...hits.values());
  }
  return { total, perValue };
}
