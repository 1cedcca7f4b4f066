import { outputOf } from "../../encode/column-output.js";
import { gridOf, lowerToGrid, raiseToGrid } from "../grid.js";
import { numericColumnOf } from "../numeric-column.js";
import { readBound } from "../read-bound.js";
import { addTransform, conflict, constraintsOf, type Plan } from "./plan.js";

/** Bounds of a column, in its numbers. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** One column that is never above another. */
export interface OrderedPair {
  readonly low: string;
  readonly high: string;
  readonly strict: boolean;
}

/** Every two columns that an inequality puts in order. */
export function orderedPairs(plan: Plan): OrderedPair[] {
  return constraintsOf(plan, "inequality").flatMap(({ columns, strict = false }) =>
    columns.flatMap((low, at) => columns.slice(at + 1).map((high) => ({ low, high, strict }))),
  );
}

/** The declared bounds, and what follows from them by inequalities: what is below a bounded column has its upper bound. */
export function spreadBounds(plan: Plan): Map<string, Bounds> {
  const bounds = new Map<string, Bounds>();
  for (const constraint of constraintsOf(plan, "range")) {
    const column = numericColumnOf(plan.table, constraint.column);
    narrow(bounds, column.name, {
      low: readBound(constraint.low, column) ?? Number.NEGATIVE_INFINITY,
      high: readBound(constraint.high, column) ?? Number.POSITIVE_INFINITY,
    });
  }
  const pairs = orderedPairs(plan);
  const gridFor = (name: string) => gridOf(outputOf(numericColumnOf(plan.table, name)));
  let changed = bounds.size > 0;
  while (changed) {
    changed = false;
    for (const { low, high, strict } of pairs) {
      const above = bounds.get(low)?.low ?? Number.NEGATIVE_INFINITY;
      const below = bounds.get(high)?.high ?? Number.POSITIVE_INFINITY;
      const lowest = Number.isFinite(above) ? raiseToGrid(gridFor(high), above, strict) : above;
      const highest = Number.isFinite(below) ? lowerToGrid(gridFor(low), below, strict) : below;
      changed = narrow(bounds, high, { low: lowest, high: Number.POSITIVE_INFINITY }) || changed;
      changed = narrow(bounds, low, { low: Number.NEGATIVE_INFINITY, high: highest }) || changed;
    }
  }
  return bounds;
}

/**
 * A projection for each bounded column that is drawn; what is looked up or combined has the data's values only, and distances
 * have limits of their own.
 */
export function planBounds(plan: Plan, bounds: ReadonlyMap<string, Bounds>): void {
  const declared = new Set(constraintsOf(plan, "range").map(({ column }) => column));
  for (const [column, { low, high }] of bounds) {
    const owner = plan.owners.get(column);
    const isFree = owner === undefined || (owner.kind === "difference" && declared.has(column));
    if (owner?.kind === "computed" && owner.formula.kind === "expression" && declared.has(column)) {
      throw conflict(`column "${column}" is computed from others, and cannot be kept in a range besides`);
    }
    if (!isFree) continue;
    addTransform(plan, {
      kind: "bounded",
      column,
      ...(Number.isFinite(low) ? { low } : {}),
      ...(Number.isFinite(high) ? { high } : {}),
    });
  }
}

/** True if the bounds of the column became narrower. */
function narrow(bounds: Map<string, Bounds>, column: string, by: Bounds): boolean {
  const own = bounds.get(column) ?? { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  const narrowed = { low: Math.max(own.low, by.low), high: Math.min(own.high, by.high) };
  if (narrowed.low === own.low && narrowed.high === own.high) return false;
  bounds.set(column, narrowed);
  return true;
}
