import { outputOf } from "../../encode/column-output.js";
import { columnsIn } from "../../expressions/expression.js";
import { columnsOfTable } from "../../expressions/expression-column.js";
import { parseExpression } from "../../expressions/parse-expression.js";
import { makeCellReader } from "../cells.js";
import { quoteName } from "../formula.js";
import { columnOf } from "../numeric-column.js";
import type { Cell, Computed } from "../transform.js";
import { makeComputable } from "../transforms/computed.js";
import { addTransform, constraintsOf, freshName, type Plan } from "./plan.js";
import { countCombinations } from "./plan-combinations.js";

/** Sums, derived columns and functional dependencies, each as a column that is computed from others. */
export function planComputed(plan: Plan, explained: ReadonlyMap<string, Uint8Array>): void {
  for (const { whole, parts } of constraintsOf(plan, "sum")) {
    addComputed(plan, whole, parts, { kind: "expression", expression: parts.map(quoteName).join(" + ") }, explained);
  }
  for (const { column, expression } of constraintsOf(plan, "derived")) {
    const inputs = columnsIn(parseExpression(expression, columnsOfTable(plan.table)));
    addComputed(plan, column, inputs, { kind: "expression", expression }, explained);
  }
  for (const { determinants, dependent } of constraintsOf(plan, "functionalDependency")) {
    if (isInGroup(plan, [...determinants, dependent])) continue;
    addComputed(plan, dependent, determinants, makeLookup(plan, determinants, dependent), explained);
  }
}

/** True where one category holds the combinations of all the columns. */
export function isInGroup({ owners }: Plan, columns: readonly string[]): boolean {
  const owner = owners.get(columns[0]!);
  return owner?.kind === "combination" && columns.every((name) => owners.get(name) === owner);
}

function addComputed(
  plan: Plan,
  column: string,
  inputs: readonly string[],
  formula: Computed["formula"],
  explained: ReadonlyMap<string, Uint8Array>,
): void {
  const own = columnOf(plan.table, column);
  const transform: Computed = { kind: "computed", column, output: outputOf(own), inputs: [...inputs], formula };
  const isComputable = makeComputable(transform, plan.table);
  const read = makeCellReader(own);
  let hasRest = false;
  let hasGap = false;
  for (let row = 0; row < plan.table.rowCount; row++) {
    const isMissing = read(row) === null;
    if (isComputable(row)) hasGap ||= isMissing && explained.get(column)?.[row] !== 1;
    else hasRest ||= !isMissing;
  }
  addTransform(plan, {
    ...transform,
    ...(hasRest ? { rest: freshName(plan, `${column} (not computed)`) } : {}),
    ...(hasGap ? { gap: freshName(plan, `${column} (missing)`) } : {}),
  });
}

function makeLookup(plan: Plan, determinants: readonly string[], dependent: string): Computed["formula"] {
  const { table, minCategoryCount } = plan;
  const counted = countCombinations(table, [...determinants, dependent]).filter(({ cells }) => !cells.includes(null));
  const isCommon = ({ count }: { count: number }): boolean => count >= minCategoryCount;
  const entries = counted
    .filter(isCommon)
    .map(({ cells }) => ({ when: cells.slice(0, -1), value: cells[cells.length - 1]! }));
  return { kind: "lookup", entries, otherwise: commonestValue(counted, isCommon, minCategoryCount) };
}

/** The commonest value of the rare determinants; where it is rare itself, of all. */
function commonestValue(
  counted: readonly { readonly cells: readonly Cell[]; readonly count: number }[],
  isCommon: (one: { count: number }) => boolean,
  minCategoryCount: number,
): Cell {
  const ofRare = commonest(counted.filter((one) => !isCommon(one)));
  const ofAll = commonest(counted);
  if (ofRare.count >= minCategoryCount) return ofRare.cell;
  return ofAll.count >= minCategoryCount ? ofAll.cell : null;
}

function commonest(counted: readonly { readonly cells: readonly Cell[]; readonly count: number }[]) {
  const totals = new Map<Cell, number>();
  for (const { cells, count } of counted) {
    const cell = cells[cells.length - 1]!;
    totals.set(cell, (totals.get(cell) ?? 0) + count);
  }
  let best: { cell: Cell; count: number } = { cell: null, count: 0 };
  for (const [cell, count] of totals) if (count > best.count) best = { cell, count };
  return best;
}
