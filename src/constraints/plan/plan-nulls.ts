import { outputOf } from "../../encode/column-output.js";
import { columnsIn } from "../../expressions/expression.js";
import { columnsOfTable } from "../../expressions/expression-column.js";
import { parseCondition } from "../../expressions/parse-expression.js";
import type { ConstraintOf } from "../../schema/constraint-schema.js";
import type { Column } from "../../table/column.js";
import { blurredMedian } from "../blurred-extremes.js";
import { makeCondition } from "../formula.js";
import { columnOf } from "../numeric-column.js";
import type { Cell } from "../transform.js";
import { addTransform, conflict, constraintsOf, type Plan } from "./plan.js";
import { countCombinations } from "./plan-combinations.js";
import { isInGroup } from "./plan-computed.js";

type ConditionalNull = ConstraintOf<"conditionalNull">;

/** By column, 1 for the rows whose missing cell a condition tells. [rows] */
export function explainedCells(plan: Plan): Map<string, Uint8Array> {
  return new Map(joinedConditions(plan).map(({ column, when }) => [column, makeCondition(when, plan.table)]));
}

/** A transform for each column that is missing where a condition is true. */
export function planNulls(plan: Plan): void {
  for (const { column, when, exactly = true } of joinedConditions(plan)) {
    const inputs = [...columnsIn(parseCondition(when, columnsOfTable(plan.table)))];
    const owner = plan.owners.get(column);
    if (owner?.kind === "combination" || owner?.kind === "one-hot") {
      if (isInGroup(plan, [column, ...inputs])) continue;
      throw conflict(`column "${column}" is combined with others, and cannot be missing by a condition besides`);
    }
    const own = columnOf(plan.table, column);
    const replacement = exactly ? replacementOf(own, plan) : null;
    addTransform(plan, { kind: "nulled", column, output: outputOf(own), when, inputs, exactly, replacement });
  }
}

/** Conditions on one column are joined by `or`; of several none may be exact. */
function joinedConditions(plan: Plan): ConditionalNull[] {
  const joined = new Map<string, ConditionalNull>();
  for (const one of constraintsOf(plan, "conditionalNull")) {
    const before = joined.get(one.column);
    if (before === undefined) joined.set(one.column, one);
    else if (before.exactly === false && one.exactly === false) {
      joined.set(one.column, { ...one, when: `(${before.when}) or (${one.when})` });
    } else throw conflict(`column "${one.column}" would have to be missing exactly by two conditions`);
  }
  return [...joined.values()];
}

/** The blurred median of numbers, else the commonest value that enough rows have. */
function replacementOf(column: Column, { table, minCategoryCount }: Plan): Cell {
  if (column.kind === "number" || column.kind === "date") return blurredMedian(column, minCategoryCount);
  const present = countCombinations(table, [column.name]).find(({ cells }) => cells[0] !== null);
  return present !== undefined && (present.count >= minCategoryCount || column.kind === "boolean")
    ? present.cells[0]!
    : null;
}
