import { suggestName } from "../schema/suggest-name.js";
import { DATE_FORMATS, parseDate } from "../table/date-format.js";
import type { Literal, NumberLiteral, TextLiteral, ValueType } from "./expression.js";
import type { ExpressionColumn } from "./expression-column.js";
import { expressionError } from "./expression-error.js";

const ISO_FORMATS = DATE_FORMATS.filter((format) => format.startsWith("YYYY-MM-DD"));

/**
 * A literal as a value of the type it is compared with, and of the column where it is one: a date in the column's format or
 * in ISO 8601, a boolean in its spelling, a number as text. Throws E_EXPRESSION_DATE, E_EXPRESSION_LEVEL,
 * E_SAMPLE_CONDITION_RARE_LEVEL, E_EXPRESSION_TYPE.
 */
export function readLiteral(literal: Literal, type: ValueType, column: ExpressionColumn | undefined): Literal {
  const { at } = literal;
  const written = writtenForm(literal);
  switch (type) {
    case "text":
      return checkLevel({ kind: "text", type, value: written, at }, column);
    case "date":
      return { kind: "number", type, value: readDate(written, at, column), written, at };
    case "boolean":
      return readBoolean(literal, column);
    case "number":
      if (literal.type === "number") return literal;
      throw expressionError(
        "E_EXPRESSION_TYPE",
        `${nameOf(column)} is a number, not text`,
        at,
        "leave the quotes away",
      );
    default:
      return type satisfies never;
  }
}

function writtenForm(literal: Literal): string {
  return literal.kind === "text" ? literal.value : literal.written;
}

function readDate(written: string, at: number, column: ExpressionColumn | undefined): number {
  const formats = [...(column?.format === undefined ? [] : [column.format]), ...ISO_FORMATS];
  for (const format of formats) {
    const value = parseDate(written, format);
    if (!Number.isNaN(value)) return value;
  }
  const own = column?.format === undefined || column.format === "YYYY-MM-DD" ? "" : ` or ${column.format}`;
  const hint = `write a day of the calendar in quotes, as YYYY-MM-DD${own}`;
  throw expressionError("E_EXPRESSION_DATE", `${nameOf(column)} is a date, and this is none`, at, hint);
}

function readBoolean(literal: Literal, column: ExpressionColumn | undefined): NumberLiteral {
  if (literal.type === "boolean") return literal;
  const written = writtenForm(literal);
  const spellings = column?.spellings ?? ["false", "true"];
  const value = spellings.indexOf(written);
  if (value >= 0) return { kind: "number", type: "boolean", value, written, at: literal.at };
  const message = `${nameOf(column)} has no value "${written}"`;
  throw expressionError("E_EXPRESSION_LEVEL", message, literal.at, suggestName(written, spellings));
}

function checkLevel(literal: TextLiteral, column: ExpressionColumn | undefined): TextLiteral {
  const { levels, unpublishedBelow } = column ?? {};
  const { value, at } = literal;
  if (levels === undefined || levels.includes(value)) return literal;
  const hint = suggestName(value, levels);
  if (unpublishedBelow === undefined) {
    throw expressionError("E_EXPRESSION_LEVEL", `${nameOf(column)} has no value "${value}"`, at, hint);
  }
  const message =
    `${nameOf(column)} has no published value "${value}": a value seen in fewer than ${unpublishedBelow} rows is not ` +
    "published, and no row is made with it";
  throw expressionError("E_SAMPLE_CONDITION_RARE_LEVEL", message, at, hint);
}

function nameOf(column: ExpressionColumn | undefined): string {
  return column === undefined ? "this" : `column "${column.name}"`;
}
