import type { EncodingConfig } from "../config.js";

/** Levels of all columns together that a wide table's numbers are cut for. */
const LEVEL_BUDGET = 8000;
const MIN_BINS = 12;
/** Fewer rows a level say more about these rows than about the column. */
const ROWS_PER_LEVEL = 60;

/**
 * How the columns of a table shall become fields: as configured, with coarser numbers where there are few rows (fine levels
 * are learned by heart) or so many columns that their levels would not fit one network (a training step costs time and
 * memory in proportion to the levels).
 */
export function planEncoding(
  config: EncodingConfig,
  table: { readonly rows: number; readonly columns: number },
): EncodingConfig {
  const affordable = Math.max(
    MIN_BINS,
    Math.floor(Math.min(LEVEL_BUDGET / table.columns, table.rows / ROWS_PER_LEVEL)),
  );
  return {
    ...config,
    bins: Math.min(config.bins, affordable),
    levelsPerNumber: Math.min(config.levelsPerNumber, affordable),
  };
}
