import type { RandomStream } from "../../core/random.js";
import type { AttributeTable } from "./attribute-table.js";
import { chooseColumns } from "./choose-columns.js";
import { atLeast, atMost, equalTo, type Predicate } from "./predicate.js";

/** A guess at a predicate: `width` random columns with values of random rows and random comparisons; it need not hold for any row. */
export function randomPredicate(synthetic: AttributeTable, width: number, random: RandomStream): Predicate {
  return chooseColumns(synthetic.columns.length, width, random).map((column) => {
    const { kind, values } = synthetic.columns[column]!;
    const value = values[random.integer(values.length)]!;
    const comparison = random.integer(kind === "category" || !Number.isFinite(value) ? 2 : 4);
    if (comparison === 0) return equalTo(column, value);
    if (comparison === 1) return { ...equalTo(column, value), negated: true };
    return comparison === 2 ? atLeast(column, value) : atMost(column, value);
  });
}
