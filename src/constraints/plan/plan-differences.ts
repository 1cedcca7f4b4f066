import { outputOf } from "../../encode/column-output.js";
import { dateUnitMs } from "../../encode/date-unit.js";
import type { DateColumn, NumberColumn } from "../../table/column.js";
import { blurredExtremes, blurredMedian } from "../blurred-extremes.js";
import { numericColumnOf } from "../numeric-column.js";
import type { Difference } from "../transform.js";
import { addTransform, conflict, constraintsOf, freshName, type Plan } from "./plan.js";
import { type Bounds, type OrderedPair, orderedPairs } from "./plan-bounds.js";
import { isInGroup } from "./plan-computed.js";

/** More digits than these are not counted in: numbers have them all. */
const MAX_DECIMALS = 15;
const ALL_DECIMALS = 100;

/**
 * One difference for each column that an inequality bounds: the higher column is learned as its distance from the lower ones.
 * Where the higher one follows from another constraint, the lower one is learned as its distance from that. And one for each date
 * that is near another one.
 */
export function planDifferences(plan: Plan, bounds: ReadonlyMap<string, Bounds>): void {
  const pairs = orderedPairs(plan).filter(({ low, high }) => !isInGroup(plan, [low, high]));
  const hanging = findHanging(plan, pairs);
  const references = new Map<string, Map<string, boolean>>();
  for (const { low, high, strict } of pairs) {
    const isBelow = plan.owners.has(high) || hanging.has(high);
    const [column, reference] = isBelow ? [low, high] : [high, low];
    if (plan.owners.has(column)) throw conflict(`columns "${low}" and "${high}" both follow from other constraints`);
    const own = references.get(column) ?? new Map<string, boolean>();
    references.set(column, own.set(reference, strict || own.get(reference) === true));
  }
  for (const [column, own] of references) {
    addDifference(plan, column, hanging.has(column) ? "below" : "above", own, bounds.get(column));
  }
  for (const { column, reference } of constraintsOf(plan, "near")) {
    addDifference(plan, column, "near", new Map([[reference, false]]), bounds.get(column));
  }
}

/** Columns below one that follows from another constraint, directly or by other inequalities. */
function findHanging({ owners }: Plan, pairs: readonly OrderedPair[]): Set<string> {
  const hanging = new Set<string>();
  for (let before = -1; before < hanging.size; ) {
    before = hanging.size;
    for (const { low, high } of pairs) if (owners.has(high) || hanging.has(high)) hanging.add(low);
  }
  return hanging;
}

function addDifference(
  plan: Plan,
  column: string,
  side: Difference["side"],
  own: ReadonlyMap<string, boolean>,
  bounds: Bounds | undefined,
): void {
  const target = numericColumnOf(plan.table, column);
  const others = [...own.keys()].map((name) => numericColumnOf(plan.table, name));
  const [low, high] = blurredExtremes(target, plan.minCategoryCount);
  const hasRest = target.values.some(
    (value, row) => !Number.isNaN(value) && others.every(({ values }) => Number.isNaN(values[row]!)),
  );
  addTransform(plan, {
    kind: "difference",
    column,
    output: outputOf(target),
    side,
    references: [...own].map(([name, strict]) => ({ column: name, strict })),
    ...unitOf(side === "near" ? [target] : [target, ...others]),
    limits: [Math.max(low, bounds?.low ?? low), Math.min(high, bounds?.high ?? high)],
    learnable: freshName(plan, nameDistance(column, side, [...own.keys()])),
    ...(hasRest ? { rest: freshName(plan, `${column} (alone)`) } : {}),
    ...otherwiseOf(plan, target),
  });
}

/** What a column has where nothing tells it, though no condition lets it be missing. */
function otherwiseOf(plan: Plan, target: NumberColumn | DateColumn): Pick<Difference, "otherwise"> {
  const isTold = constraintsOf(plan, "conditionalNull").some(
    ({ column, exactly = true }) => column === target.name && exactly,
  );
  const median = isTold ? blurredMedian(target, plan.minCategoryCount) : null;
  return median === null ? {} : { otherwise: median };
}

function nameDistance(column: string, side: Difference["side"], references: readonly string[]): string {
  const list = references.join(", ");
  if (side !== "below") return `${column} - ${references.length === 1 ? list : `max(${list})`}`;
  return `${references.length === 1 ? list : `min(${list})`} - ${column}`;
}

function unitOf(columns: readonly (NumberColumn | DateColumn)[]): { unit: number; decimals: number } {
  const units = columns.flatMap((column) => (column.kind === "date" ? [dateUnitMs(column.format)] : []));
  if (units.length > 0) return { unit: Math.min(...units), decimals: 0 };
  const most = Math.max(...columns.map((column) => (column.kind === "number" ? column.format.decimals : 0)));
  return { unit: 1, decimals: most > MAX_DECIMALS ? ALL_DECIMALS : most };
}
