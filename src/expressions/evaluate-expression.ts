import { assertDefined, SynthError } from "../core/errors.js";
import { findColumn, type Table } from "../table/table.js";
import { evaluateArithmetic, evaluateCall } from "./evaluate-numbers.js";
import type { Comparison, Expression } from "./expression.js";
import { joinTexts, type Values } from "./values.js";

/**
 * The value of an expression in every row of a table that has its columns, each of the type that the expression was parsed
 * for. Conditions are 1, 0 or, unknown, NaN. Throws E_DEFECT for other tables.
 */
export function evaluateExpression(expression: Expression, table: Table): Values {
  const { rowCount } = table;
  switch (expression.kind) {
    case "number":
      return numbers(new Float64Array(rowCount).fill(expression.value));
    case "text":
      return { kind: "texts", codes: new Int32Array(rowCount), dictionary: [expression.value] };
    case "column":
      return columnValues(expression.name, table);
    case "arithmetic":
      return numbers(
        evaluateArithmetic(expression, numbersOf(expression.left, table), numbersOf(expression.right, table)),
      );
    case "call":
      if (expression.type === "text") return firstTexts(expression.parts, table);
      return numbers(
        evaluateCall(
          expression.name,
          expression.parts.map((part) => numbersOf(part, table)),
          rowCount,
        ),
      );
    default:
      return numbers(evaluateLogic(expression, table));
  }
}

/** 1 for the rows in which a condition is true, else 0; unknown is not true. [rows] */
export function evaluateCondition(condition: Expression, table: Table): Uint8Array {
  return Uint8Array.from(numbersOf(condition, table), (truth) => (truth === 1 ? 1 : 0));
}

type Logic = Extract<Expression, { readonly kind: "compare" | "in" | "is-null" | "not" | "and" | "or" }>;

/** Kleene's three-valued logic: 1, 0, NaN = unknown. [rows] */
function evaluateLogic(expression: Logic, table: Table): Float64Array {
  switch (expression.kind) {
    case "compare":
      return compare(
        expression.operator,
        evaluateExpression(expression.left, table),
        evaluateExpression(expression.right, table),
      );
    case "in": {
      const value = evaluateExpression(expression.value, table);
      const equal = expression.list.map((one) => compare("=", value, evaluateExpression(one, table)));
      return join(equal, 1, table.rowCount);
    }
    case "is-null": {
      const value = evaluateExpression(expression.value, table);
      return Float64Array.from(keysOf(value), (key) => (Number.isNaN(key) ? 1 : 0));
    }
    case "not":
      return numbersOf(expression.value, table).map((truth) => 1 - truth);
    case "and":
    case "or": {
      const parts = expression.parts.map((part) => numbersOf(part, table));
      return join(parts, expression.kind === "and" ? 0 : 1, table.rowCount);
    }
    default:
      return expression satisfies never;
  }
}

/** `decisive` where one is, else unknown where one is, else the other truth. */
function join(parts: readonly Float64Array[], decisive: 0 | 1, rowCount: number): Float64Array {
  const joined = new Float64Array(rowCount).fill(1 - decisive);
  for (const part of parts) {
    for (let row = 0; row < rowCount; row++) {
      if (part[row] === decisive) joined[row] = decisive;
      else if (Number.isNaN(part[row]!) && joined[row] !== decisive) joined[row] = Number.NaN;
    }
  }
  return joined;
}

function compare(operator: Comparison, left: Values, right: Values): Float64Array {
  const [a, b] =
    left.kind === "texts" && right.kind === "texts" ? textKeys(left, right) : [keysOf(left), keysOf(right)];
  const truths = new Float64Array(a.length);
  for (let row = 0; row < a.length; row++) {
    const [x, y] = [a[row]!, b[row]!];
    truths[row] = Number.isNaN(x) || Number.isNaN(y) ? Number.NaN : holds(operator, x, y) ? 1 : 0;
  }
  return truths;
}

function holds(operator: Comparison, x: number, y: number): boolean {
  switch (operator) {
    case "=":
      return x === y;
    case "!=":
      return x !== y;
    case "<":
      return x < y;
    case "<=":
      return x <= y;
    case ">":
      return x > y;
    case ">=":
      return x >= y;
    default:
      return operator satisfies never;
  }
}

/** The first text of several that is not missing. */
function firstTexts(parts: readonly Expression[], table: Table): Values {
  const { codes, dictionary } = joinTexts(parts.map((part) => evaluateExpression(part, table)));
  const first = Int32Array.from(
    { length: table.rowCount },
    (_, row) => codes.find((own) => own[row]! >= 0)?.[row] ?? -1,
  );
  return { kind: "texts", codes: first, dictionary };
}

/** Numbers that are equal where two columns of texts are, NaN = missing. */
function textKeys(left: Values, right: Values): [Float64Array, Float64Array] {
  const { codes } = joinTexts([left, right]);
  const [a, b] = codes.map((own) => keysOf({ kind: "texts", codes: own, dictionary: [] }));
  return [a!, b!];
}

function keysOf(values: Values): Float64Array {
  if (values.kind === "numbers") return values.values;
  return Float64Array.from(values.codes, (code) => (code < 0 ? Number.NaN : code));
}

function columnValues(name: string, table: Table): Values {
  const column = assertDefined(findColumn(table, name), `column "${name}"`);
  switch (column.kind) {
    case "number":
    case "date":
      return numbers(column.values);
    case "boolean":
      return numbers(keysOf({ kind: "texts", codes: column.codes, dictionary: [] }));
    case "text":
      return { kind: "texts", codes: column.codes, dictionary: column.dictionary };
    default:
      return column satisfies never;
  }
}

function numbers(values: Float64Array): Values {
  return { kind: "numbers", values };
}

function numbersOf(expression: Expression, table: Table): Float64Array {
  const values = evaluateExpression(expression, table);
  if (values.kind === "numbers") return values.values;
  throw new SynthError("defect", "E_DEFECT", "an expression was parsed for columns of other types");
}
