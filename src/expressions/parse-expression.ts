import { suggestName } from "../schema/suggest-name.js";
import type { Arithmetic, Comparison, Expression, FunctionName } from "./expression.js";
import type { ExpressionColumn } from "./expression-column.js";
import { expressionError, syntaxError } from "./expression-error.js";
import { makeArithmetic, makeCall, makeComparison, makeIn, requireCondition } from "./make-expression.js";
import { type Token, tokenize } from "./tokenize.js";

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  "=": "=",
  "==": "=",
  "!=": "!=",
  "<>": "!=",
  "<": "<",
  "<=": "<=",
  ">": ">",
  ">=": ">=",
};
const FUNCTIONS: readonly FunctionName[] = ["round", "abs", "min", "max", "coalesce"];
const MAX_DEPTH = 200;

/**
 * Parses an expression over columns: comparisons, `in`, `between`, `is null`, `and`, `or`, `not`, + - * /, round, abs, min,
 * max, coalesce; texts and dates in single quotes, names bare or in double quotes or backticks.
 *
 * Throws E_EXPRESSION_SYNTAX, E_EXPRESSION_COLUMN, E_EXPRESSION_TYPE, E_EXPRESSION_DATE, E_EXPRESSION_LEVEL and
 * E_SAMPLE_CONDITION_RARE_LEVEL, each with the character.
 */
export function parseExpression(text: string, columns: readonly ExpressionColumn[]): Expression {
  const names = columns.map(({ name }) => name);
  const byName = new Map(columns.map((column) => [column.name, column]));
  const parser: Parser = { tokens: tokenize(text, names), next: 0, depth: 0, columns: byName };
  const expression = parseOr(parser);
  const { kind, text: found, at } = peek(parser);
  if (kind !== "end") throw syntaxError(`"${found}" does not belong here`, at, "join conditions by and, or");
  return expression;
}

/** parseExpression of what is true or false for every row. */
export function parseCondition(text: string, columns: readonly ExpressionColumn[]): Expression {
  return requireCondition(parseExpression(text, columns));
}

interface Parser {
  readonly tokens: readonly Token[];
  readonly columns: ReadonlyMap<string, ExpressionColumn>;
  next: number;
  depth: number;
}

function peek({ tokens, next }: Parser): Token {
  return tokens[next]!;
}

function take(parser: Parser): Token {
  const token = peek(parser);
  if (token.kind !== "end") parser.next++;
  return token;
}

/** Takes the token where it is this keyword or symbol. */
function takes(parser: Parser, text: string): boolean {
  const token = peek(parser);
  if ((token.kind !== "keyword" && token.kind !== "symbol") || token.text !== text) return false;
  parser.next++;
  return true;
}

function expect(parser: Parser, text: string): void {
  const { at } = peek(parser);
  if (!takes(parser, text)) throw syntaxError(`"${text}" is expected`, at);
}

function parseOr(parser: Parser): Expression {
  return parseJoined(parser, "or", (inner) => parseJoined(inner, "and", parseNot));
}

function parseJoined(parser: Parser, kind: "and" | "or", parsePart: (parser: Parser) => Expression): Expression {
  const first = parsePart(parser);
  const parts = [first];
  while (takes(parser, kind)) parts.push(parsePart(parser));
  if (parts.length === 1) return first;
  return { kind, type: "boolean", parts: parts.map(requireCondition), at: first.at };
}

function parseNot(parser: Parser): Expression {
  const { at } = peek(parser);
  if (!takes(parser, "not")) return parseComparison(parser);
  return not(requireCondition(nested(parser, at, parseNot)), at);
}

function not(value: Expression, at: number): Expression {
  return { kind: "not", type: "boolean", value, at };
}

function parseComparison(parser: Parser): Expression {
  const left = parseSum(parser);
  const { at, kind, text } = peek(parser);
  const operator = kind === "symbol" ? COMPARISONS[text] : undefined;
  const find = (name: string) => parser.columns.get(name);
  if (operator !== undefined) {
    take(parser);
    return makeComparison(operator, [left, parseSum(parser)], at, find);
  }
  if (takes(parser, "is")) {
    const isNegated = takes(parser, "not");
    expect(parser, "null");
    const isNull: Expression = { kind: "is-null", type: "boolean", value: left, at };
    return isNegated ? not(isNull, at) : isNull;
  }
  const isNegated = takes(parser, "not");
  if (takes(parser, "in")) {
    const found = makeIn(left, parseList(parser), at, find);
    return isNegated ? not(found, at) : found;
  }
  if (takes(parser, "between")) {
    const low = makeComparison(">=", [left, parseSum(parser)], at, find);
    expect(parser, "and");
    const high = makeComparison("<=", [left, parseSum(parser)], at, find);
    const within: Expression = { kind: "and", type: "boolean", parts: [low, high], at };
    return isNegated ? not(within, at) : within;
  }
  if (isNegated) throw syntaxError('"in" or "between" is expected', peek(parser).at);
  return left;
}

