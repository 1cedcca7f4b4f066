import { dataError } from "../../core/errors.js";
import { outputOf } from "../../encode/column-output.js";
import type { Table } from "../../table/table.js";
import { makeCellReader } from "../cells.js";
import { columnOf } from "../numeric-column.js";
import { groupRows } from "../row-groups.js";
import type { Cell } from "../transform.js";
import { addTransform, constraintsOf, freshName, type Plan } from "./plan.js";

/**
 * One category for each group of columns whose combinations are fixed. Groups that share a column become one. So do functional
 * dependencies of one column on several, and those of a column in a group: every combination of the whole is one of the data.
 */
export function planCombinations(plan: Plan): void {
  for (const columns of findGroups(plan)) addCombination(plan, columns);
}

function findGroups(plan: Plan): string[][] {
  const dependencies = constraintsOf(plan, "functionalDependency");
  let groups = constraintsOf(plan, "fixedCombinations").map(({ columns }) => columns);
  for (;;) {
    groups = mergeOverlapping(groups);
    const open = dependencies.filter(
      ({ determinants, dependent }) =>
        !groups.some((group) => [...determinants, dependent].every((name) => group.includes(name))),
    );
    const joined = open.find(
      (one) =>
        groups.some((group) => group.includes(one.dependent)) ||
        open.some((other) => other !== one && other.dependent === one.dependent),
    );
    if (joined === undefined) return groups;
    groups = [...groups, [...joined.determinants, joined.dependent]];
  }
}

function mergeOverlapping(groups: readonly (readonly string[])[]): string[][] {
  const merged: string[][] = [];
  for (const group of groups) {
    const touching = merged.filter((other) => other.some((name) => group.includes(name)));
    const union = [...new Set([...touching.flat(), ...group])];
    merged.splice(0, merged.length, ...merged.filter((other) => !touching.includes(other)), union);
  }
  return merged;
}

function addCombination(plan: Plan, names: readonly string[]): void {
  const ordered = plan.table.columns.flatMap(({ name }) => (names.includes(name) ? [name] : []));
  const combinations = countCombinations(plan.table, ordered)
    .filter(({ count }) => count >= plan.minCategoryCount)
    .map(({ cells }) => cells);
  if (combinations.length === 0) throw nothingCommon(ordered, plan.minCategoryCount);
  addTransform(plan, {
    kind: "combination",
    columns: ordered,
    outputs: ordered.map((name) => outputOf(columnOf(plan.table, name))),
    learnable: freshName(plan, ordered.join(" & ")),
    combinations,
  });
}

/** The combinations of a table's columns, the most frequent first. */
export function countCombinations(table: Table, names: readonly string[]): { cells: Cell[]; count: number }[] {
  const columns = names.map((name) => columnOf(table, name));
  const readers = columns.map(makeCellReader);
  const { groups, firstRows } = groupRows(columns);
  const counts = new Uint32Array(firstRows.length);
  for (const group of groups) counts[group]!++;
  return firstRows
    .map((row, group) => ({ cells: readers.map((read) => read(row)), count: counts[group]! }))
    .sort((a, b) => b.count - a.count || compareCells(a.cells, b.cells));
}

function compareCells(a: readonly Cell[], b: readonly Cell[]): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}

function nothingCommon(columns: readonly string[], minCategoryCount: number): Error {
  const names = columns.map((name) => `"${name}"`).join(", ");
  return dataError(
    "E_CONSTRAINT_RARE",
    `no combination of ${names} is in ${minCategoryCount} rows, and rarer ones are not published`,
    { where: names, hint: "leave the constraint out, or lower --min-category-count" },
  );
}
