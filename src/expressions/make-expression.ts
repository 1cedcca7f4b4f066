import type { Arithmetic, Comparison, Expression, FunctionName, Literal, ValueType } from "./expression.js";
import type { ExpressionColumn } from "./expression-column.js";
import { expressionError, syntaxError } from "./expression-error.js";
import { readLiteral } from "./read-literal.js";

type FindColumn = (name: string) => ExpressionColumn | undefined;

const ONE_ARGUMENT: readonly FunctionName[] = ["abs"];

/** `left operator right`. Throws E_EXPRESSION_TYPE and what readLiteral throws. */
export function makeComparison(
  operator: Comparison,
  given: readonly [Expression, Expression],
  at: number,
  find: FindColumn,
): Expression {
  const [left, right] = unify(given, find) as [Expression, Expression];
  if (operator !== "=" && operator !== "!=" && (left.type === "text" || left.type === "boolean")) {
    throw expressionError(
      "E_EXPRESSION_TYPE",
      `a ${left.type} has no order for ${operator}`,
      at,
      "compare by = or in (...)",
    );
  }
  return { kind: "compare", type: "boolean", operator, left, right, at };
}

/** `value in (list)`. Throws E_EXPRESSION_TYPE and what readLiteral throws. */
export function makeIn(value: Expression, list: readonly Expression[], at: number, find: FindColumn): Expression {
  const [unified, ...rest] = unify([value, ...list], find);
  return { kind: "in", type: "boolean", value: unified!, list: rest, at };
}

/** `left operator right` of numbers; dates minus dates are days, and days are added to dates. Throws E_EXPRESSION_TYPE. */
export function makeArithmetic(operator: Arithmetic, left: Expression, right: Expression, at: number): Expression {
  const [own, other] = [left.type, right.type];
  const type = own === "number" && other === "number" ? "number" : dateArithmetic(operator, own, other);
  if (type !== undefined) return { kind: "arithmetic", type, operator, left, right, at };
  throw expressionError(
    "E_EXPRESSION_TYPE",
    `${own} ${operator} ${other} has no meaning`,
    at,
    "calculate with numbers",
  );
}

function dateArithmetic(operator: Arithmetic, left: ValueType, right: ValueType): "number" | "date" | undefined {
  if (operator === "-" && left === "date" && right === "date") return "number";
  if ((operator === "-" || operator === "+") && left === "date" && right === "number") return "date";
  return operator === "+" && left === "number" && right === "date" ? "date" : undefined;
}

/** `name(given)`. Throws E_EXPRESSION_SYNTAX, E_EXPRESSION_TYPE and what readLiteral throws. */
export function makeCall(name: FunctionName, given: readonly Expression[], at: number, find: FindColumn): Expression {
  const most = ONE_ARGUMENT.includes(name) ? 1 : name === "round" ? 2 : Number.POSITIVE_INFINITY;
  if (given.length < 1 || given.length > most) {
    const count = most === 1 ? "one value" : most === 2 ? "a value and a number of digits" : "at least one value";
    throw syntaxError(`${name} takes ${count}`, at);
  }
  const parts = unify(given, find);
  const { type } = parts[0]!;
  const isNumeric = type === "number" || (type === "date" && (name === "min" || name === "max"));
  if (name !== "coalesce" && !isNumeric)
    throw expressionError("E_EXPRESSION_TYPE", `${name} takes numbers, not ${type}`, at);
  return { kind: "call", type, name, parts, at };
}

/** `value`, which must be true or false. Throws E_EXPRESSION_TYPE. */
export function requireCondition(value: Expression): Expression {
  if (value.type === "boolean") return value;
  const hint = "compare it with something: age >= 40, sex = 'Male', born is not null";
  throw expressionError("E_EXPRESSION_TYPE", `a ${value.type} stands where a condition belongs`, value.at, hint);
}

/** Expressions of one type: that of the first that is no literal, which literals are read as. */
function unify(given: readonly Expression[], find: FindColumn): readonly Expression[] {
  const model = given.find((one) => !isLiteral(one)) ?? given.find(({ type }) => type !== "text") ?? given[0]!;
  const column = model.kind === "column" ? find(model.name) : undefined;
  return given.map((one) => {
    if (isLiteral(one)) return readLiteral(one, model.type, column);
    if (one.type === model.type) return one;
    throw expressionError("E_EXPRESSION_TYPE", `a ${one.type} cannot be compared with a ${model.type}`, one.at);
  });
}

function isLiteral(expression: Expression): expression is Literal {
  return expression.kind === "number" || expression.kind === "text";
}
