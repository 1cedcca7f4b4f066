import type { RandomStream } from "../../../core/random.js";
import { unavailable } from "../../figure.js";
import type { TellTales } from "../../report-schema.js";
import type { ScoredTables } from "../../scored-table.js";
import { findPatterns } from "./find-patterns.js";
import { aloneFigure, type ColumnLosses, importanceFigure, MAX_TELLING_COLUMNS } from "./telling-columns.js";
import type { TwoSample } from "./two-sample.js";

/** What the booster's comparison left. */
export interface ComparedRows {
  readonly sample: TwoSample;
  readonly losses: ColumnLosses;
}

export interface TellTalesOptions {
  readonly random: RandomStream;
  readonly signal?: AbortSignal | undefined;
  /** Called after each column and after the rules: columns + 2 times. */
  readonly onStep: () => void;
}

/** Columns that cells and patterns are made of, at most: the most telling ones. */
const MAX_COLUMNS = 24;

/**
 * What gives the synthetic rows away, against held-out rows where there are some.
 */
export async function findTellTales(
  tables: ScoredTables,
  compared: ComparedRows,
  options: TellTalesOptions,
): Promise<TellTales> {
  const columns = await rankColumns(tables, compared, options);
  const names = columns.slice(0, MAX_COLUMNS).map(({ name }) => name);
  const { cells, patterns } = await findPatterns(tables, names, options);
  return { against: tables.holdout === undefined ? "train" : "holdout", columns, cells, patterns };
}

/** The tell-tales of tables with too few rows to compare. */
export function withoutTellTales(tables: ScoredTables, reason: string): TellTales {
  const none = unavailable(reason);
  const columns = tables.columns.map(({ name }) => ({ name, importance: none, alone: none }));
  return { against: tables.holdout === undefined ? "train" : "holdout", columns, cells: [], patterns: [] };
}

/** Columns by what they add to .5, in the booster or alone, whichever is more. */
async function rankColumns(
  tables: ScoredTables,
  { sample, losses }: ComparedRows,
  { signal, onStep }: TellTalesOptions,
): Promise<TellTales["columns"]> {
  const columns: TellTales["columns"] = [];
  const none = unavailable(`not among the ${MAX_TELLING_COLUMNS} columns that the booster splits on most`);
  for (const [at, column] of tables.columns.entries()) {
    const own = losses.get(at);
    const importance = own === undefined ? none : importanceFigure(own, sample.labels.length);
    const alone = own === undefined ? none : await aloneFigure(sample, column, at, signal);
    columns.push({ name: column.name, importance, alone });
    onStep();
  }
  const telling = ({ importance, alone }: TellTales["columns"][number]): number =>
    Math.max(importance.value ?? -1, (alone.value ?? -1) - 0.5);
  return columns.sort((a, b) => telling(b) - telling(a));
}
