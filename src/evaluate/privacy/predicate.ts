import { sortedOrder } from "../../stats/sorted-order.js";
import { countAtMost, countBelow } from "../../stats/sorted-search.js";
import type { AttributeTable } from "./attribute-table.js";

/** A cell's value within low..high, or (negated) outside. Equality is low = high; a missing value is Infinity. */
export interface Condition {
  /** Position of the column. */
  readonly column: number;
  readonly low: number;
  readonly high: number;
  readonly negated: boolean;
}

/** Conditions that must all hold. */
export type Predicate = readonly Condition[];

/** "Equals `value`"; Infinity asks for a missing value. */
export function equalTo(column: number, value: number): Condition {
  return { column, low: value, high: value, negated: false };
}

/** "At most `value`", missing values left out. */
export function atMost(column: number, value: number): Condition {
  return { column, low: Number.NEGATIVE_INFINITY, high: value, negated: false };
}

/** "At least `value`", missing values left out. */
export function atLeast(column: number, value: number): Condition {
  return { column, low: value, high: Number.MAX_VALUE, negated: false };
}

/** A text that is the same for the same predicate. */
export function predicateKey(predicate: Predicate): string {
  return predicate.map((c) => `${c.column} ${c.low} ${c.high} ${c.negated}`).join("|");
}

/** True where a predicate holds for exactly one row of the table it was made for. */
export type SinglesOut = (predicate: Predicate) => boolean;

/**
 * Sorts every column once; a predicate then looks only at the rows of its most selective condition, up to the second match.
 */
export function indexPredicates(table: AttributeTable): SinglesOut {
  const values = table.columns.map((column) => column.values);
  const orders = values.map((column) => sortedOrder(column));
  const sorted = values.map((column, at) => Float64Array.from(orders[at]!, (row) => column[row]!));
  return (predicate) => {
    let rows = orders[0] ?? new Uint32Array(0);
    let from = 0;
    let to = table.rowCount;
    for (const { column, low, high, negated } of predicate) {
      if (negated) continue;
      const start = countBelow(sorted[column]!, low);
      const end = countAtMost(sorted[column]!, high);
      if (end - start >= to - from) continue;
      rows = orders[column]!;
      from = start;
      to = end;
    }
    return matchesOnce(predicate, values, rows, from, to);
  };
}

function matchesOnce(
  predicate: Predicate,
  values: readonly Float64Array[],
  rows: Uint32Array,
  from: number,
  to: number,
): boolean {
  let matches = 0;
  for (let at = from; at < to; at++) {
    if (!holdsFor(predicate, values, rows[at]!)) continue;
    if (++matches > 1) return false;
  }
  return matches === 1;
}

function holdsFor(predicate: Predicate, values: readonly Float64Array[], row: number): boolean {
  for (let i = 0; i < predicate.length; i++) {
    const { column, low, high, negated } = predicate[i]!;
    const value = values[column]![row]!;
    if ((value >= low && value <= high) === negated) return false;
  }
  return true;
}
