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

/** True where the predicate holds for exactly one row. Stops at the second. */
export function singlesOut(predicate: Predicate, table: AttributeTable): boolean {
  const [first, ...others] = predicate;
  if (first === undefined) return table.rowCount === 1;
  const { values } = table.columns[first.column]!;
  const { low, high, negated } = first;
  let matches = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if ((value >= low && value <= high) === negated) continue;
    if (!others.every((condition) => holds(condition, table, row))) continue;
    if (++matches > 1) return false;
  }
  return matches === 1;
}

/** A text that is the same for the same predicate. */
export function predicateKey(predicate: Predicate): string {
  return predicate.map((c) => `${c.column} ${c.low} ${c.high} ${c.negated}`).join("|");
}

function holds(condition: Condition, table: AttributeTable, row: number): boolean {
  const value = table.columns[condition.column]!.values[row]!;
  return (value >= condition.low && value <= condition.high) !== condition.negated;
}
