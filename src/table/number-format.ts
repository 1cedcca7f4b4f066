import type { NumberFormat } from "./column.js";

/** The largest `decimals` of a NumberFormat: as many digits as a number needs, nothing is rounded. */
export const MAX_DECIMALS = 100;

/** Small numbers are written without an exponent in columns of at most this many digits after the point. */
const MAX_WRITTEN_OUT = 20;

const NUMBER = /^(-?)(0|[1-9]\d*|(?=\.\d))(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/**
 * The number a text spells, or NaN: a decimal number with a point, optionally an exponent (`-1.5`, `.5`, `2e-7`).
 * Not numbers, because they would not come back as they were: leading zeros (`007`), a plus sign, digit groups
 * (`1,000`), integers beyond 2^53 - 1 written out (long identifiers), and what overflows a double.
 */
export function parseNumber(text: string): number {
  const match = NUMBER.exec(text);
  if (match === null) return Number.NaN;
  const value = Number(text);
  if (!Number.isFinite(value)) return Number.NaN;
  if (match[4] === undefined && Math.abs(value) > Number.MAX_SAFE_INTEGER) return Number.NaN;
  return value === 0 ? 0 : value;
}

/** Digits after the decimal point of a text that parseNumber reads, its exponent counted in (`1.5e-3`: 4); 0..100. */
export function countDecimals(text: string): number {
  const match = NUMBER.exec(text);
  const digits = match?.[3]?.length ?? 0;
  const exponent = match?.[4] === undefined ? 0 : Number(match[4]);
  return Math.min(MAX_DECIMALS, Math.max(0, digits - exponent));
}

/**
 * A finite number's written form: rounded to `decimals` digits after the point, trailing zeros dropped down to
 * `minDecimals`. Integers beyond 2^53 - 1 are written with an exponent, so that parseNumber takes them for numbers; so are
 * numbers below 1e-6 in columns of more than 20 decimals.
 */
export function formatNumber(value: number, format: NumberFormat): string {
  const rounded = format.decimals < MAX_DECIMALS ? Number(value.toFixed(format.decimals)) : value;
  if (rounded === 0) return pad("0", format.minDecimals ?? 0);
  if (Math.abs(rounded) > Number.MAX_SAFE_INTEGER) return rounded.toExponential();
  return pad(writeOut(String(rounded), format.decimals), format.minDecimals ?? 0);
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
