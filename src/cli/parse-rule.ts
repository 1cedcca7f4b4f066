import { usageError } from "../core/errors.js";

/** A limit of one figure: at least (`min`) or at most (`max`). */
export interface Rule {
  readonly bound: "min" | "max";
  /** The figure's path, or the end of it. */
  readonly key: string;
  readonly limit: number;
}

/**
 * Collects `--min figure=limit` or `--max figure=limit`: the limit stands after the last "=", since a column's name may hold
 * one. Throws E_USAGE_RULE.
 */
export function collectRules(bound: Rule["bound"]): (text: string, rules?: readonly Rule[]) => Rule[] {
  return (text, rules = []) => {
    const at = text.lastIndexOf("=");
    const [key, number] = [text.slice(0, at).trim(), text.slice(at + 1).trim()];
    const limit = Number(number);
    if (at < 1 || key === "" || number === "" || !Number.isFinite(limit)) {
      throw usageError("E_USAGE_RULE", `--${bound} takes figure=number; got "${text}"`, {
        where: `--${bound}`,
        hint: `for example --${bound} overall=0.95`,
      });
    }
    return [...rules, { bound, key, limit }];
  };
}