/** Expressions in parentheses, by commas. */
function parseList(parser: Parser): readonly Expression[] {
  expect(parser, "(");
  const list = [parseSum(parser)];
  while (takes(parser, ",")) list.push(parseSum(parser));
  expect(parser, ")");
  return list;
}

function parseSum(parser: Parser): Expression {
  return parseArithmetic(parser, ["+", "-"], (inner) => parseArithmetic(inner, ["*", "/"], parseSigned));
}

function parseArithmetic(
  parser: Parser,
  operators: readonly Arithmetic[],
  parsePart: (parser: Parser) => Expression,
): Expression {
  let left = parsePart(parser);
  for (;;) {
    const { at } = peek(parser);
    const operator = operators.find((candidate) => takes(parser, candidate));
    if (operator === undefined) return left;
    left = makeArithmetic(operator, left, parsePart(parser), at);
  }
}

function parseSigned(parser: Parser): Expression {
  const { at } = peek(parser);
  if (!takes(parser, "-")) return parsePrimary(parser);
  const value = nested(parser, at, parseSigned);
  if (value.kind === "number" && value.type === "number") {
    return { ...value, value: -value.value, written: `-${value.written}`, at };
  }
  return makeArithmetic("-", { kind: "number", type: "number", value: 0, written: "0", at }, value, at);
}

function parsePrimary(parser: Parser): Expression {
  const { kind, text, at } = take(parser);
  switch (kind) {
    case "number":
      return { kind, type: "number", value: Number(text), written: text, at };
    case "text":
      return { kind, type: "text", value: text, at };
    case "column":
      return makeColumn(parser, text, at);
    case "quoted":
      return makeColumn(parser, text, at, `a text goes in single quotes: '${text}'`);
    case "word":
      return parseWord(parser, text, at);
    case "keyword":
      if (text !== "true" && text !== "false") throw syntaxError(`a value is expected, not "${text}"`, at);
      return { kind: "number", type: "boolean", value: text === "true" ? 1 : 0, written: text, at };
    case "symbol":
      if (text !== "(") throw syntaxError(`a value is expected, not "${text}"`, at);
      return nested(parser, at, parseParentheses);
    case "end":
      throw syntaxError("the expression ends where a value is expected", at);
    default:
      return kind satisfies never;
  }
}

function parseParentheses(parser: Parser): Expression {
  const inside = parseOr(parser);
  expect(parser, ")");
  return inside;
}

/** A function's name, or a column's that is misspelled. */
function parseWord(parser: Parser, word: string, at: number): Expression {
  const name = FUNCTIONS.find((candidate) => candidate === word.toLowerCase());
  if (name === undefined || peek(parser).text !== "(") {
    return makeColumn(parser, word, at, `a text goes in single quotes: '${word}'`);
  }
  const find = (column: string) => parser.columns.get(column);
  return nested(parser, at, (inner) => makeCall(name, parseList(inner), at, find));
}

function makeColumn(parser: Parser, name: string, at: number, otherwise = ""): Expression {
  const column = parser.columns.get(name);
  if (column !== undefined) return { kind: "column", type: column.type, name, at };
  const hint = [suggestName(name, [...parser.columns.keys()]), otherwise].filter((part) => part !== "").join("; ");
  throw expressionError("E_EXPRESSION_COLUMN", `there is no column "${name}"`, at, hint);
}

/** Parses what stands within, unless that is too deep for the stack. */
function nested<T>(parser: Parser, at: number, parse: (parser: Parser) => T): T {
  if (++parser.depth > MAX_DEPTH) throw syntaxError(`more than ${MAX_DEPTH} levels of nesting`, at);
  const inside = parse(parser);
  parser.depth--;
  return inside;
}
