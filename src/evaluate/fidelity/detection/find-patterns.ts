import { setImmediate } from "node:timers/promises";
import { throwIfAborted } from "../../../core/errors.js";
import type { RandomStream } from "../../../core/random.js";
import type { TellTales } from "../../report-schema.js";
import { type ScoredTable, type ScoredTables, takeScoredRows } from "../../scored-table.js";
import { findCells } from "./find-cells.js";
import { findRules } from "./find-rules.js";
import { groupRows } from "./row-sets.js";
import { measureRules } from "./rules.js";
import { tellingGroups } from "./telling-groups.js";

export interface PatternOptions {
  readonly random: RandomStream;
  readonly signal?: AbortSignal | undefined;
  /** Called after the cells and after the patterns. */
  readonly onStep?: () => void;
}

/** Rows of a side that rules are found on, and as many that they are measured on, at most. */
const HALF_ROWS = 20_000;

/**
 * Groups of rows in some columns (by name) that are more frequent among synthetic rows than among held-out ones, or training
 * ones where no row was held out; cells also those that are less frequent. They are found on one half of the rows and
 * measured on the other; those that do not stand out there are left out, so that rows which cannot be told apart have none.
 */
export async function findPatterns(
  tables: ScoredTables,
  names: readonly string[],
  { random, signal, onStep }: PatternOptions,
): Promise<Pick<TellTales, "cells" | "patterns">> {
  const kept = [...tables.columns.keys()].filter((at) => names.includes(tables.columns[at]!.name));
  const groups = kept.map((at) => tellingGroups(tables, at));
  const real = halve(tables.holdout ?? tables.train, kept, random.fork("real"));
  const synthetic = halve(tables.synthetic, kept, random.fork("synthetic"));
  const finding = groupRows(real.left, synthetic.left, groups);
  const measuring = groupRows(real.right, synthetic.right, groups);
  await setImmediate();
  throwIfAborted(signal);
  const cells = findCells(finding, groups);
  onStep?.();
  await setImmediate();
  throwIfAborted(signal);
  const rules = findRules(finding, groups, cells);
  onStep?.();
  return {
    cells: measureRules(measuring, cells, groups, "either"),
    patterns: measureRules(measuring, rules, groups, "surplus"),
  };
}

/** Some columns of the table's rows in two random halves. */
function halve(
  table: ScoredTable,
  columns: readonly number[],
  random: RandomStream,
): { left: ScoredTable; right: ScoredTable } {
  const picked = { rowCount: table.rowCount, columns: columns.map((at) => table.columns[at]!) };
  const order = random.permutation(table.rowCount);
  const half = Math.min(HALF_ROWS, Math.ceil(table.rowCount / 2));
  return {
    left: takeScoredRows(picked, order.subarray(0, half)),
    right: takeScoredRows(picked, order.subarray(half, 2 * half)),
  };
}
