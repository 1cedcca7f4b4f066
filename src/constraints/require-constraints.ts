import { dataError, SynthError, usageError } from "../core/errors.js";
import { columnsOfTable } from "../expressions/expression-column.js";
import { parseExpression } from "../expressions/parse-expression.js";
import { roleOf } from "../schema/column-role.js";
import type { Constraint } from "../schema/constraint-schema.js";
import { suggestName } from "../schema/suggest-name.js";
import type { TableSchema } from "../schema/table-schema.js";
import type { Column } from "../table/column.js";
import { findColumn, type Table } from "../table/table.js";
import { checkConstraints } from "./check-constraints.js";
import { constraintColumns } from "./constraint-columns.js";
import { nameConstraint } from "./name-constraint.js";
import { columnOf } from "./numeric-column.js";

/**
 * Throws where a schema's constraints make no sense: E_CONSTRAINT_COLUMN (unknown, named twice, or not learned),
 * E_CONSTRAINT_KIND, E_EXPRESSION_*.
 */
export function requireConstraints(table: Table, schema: TableSchema, constraints: readonly Constraint[]): void {
  for (const [index, constraint] of constraints.entries()) {
    const where = `schema.constraints[${index}]`;
    for (const name of namesOf(constraint, table, where)) requireLearned(table, schema, name, constraint, where);
    requireKinds(constraint, table, where);
  }
}

/** Throws E_CONSTRAINT_BROKEN where the table breaks a constraint, and E_CONSTRAINT_BOUND. */
export function requireHeld(table: Table, constraints: readonly Constraint[]): void {
  for (const [index, { violations, rows, firstRows }] of checkConstraints(table, constraints).entries()) {
    if (violations === 0) continue;
    const where = `schema.constraints[${index}]`;
    const list = `${violations > firstRows.length ? "first " : ""}${firstRows.join(", ")}`;
    throw dataError(
      "E_CONSTRAINT_BROKEN",
      `${where} (${nameConstraint(constraints[index]!)}) is broken by ${violations} of ${rows} rows (row numbers: ${list})`,
      { where, hint: "correct the rows, or take the constraint out of the schema" },
    );
  }
}

function namesOf(constraint: Constraint, table: Table, where: string): readonly string[] {
  const names = constraintColumnsAt(constraint, table, where);
  const repeated = names.find((name, index) => names.indexOf(name) < index);
  const isOwn = constraint.kind !== "conditionalNull" && constraint.kind !== "derived";
  if (repeated !== undefined && (isOwn || repeated === constraint.column)) {
    throw usageError("E_CONSTRAINT_COLUMN", `${where} names column "${repeated}" twice`, {
      where,
      hint: "a column cannot be bound to itself",
    });
  }
  return names;
}

function constraintColumnsAt(constraint: Constraint, table: Table, where: string): readonly string[] {
  try {
    return constraintColumns(constraint, table);
  } catch (error) {
    if (!(error instanceof SynthError)) throw error;
    const hint = error.hint === undefined ? {} : { hint: error.hint };
    throw new SynthError(error.kind, error.code, `${where}: ${error.message}`, { where, cause: error, ...hint });
  }
}

function requireLearned(table: Table, schema: TableSchema, name: string, constraint: Constraint, where: string): void {
  const described = schema.columns.find((column) => column.name === name);
  if (findColumn(table, name) === undefined || described === undefined) {
    const known = schema.columns.map((column) => column.name);
    throw usageError("E_CONSTRAINT_COLUMN", `${where} names a column "${name}" that the table does not have`, {
      where,
      hint: suggestName(name, known),
    });
  }
  const role = roleOf(described);
  const isMade = role === "identifier" || role === "generated";
  if (role !== "omitted" && !(isMade && constraint.kind !== "unique")) return;
  const why = isMade ? "the values of which are made anew" : "which is left out of what is learned";
  throw usageError("E_CONSTRAINT_COLUMN", `${where} names column "${name}", ${why}`, {
    where,
    hint: "take the constraint out of the schema, or give the column another type",
  });
}

function requireKinds(constraint: Constraint, table: Table, where: string): void {
  const columnsOf = (names: readonly string[]) => names.map((name) => columnOf(table, name));
  switch (constraint.kind) {
    case "inequality": {
      const columns = columnsOf(constraint.columns);
      requireKind(columns, columns[0]!.kind === "date" ? "date" : "number", where, "all numbers or all dates");
      return;
    }
    case "range": {
      const column = columnOf(table, constraint.column);
      requireKind([column], column.kind === "date" ? "date" : "number", where, "a number or a date");
      return;
    }
    case "sum":
      requireKind(columnsOf([...constraint.parts, constraint.whole]), "number", where, "numbers");
      return;
    case "oneHot": {
      const wrong = columnsOf(constraint.columns).find((column) => !isBinary(column));
      if (wrong !== undefined) throw wrongKind(wrong.name, where, "columns of 0 and 1, or booleans");
      return;
    }
    case "derived": {
      const column = columnOf(table, constraint.column);
      const { type } = parseExpression(constraint.expression, columnsOfTable(table));
      if (type !== column.kind) throw wrongKind(column.name, where, `a ${type}, as its expression is`);
      return;
    }
    case "near":
      requireKind(columnsOf([constraint.column, constraint.reference]), "date", where, "a date");
      return;
    case "fixedCombinations":
    case "functionalDependency":
    case "unique":
    case "conditionalNull":
      return;
    default:
      constraint satisfies never;
  }
}

function requireKind(columns: readonly Column[], kind: Column["kind"], where: string, what: string): void {
  const wrong = columns.find((column) => column.kind !== kind);
  if (wrong !== undefined) throw wrongKind(wrong.name, where, what);
}

function isBinary(column: Column): boolean {
  if (column.kind === "number")
    return column.values.every((value) => Number.isNaN(value) || value === 0 || value === 1);
  return column.kind === "boolean";
}

function wrongKind(column: string, where: string, what: string): SynthError {
  return usageError("E_CONSTRAINT_KIND", `${where}: column "${column}" should be ${what}`, {
    where,
    hint: "give the column the right type in the schema, or take the constraint out",
  });
}
