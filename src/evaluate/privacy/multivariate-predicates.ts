import { setImmediate as nextTurn } from "node:timers/promises";
import { medianSorted } from "simple-statistics";
import { throwIfAborted } from "../../core/errors.js";
import type { RandomStream } from "../../core/random.js";
import { asNumbers } from "../../stats/as-numbers.js";
import type { AttributeTable } from "./attribute-table.js";
import { chooseColumns } from "./choose-columns.js";
import { atLeast, atMost, equalTo, indexPredicates, type Predicate, predicateKey } from "./predicate.js";

/** Columns of a multivariate predicate. */
export const PREDICATE_COLUMNS = 3;
/** Predicates tried for each one asked for, before giving up. */
const TRIES_PER_ATTACK = 200;
/** Tries for each predicate that the table has, so that a small table is not searched for what it lacks. */
const TRIES_PER_PREDICATE = 10;
/** Predicates between two turns of the event loop. */
const CHUNK = 100;

/**
 * Up to `count` different predicates on three columns (two, where there are not more) that are true of exactly one row: those
 * of a random row, numbers at least (above the median) or at most theirs, all else equal (Giomi et al. 2023,
 * doi:10.56553/popets-2023-0055). Fewer after 200 tries for each, or where the table has no more; none for a single column. Throws E_INTERRUPTED.
 */
export async function multivariatePredicates(
  synthetic: AttributeTable,
  count: number,
  random: RandomStream,
  signal?: AbortSignal,
): Promise<Predicate[]> {
  const found = new Map<string, Predicate>();
  if (synthetic.rowCount === 0 || synthetic.columns.length < 2) return [];
  const singlesOut = indexPredicates(synthetic);
  const medians = synthetic.columns.map((column) => medianOf(column.values));
  const width = synthetic.columns.length;
  const possible = synthetic.rowCount * (width < 3 ? 1 : (width * (width - 1) * (width - 2)) / 6);
  const allowed = Math.min(count * TRIES_PER_ATTACK, possible * TRIES_PER_PREDICATE);
  for (let tries = 0; tries < allowed && found.size < count; tries++) {
    if (tries % CHUNK === 0) {
      await nextTurn();
      throwIfAborted(signal);
    }
    const row = random.integer(synthetic.rowCount);
    const predicate = chooseColumns(width, PREDICATE_COLUMNS, random).map((column) => {
      const { kind, values } = synthetic.columns[column]!;
      const value = values[row]!;
      if (kind === "category" || !Number.isFinite(value)) return equalTo(column, value);
      return value > medians[column]! ? atLeast(column, value) : atMost(column, value);
    });
    if (singlesOut(predicate)) found.set(predicateKey(predicate), predicate);
  }
  return [...found.values()];
}

/** NaN without numbers. */
function medianOf(values: Float64Array): number {
  const sorted = values.filter((value) => Number.isFinite(value)).sort();
  return sorted.length === 0 ? Number.NaN : medianSorted(asNumbers(sorted));
}
