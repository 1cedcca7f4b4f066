import { roleOf } from "../../schema/column-role.js";
import { blurredExtremes } from "../blurred-extremes.js";
import { columnOf } from "../numeric-column.js";
import { type Distinct, writtenColumns } from "../transform.js";
import { readColumns } from "./order-transforms.js";
import { addTransform, conflict, constraintsOf, type Plan } from "./plan.js";
import type { Bounds } from "./plan-bounds.js";

/**
 * Unique columns. Identifiers are made anew and unique already; so is a text, from now on. Otherwise rows that agree are
 * changed in columns that follow from nothing, numbers and dates before texts. Numbers without a declared range may go on above
 * those of the data, as a numbering does in a longer table.
 */
export function planDistinct(plan: Plan, bounds: ReadonlyMap<string, Bounds>): void {
  for (const { columns } of constraintsOf(plan, "unique")) {
    const roles = columns.map((name) => roleOf(plan.schema.columns.find((one) => one.name === name)!));
    if (roles.includes("identifier")) continue;
    const only = columns.length === 1 ? columnOf(plan.table, columns[0]!) : undefined;
    const isText = only?.kind === "text" && roles[0] !== "generated";
    if (isText && plan.owners.has(only.name))
      throw conflict(`column "${only.name}" follows from others, and is unique`);
    addTransform(plan, { kind: "distinct", columns, nudged: isText ? [] : nudgedColumns(plan, columns, bounds) });
  }
}

function nudgedColumns(
  plan: Plan,
  columns: readonly string[],
  bounds: ReadonlyMap<string, Bounds>,
): Distinct["nudged"] {
  const free = columns.filter(
    (name) =>
      !plan.owners.has(name) && !columns.some((other) => other !== name && follows(plan, other, name, new Set())),
  );
  if (free.length === 0) {
    const names = columns.map((name) => `"${name}"`).join(", ");
    throw conflict(`each of the unique columns ${names} follows from other columns`);
  }
  const nudged = free.map((name): Distinct["nudged"][number] => {
    const column = columnOf(plan.table, name);
    if (column.kind === "text" || column.kind === "boolean") return { column: name, open: false };
    return {
      column: name,
      limits: blurredExtremes(column, plan.minCategoryCount),
      open: bounds.get(name) === undefined,
    };
  });
  return nudged.sort((a, b) => Number(b.limits !== undefined) - Number(a.limits !== undefined));
}

/** True if undoing the plan's transforms makes `column` depend on `source`. */
function follows(plan: Plan, column: string, source: string, visited: Set<string>): boolean {
  if (visited.has(column)) return false;
  visited.add(column);
  return plan.transforms.some(
    (one) =>
      writtenColumns(one).includes(column) &&
      readColumns(one).some((name) => name === source || follows(plan, name, source, visited)),
  );
}
