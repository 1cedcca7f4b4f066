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
  readonly matched?: number | undefined;
  readonly reason?: string | undefined;
}

/** A figure with what is known beside its value: NaN parts are left out. `value` must be a number. */
export function makeFigure(value: number, parts: FigureParts = {}): Figure {
  const { error, n, ceiling, matched, reason } = parts;
  const [lowest, highest] = parts.range ?? [0, 1];
  const half = error === undefined || Number.isNaN(error) ? undefined : 1.96 * error;
  return {
    value,
    ...(half === undefined ? {} : { low: Math.max(lowest, value - half), high: Math.min(highest, value + half) }),
    ...(n === undefined ? {} : { n }),
    ...(isNumber(ceiling) ? { ceiling } : {}),
    ...(isNumber(matched) ? { matched } : {}),
    status: "ok",
    ...(reason === undefined ? {} : { reason }),
  };
}

function isNumber(value: number | undefined): value is number {
  return value !== undefined && !Number.isNaN(value);
}
