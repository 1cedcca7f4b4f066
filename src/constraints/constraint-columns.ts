import { columnsIn } from "../expressions/expression.js";
import { columnsOfTable } from "../expressions/expression-column.js";
import { parseCondition, parseExpression } from "../expressions/parse-expression.js";
import type { Constraint } from "../schema/constraint-schema.js";
import type { Table } from "../table/table.js";

/** The columns that a constraint speaks of, each as often as it is named. Throws E_EXPRESSION_* for its expression. */
export function constraintColumns(constraint: Constraint, table: Table): readonly string[] {
  switch (constraint.kind) {
    case "inequality":
    case "fixedCombinations":
    case "oneHot":
    case "unique":
      return constraint.columns;
    case "range":
      return [constraint.column];
    case "functionalDependency":
      return [...constraint.determinants, constraint.dependent];
    case "sum":
      return [...constraint.parts, constraint.whole];
    case "conditionalNull":
      return [constraint.column, ...columnsIn(parseCondition(constraint.when, columnsOfTable(table)))];
    case "derived":
      return [constraint.column, ...columnsIn(parseExpression(constraint.expression, columnsOfTable(table)))];
    case "near":
      return [constraint.column, constraint.reference];
    default:
      return constraint satisfies never;
  }
}
