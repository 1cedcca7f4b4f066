import type { AttributeColumn } from "./attribute-table.js";

/** A guessed number is right within this share of the secret's magnitude. */
const NUMBER_TOLERANCE = 0.05;
/** A guessed date is right within this share of the real range: dates have no zero to be relative to. */
const DATE_TOLERANCE = 0.01;

/**
 * True where the guess counts as the secret: the same category, a number within 5 % of the secret's magnitude, a date within
 * 1 % of the range, missing for missing.
 */
export function isRightGuess(guess: number, secret: number, column: Pick<AttributeColumn, "kind" | "range">): boolean {
  if (guess === secret) return true;
  if (!Number.isFinite(guess) || !Number.isFinite(secret) || column.kind === "category") return false;
  const tolerance = column.kind === "date" ? DATE_TOLERANCE * column.range : NUMBER_TOLERANCE * Math.abs(secret);
  return Math.abs(guess - secret) <= tolerance;
}
