import type { Constraint } from "../schema/constraint-schema.js";

/** A constraint in a few words. */
export function nameConstraint(constraint: Constraint): string {
  switch (constraint.kind) {
    case "inequality":
      return constraint.columns.join(constraint.strict === true ? " < " : " <= ");
    case "range":
      return [constraint.low, constraint.column, constraint.high].filter((part) => part !== undefined).join(" <= ");
    case "fixedCombinations":
      return `fixed combinations of ${constraint.columns.join(", ")}`;
    case "functionalDependency":
      return `${constraint.determinants.join(", ")} -> ${constraint.dependent}`;
    case "sum":
      return `${constraint.whole} = ${constraint.parts.join(" + ")}`;
    case "oneHot":
      return `one of ${constraint.columns.join(", ")}`;
    case "unique":
      return `unique ${constraint.columns.join(", ")}`;
    case "conditionalNull":
      return `${constraint.column} missing ${constraint.exactly === false ? "if" : "exactly if"} ${constraint.when}`;
    case "derived":
      return `${constraint.column} = ${constraint.expression}`;
    case "near":
      return `${constraint.column} near ${constraint.reference}`;
    default:
      return constraint satisfies never;
  }
}
