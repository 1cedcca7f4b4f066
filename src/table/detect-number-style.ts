import type { NumberStyle } from "./column.js";
import { parseNumber } from "./number-format.js";

export interface DetectedNumberStyle {
  readonly style: NumberStyle;
  /** True where the same texts are numbers too if the mark before three digits is read the other way. */
  readonly isAmbiguous: boolean;
}

/** Which mark is the decimal one where a column's cells leave it open (`1.234`, `1,234`). */
export type DecimalMark = "." | ",";

type Marks = Pick<NumberStyle, "thousands" | "decimalMark">;

const SPACES = [" ", "\u00a0", "\u202f"];
const OTHER_GROUPS: readonly Marks[] = [
  { thousands: "'" },
  { thousands: "\u2019" },
  ...SPACES.flatMap((thousands) => [{ thousands, decimalMark: "," } as const, { thousands }]),
];
const WITH_POINT: readonly Marks[] = [{}, { thousands: "," }];
const WITH_COMMA: readonly Marks[] = [{ decimalMark: "," }, { thousands: ".", decimalMark: "," }];

/** What the first text is made of: signs and parentheses, a prefix, digits with marks, a suffix. */
const FRAME = /^\(?-?([^\d.,()-]*)-?[\d.,](?:[\d.,'\u2019\s]*\d)?([^\d()]*)\)?$/u;
const CURRENCY = /^(?:[A-Z]{0,3}\p{Sc}|[A-Z]{3}|kr\.?|zł|Kč|Ft|lei|Fr\.)$/u;

/**
 * The style in which every one of the distinct texts is a number, or undefined: one currency or percent sign for all, one
 * mark for thousands, one decimal mark. A point before three digits is decimal and a comma groups, unless other cells prove
 * otherwise; `mark` settles what the cells leave open.
 */
export function detectNumberStyle(texts: readonly string[], mark?: DecimalMark): DetectedNumberStyle | undefined {
  const frame = detectFrame(texts);
  if (frame === undefined) return undefined;
  const marks = mark === "," ? [...WITH_COMMA, ...WITH_POINT] : [...WITH_POINT, ...WITH_COMMA];
  let styles = [...marks, ...OTHER_GROUPS].map((candidate): NumberStyle => ({ ...frame, ...candidate }));
  for (const text of texts) {
    styles = styles.filter((style) => !Number.isNaN(parseNumber(text, style)));
    if (styles.length === 0) return undefined;
  }
  const style = styles[0]!;
  const isAmbiguous = mark === undefined && styles.some((other) => differs(texts, style, other));
  return { style: simplify(style, texts), isAmbiguous };
}

function differs(texts: readonly string[], style: NumberStyle, other: NumberStyle): boolean {
  return texts.some((text) => parseNumber(text, style) !== parseNumber(text, other));
}

/** Prefix, suffix and the spelling of negatives. */
function detectFrame(texts: readonly string[]): Pick<NumberStyle, "prefix" | "suffix" | "negative"> | undefined {
  const match = FRAME.exec(texts[0] ?? "");
  if (match === null) return undefined;
  const [, prefix = "", suffix = ""] = match;
  if (prefix !== "" && (suffix !== "" || !isCurrency(prefix.trim()))) return undefined;
  if (suffix !== "" && suffix.trim() !== "%" && !isCurrency(suffix.trim())) return undefined;
  const inParentheses = texts.reduce((count, text) => count + (text.startsWith("(") ? 1 : 0), 0);
  if (inParentheses === texts.length) return undefined;
  const isAfter = prefix !== "" && texts.some((text) => text.startsWith(`${prefix}-`));
  return {
    ...(prefix === "" ? {} : { prefix }),
    ...(suffix === "" ? {} : { suffix }),
    ...(inParentheses > 0 ? { negative: "parentheses" } : isAfter ? { negative: "after-prefix" } : {}),
  };
}

/** True for a currency's sign, abbreviation or ISO 4217 code. */
function isCurrency(text: string): boolean {
  if (!CURRENCY.test(text)) return false;
  return !/^[A-Z]{3}$/.test(text) || Intl.supportedValuesOf("currency").includes(text);
}

/** Without marks that no text has. */
function simplify(style: NumberStyle, texts: readonly string[]): NumberStyle {
  const { thousands, decimalMark, ...frame } = style;
  const { prefix = "", suffix = "" } = frame;
  const inner = (text: string): string => text.replace(prefix, "").replace(suffix, "");
  const isGrouped = thousands !== undefined && texts.some((text) => inner(text).includes(thousands));
  const hasFraction = decimalMark !== undefined && texts.some((text) => inner(text).includes(decimalMark));
  return {
    ...frame,
    ...(isGrouped ? { thousands } : {}),
    ...(hasFraction || (isGrouped && thousands === ".") ? { decimalMark } : {}),
  };
}
