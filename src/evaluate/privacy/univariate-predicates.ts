import type { RandomStream } from "../../core/random.js";
import type { AttributeTable } from "./attribute-table.js";
import { atLeast, atMost, equalTo, type Predicate } from "./predicate.js";
import { sampleRows } from "./sample-rows.js";

/**
 * Up to `count` predicates on one column that are true of exactly one row, drawn from all of them: equal to a value that occurs
 * once, at most a smallest or at least a largest number that occurs once, missing where one value is missing (Giomi et al.
 * 2023, doi:10.56553/popets-2023-0055).
 */
export function univariatePredicates(synthetic: AttributeTable, count: number, random: RandomStream): Predicate[] {
  const found: Predicate[] = [];
  synthetic.columns.forEach((column, at) => {
    const occurrences = new Map<number, number>();
    for (const value of column.values) occurrences.set(value, (occurrences.get(value) ?? 0) + 1);
    for (const [value, times] of occurrences) if (times === 1) found.push([equalTo(at, value)]);
    if (column.kind === "category") return;
    const present = [...occurrences.keys()].filter((value) => Number.isFinite(value));
    if (present.length === 0) return;
    const [smallest, largest] = extremes(present);
    if (occurrences.get(smallest) === 1) found.push([atMost(at, smallest)]);
    if (occurrences.get(largest) === 1) found.push([atLeast(at, largest)]);
  });
  return Array.from(sampleRows(found.length, count, random), (at) => found[at]!);
}

function extremes(values: readonly number[]): [number, number] {
  let smallest = values[0]!;
  let largest = values[0]!;
  for (const value of values) {
    if (value < smallest) smallest = value;
    if (value > largest) largest = value;
  }
  return [smallest, largest];
}
