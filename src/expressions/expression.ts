/** What a value is. Dates are milliseconds since 1970 (UTC), booleans 1 and 0. */
export type ValueType = "number" | "date" | "text" | "boolean";

export type Comparison = "=" | "!=" | "<" | "<=" | ">" | ">=";

export type Arithmetic = "+" | "-" | "*" | "/";

export type FunctionName = "round" | "abs" | "min" | "max" | "coalesce";

/** A value that stands in the expression; dates and booleans are numbers, by their type. */
export type Literal = NumberLiteral | TextLiteral;

export interface NumberLiteral {
  readonly kind: "number";
  readonly type: "number" | "date" | "boolean";
  readonly value: number;
  /** As typed, quotes left out. */
  readonly written: string;
  readonly at: number;
}

export interface TextLiteral {
  readonly kind: "text";
  readonly type: "text";
  readonly value: string;
  readonly at: number;
}

export interface ColumnReference {
  readonly kind: "column";
  readonly type: ValueType;
  readonly name: string;
  readonly at: number;
}

/**
 * A typed expression over a table's columns; `at` is where it begins in the text (0 = first character). A missing value makes
 * arithmetic missing and a comparison unknown, as in SQL. `between`, `not in` and `is not null` are spelled by `and` and `not`.
 */
export type Expression =
  | Literal
  | ColumnReference
  | {
      readonly kind: "arithmetic";
      readonly type: "number" | "date";
      readonly operator: Arithmetic;
      readonly left: Expression;
      readonly right: Expression;
      readonly at: number;
    }
  | {
      readonly kind: "call";
      readonly type: ValueType;
      readonly name: FunctionName;
      readonly parts: readonly Expression[];
      readonly at: number;
    }
  | {
      readonly kind: "compare";
      readonly type: "boolean";
      readonly operator: Comparison;
      readonly left: Expression;
      readonly right: Expression;
      readonly at: number;
    }
  | {
      readonly kind: "in";
      readonly type: "boolean";
      readonly value: Expression;
      readonly list: readonly Expression[];
      readonly at: number;
    }
  | { readonly kind: "is-null"; readonly type: "boolean"; readonly value: Expression; readonly at: number }
  | { readonly kind: "not"; readonly type: "boolean"; readonly value: Expression; readonly at: number }
  | {
      readonly kind: "and" | "or";
      readonly type: "boolean";
      readonly parts: readonly Expression[];
      readonly at: number;
    };

/** The expressions that one is made of, from left to right. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "number":
    case "text":
    case "column":
      return [];
    case "arithmetic":
    case "compare":
      return [expression.left, expression.right];
    case "in":
      return [expression.value, ...expression.list];
    case "is-null":
    case "not":
      return [expression.value];
    case "call":
    case "and":
    case "or":
      return expression.parts;
    default:
      return expression satisfies never;
  }
}

/** The names of the columns that an expression reads, each once. */
export function columnsIn(expression: Expression): readonly string[] {
  const own = expression.kind === "column" ? [expression.name] : partsOf(expression).flatMap(columnsIn);
  return [...new Set(own)];
}
