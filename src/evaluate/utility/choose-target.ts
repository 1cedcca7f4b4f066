import { usageError } from "../../core/errors.js";
import { suggestName } from "../../schema/suggest-name.js";
import type { ScoredTables, ScoredValues } from "../scored-table.js";

/** A category with more known values in training is not chosen as a target by itself. */
const MAX_CLASSES = 10;

/**
 * The position of the column that utility is measured on: the named one, else the last boolean or category with 2 to 10
 * values in training, else the last numeric column, else undefined. Throws E_EVALUATE_TARGET for a name that is no scored
 * column.
 */
export function chooseTarget(tables: ScoredTables, name: string | undefined): number | undefined {
  const names = tables.columns.map((column) => column.name);
  if (name !== undefined) {
    const at = names.indexOf(name);
    if (at >= 0) return at;
    throw usageError("E_EVALUATE_TARGET", `the target "${name}" is no column that can be scored`, {
      where: `column "${name}"`,
      hint: suggestName(name, names),
    });
  }
  const positions = names.map((_, at) => at).reverse();
  const classes = positions.find((at) => {
    const count = countClasses(tables.train.columns[at]!);
    return count >= 2 && count <= MAX_CLASSES;
  });
  return classes ?? positions.find((at) => tables.train.columns[at]!.kind === "number");
}

/** Number of known values of a category; 0 for numbers. */
function countClasses(column: ScoredValues): number {
  if (column.kind === "number") return 0;
  const seen = new Set(column.codes);
  seen.delete(-1);
  return seen.size;
}
