import { aboveCeiling } from "./above-ceiling.js";
import type { Figure } from "./report-schema.js";

/** A figure that cannot be computed, and why. */
export function unavailable(reason: string): Figure {
  return { status: "unavailable", reason };
}

export interface FigureParts {
  /** Standard error; gives the 95 % interval. */
  readonly error?: number | undefined;
  /** Range the interval is kept in; default 0..1. */
  readonly range?: readonly [number, number];
  readonly n?: number | undefined;
  readonly ceiling?: number | undefined;
  /** Standard error of the ceiling; gives `aboveCeiling`. */
  readonly ceilingError?: number | undefined;
  readonly matched?: number | undefined;
  readonly matchedError?: number | undefined;
  /** Which of a score and its ceiling is the better one; default the higher. */
  readonly better?: "higher" | "lower";
  readonly reason?: string | undefined;
}

/** A figure with what is known beside its value: NaN parts are left out. `value` must be a number. */
export function makeFigure(value: number, parts: FigureParts = {}): Figure {
  const { error, n, ceiling, matched, reason } = parts;
  const [lowest, highest] = parts.range ?? [0, 1];
  const above = comparedToCeiling(value, parts);
  const half = error === undefined || Number.isNaN(error) ? undefined : 1.96 * error;
  return {
    value,
    ...(half === undefined ? {} : { low: Math.max(lowest, value - half), high: Math.min(highest, value + half) }),
    ...(n === undefined ? {} : { n }),
    ...(isNumber(ceiling) ? { ceiling } : {}),
    ...(isNumber(matched) ? { matched } : {}),
    ...(above === undefined ? {} : { aboveCeiling: above }),
    status: "ok",
    ...(reason === undefined ? {} : { reason }),
  };
}

/** Of the score that has the ceiling's reference and number of rows. */
function comparedToCeiling(value: number, parts: FigureParts): Figure["aboveCeiling"] {
  const { error, ceiling, ceilingError, matched, matchedError, better } = parts;
  if (!isNumber(ceiling)) return undefined;
  const gain = (matched ?? value) - ceiling;
  return aboveCeiling(better === "lower" ? -gain : gain, [matched === undefined ? error : matchedError, ceilingError]);
}

function isNumber(value: number | undefined): value is number {
  return value !== undefined && !Number.isNaN(value);
}
