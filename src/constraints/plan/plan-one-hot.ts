import { outputOf } from "../../encode/column-output.js";
import { columnOf } from "../numeric-column.js";
import { isSet } from "../transforms/one-hot-group.js";
import { addTransform, constraintsOf, freshName, type Plan } from "./plan.js";

/** One category for each one-hot group. Columns that are set in too few rows are drawn as the commonest of these. */
export function planOneHot(plan: Plan): void {
  for (const { columns } of constraintsOf(plan, "oneHot")) {
    const members = columns.map((name) => columnOf(plan.table, name));
    const counts = members.map((column) => {
      let count = 0;
      for (let row = 0; row < plan.table.rowCount; row++) if (isSet(column, row)) count++;
      return count;
    });
    const rare = counts.map((count) => (count < plan.minCategoryCount ? count : -1));
    const most = Math.max(...rare) > 0 ? rare.indexOf(Math.max(...rare)) : counts.indexOf(Math.max(...counts));
    addTransform(plan, {
      kind: "one-hot",
      columns,
      outputs: members.map(outputOf),
      learnable: freshName(plan, columns.join(" | ")),
      rare: columns[most]!,
    });
  }
}
