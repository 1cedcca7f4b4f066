import { type ConstraintCheck, checkConstraints } from "../constraints/check-constraints.js";
import { nameConstraint } from "../constraints/name-constraint.js";
import { requireConstraints } from "../constraints/require-constraints.js";
import type { Constraint } from "../schema/constraint-schema.js";
import type { TableSchema } from "../schema/table-schema.js";
import type { Table } from "../table/table.js";
import { makeFigure, unavailable } from "./figure.js";
import type { Figure, Report } from "./report-schema.js";

/**
 * How far each constraint of a schema holds on both sides: the share of the rows that it speaks of. Combinations are those of the
 * training table. Undefined where the schema has none; what is no rule is left out. Throws E_CONSTRAINT_COLUMN, E_CONSTRAINT_KIND, E_EXPRESSION_*.
 *
 * @param unchecked constraints that cannot be checked, since the tables do not share a column that they speak of
 */
export function scoreConstraints(
  train: Table,
  synthetic: Table,
  schema: TableSchema,
  unchecked: readonly Constraint[] = [],
): Report["constraints"] {
  const constraints = (schema.constraints ?? []).filter(isRule);
  const others = unchecked.filter(isRule);
  if (constraints.length + others.length === 0) return undefined;
  for (const table of [train, synthetic]) requireConstraints(table, schema, constraints);
  const real = checkConstraints(train, constraints);
  const checked = checkConstraints(synthetic, constraints, train).map((check, at) => ({
    name: nameConstraint(check.constraint),
    kind: check.constraint.kind,
    synthetic: heldShare(check),
    real: heldShare(real[at]!),
  }));
  const figure = unavailable("a column that it needs is not in all tables, or of another kind there");
  return [
    ...checked,
    ...others.map((other) => ({ name: nameConstraint(other), kind: other.kind, synthetic: figure, real: figure })),
  ];
}

/** Being near is a pattern, no rule that a row can break. */
function isRule({ kind }: Constraint): boolean {
  return kind !== "near";
}

function heldShare({ rows, violations }: ConstraintCheck): Figure {
  if (rows === 0) return unavailable("a column that it needs is missing in every row");
  return makeFigure((rows - violations) / rows, { n: rows });
}
