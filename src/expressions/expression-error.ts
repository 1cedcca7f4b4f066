import { type SynthError, usageError } from "../core/errors.js";

/** An error in the text of an expression, at a character (0 = first). */
export function expressionError(code: string, message: string, at: number, hint?: string): SynthError {
  const where = `character ${at + 1}`;
  return usageError(code, `${message} (${where})`, hint === undefined ? { where } : { where, hint });
}

/** E_EXPRESSION_SYNTAX. */
export function syntaxError(message: string, at: number, hint?: string): SynthError {
  return expressionError("E_EXPRESSION_SYNTAX", message, at, hint);
}
