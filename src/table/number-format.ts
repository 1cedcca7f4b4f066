import type { NumberFormat, NumberStyle } from "./column.js";

/** The largest `decimals` of a NumberFormat: as many digits as a number needs, nothing is rounded. */
export const MAX_DECIMALS = 100;

/** Small numbers are written without an exponent in columns of at most this many digits after the point. */
const MAX_WRITTEN_OUT = 20;

/** A text of at most this many characters, point included, has 15 digits or fewer: no shorter text stands for its number. */
const SHORT = 16;

const NUMBER = /^(-?)(0|[1-9]\d*|(?=\.\d))(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

const PLAIN: NumberStyle = {};

/**
 * The number a text spells in a style, or NaN. Plainly: a decimal number with a point, optionally an exponent (`-1.5`,
 * `.5`, `2e-7`); a style adds a currency or percent sign, grouped thousands (a text may leave them out), a decimal comma,
 * negatives in parentheses. Not numbers, because they would not come back as they were: leading zeros (`007`), a plus sign,
 * integers beyond 2^53 - 1 written out (long identifiers), and what overflows a double.
 */
export function parseNumber(text: string, style: NumberStyle = PLAIN): number {
  const plain = toPlain(text, style);
  const match = plain === undefined ? null : NUMBER.exec(plain);
  if (match === null) return Number.NaN;
  const value = Number(plain);
  if (!Number.isFinite(value)) return Number.NaN;
  if (match[4] === undefined && Math.abs(value) > Number.MAX_SAFE_INTEGER) return Number.NaN;
  return value === 0 ? 0 : value;
}

/** Digits after the decimal mark of a text that parseNumber reads, its exponent counted in (`1.5e-3`: 4); 0..100. */
export function countDecimals(text: string, style: NumberStyle = PLAIN): number {
  const match = NUMBER.exec(toPlain(text, style) ?? "");
  const digits = match?.[3]?.length ?? 0;
  const exponent = match?.[4] === undefined ? 0 : Number(match[4]);
  return Math.min(MAX_DECIMALS, Math.max(0, digits - exponent));
}

/**
 * A finite number's written form: rounded to `decimals` digits after the decimal mark, trailing zeros dropped down to
 * `minDecimals`, in the format's style. Integers beyond 2^53 - 1 are written with an exponent, so that parseNumber takes them
 * for numbers; so are numbers below 1e-6 in columns of more than 20 decimals.
 */
export function formatNumber(value: number, format: NumberFormat): string {
  const plain = formatPlain(value, format);
  return isPlainStyle(format) ? plain : fromPlain(plain, format);
}

function formatPlain(value: number, format: NumberFormat): string {
  const { decimals, minDecimals = 0 } = format;
  if (value === 0) return pad("0", minDecimals);
  if ((value > 0 || value <= -1) && Math.abs(value) < 1e15 && minDecimals <= decimals && decimals < SHORT) {
    const fixed = value.toFixed(decimals);
    if (fixed.length <= SHORT) return dropZeros(fixed, decimals - minDecimals);
  }
  const rounded = decimals < MAX_DECIMALS ? Number(value.toFixed(decimals)) : value;
  if (rounded === 0) return pad("0", minDecimals);
  if (Math.abs(rounded) > Number.MAX_SAFE_INTEGER) return rounded.toExponential();
  return pad(writeOut(String(rounded), decimals), minDecimals);
}

/** Up to `count` zeros at the end of a text with decimals, and the point where none are left. */
function dropZeros(fixed: string, count: number): string {
  let end = fixed.length;
  for (let left = count; left > 0 && fixed.charCodeAt(end - 1) === 48; left--) end--;
  if (count > 0 && fixed.charCodeAt(end - 1) === 46) end--;
  return end === fixed.length ? fixed : fixed.slice(0, end);
}

/** True for numbers with nothing beside their digits, sign and point. */
export function isPlainStyle({ prefix, suffix, thousands, decimalMark, negative }: NumberStyle): boolean {
  return (prefix ?? suffix ?? thousands ?? decimalMark ?? negative) === undefined;
}

/** The text as NUMBER spells it; undefined where it is not of the style. */
function toPlain(text: string, style: NumberStyle): string | undefined {
  if (isPlainStyle(style)) return text;
  const { prefix = "", suffix = "", thousands, decimalMark = "." } = style;
  let body = text;
  let sign = "";
  if (style.negative === "parentheses" && body.startsWith("(") && body.endsWith(")")) {
    sign = "-";
    body = body.slice(1, -1);
  } else if (style.negative === undefined && body.startsWith("-")) {
    sign = "-";
    body = body.slice(1);
  }
  if (!body.startsWith(prefix) || !body.endsWith(suffix) || body.length <= prefix.length + suffix.length)
    return undefined;
  body = body.slice(prefix.length, body.length - suffix.length);
  if (style.negative === "after-prefix" && body.startsWith("-")) {
    sign = "-";
    body = body.slice(1);
  }
  const [whole = "", fraction, ...more] = body.split(decimalMark);
  const digits = thousands === undefined ? whole : ungroup(whole, thousands);
  if (digits === undefined || more.length > 0 || !/^\d*$/.test(digits)) return undefined;
  return sign + digits + (fraction === undefined ? "" : `.${fraction}`);
}

/** The digits of `1,234,567`; undefined where a group has another length than three. */
function ungroup(whole: string, thousands: string): string | undefined {
  const [first = "", ...groups] = whole.split(thousands);
  if (groups.length === 0) return whole;
  if (first.length < 1 || first.length > 3 || groups.some((group) => group.length !== 3)) return undefined;
  return first.startsWith("0") ? undefined : first + groups.join("");
}

function fromPlain(plain: string, style: NumberStyle): string {
  const { prefix = "", suffix = "", thousands, decimalMark = "." } = style;
  const isNegative = plain.startsWith("-");
  const [whole = "", fraction] = (isNegative ? plain.slice(1) : plain).split(".");
  const grouped = thousands === undefined ? whole : whole.replace(/\B(?=(?:\d{3})+$)/g, thousands);
  const body = fraction === undefined ? grouped : grouped + decimalMark + fraction;
  if (!isNegative) return prefix + body + suffix;
  switch (style.negative) {
    case undefined:
      return `-${prefix}${body}${suffix}`;
    case "after-prefix":
      return `${prefix}-${body}${suffix}`;
    case "parentheses":
      return `(${prefix}${body}${suffix})`;
    default:
      return style.negative satisfies never;
  }
}

/** `1e-7` as `0.0000001`, in a column that shows few enough digits for it. */
function writeOut(text: string, decimals: number): string {
  const [mantissa, exponent] = text.split("e-");
  if (exponent === undefined || decimals > MAX_WRITTEN_OUT) return text;
  const sign = text.startsWith("-") ? "-" : "";
  return `${sign}0.${"0".repeat(Number(exponent) - 1)}${mantissa!.replace(/[-.]/g, "")}`;
}

function pad(text: string, minDecimals: number): string {
  if (minDecimals === 0 || text.includes("e")) return text;
  const point = text.indexOf(".");
  if (point < 0) return `${text}.${"0".repeat(minDecimals)}`;
  return text.padEnd(point + 1 + minDecimals, "0");
}
