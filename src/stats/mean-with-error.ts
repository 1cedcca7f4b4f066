import type { ScoreWithError } from "./macro-f1.js";

/**
 * A mean over independent rows and its standard error, deviation / sqrt(rows).
 * @returns NaN without rows
 */
export function meanWithError(values: Float64Array): ScoreWithError {
  const rows = values.length;
  let value = 0;
  for (let row = 0; row < rows; row++) value += values[row]! / rows;
  let squares = 0;
  for (let row = 0; row < rows; row++) squares += (values[row]! - value) ** 2;
  return { value: rows === 0 ? Number.NaN : value, error: Math.sqrt(squares) / rows };
}
