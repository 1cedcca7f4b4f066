import type { ColumnType } from "../../schema/table-schema.js";
import type { ScoredColumn } from "../scored-table.js";

const TIME_STEPS_MS = [1000, 60_000, 3_600_000, 86_400_000];
const DATE_TYPES: readonly ColumnType[] = ["date", "time", "timestamp", "duration"];

/** True for columns whose numbers are milliseconds. */
export function holdsTimes({ type }: ScoredColumn): boolean {
  return DATE_TYPES.includes(type);
}

/**
 * The largest round step of a column that is at most `limit`: its unit times a power of ten; of times a second, minute,
 * hour or day. Undefined where none above the unit is.
 */
export function roundStep(column: ScoredColumn, limit: number): number | undefined {
  const steps = holdsTimes(column) ? TIME_STEPS_MS : Array.from({ length: 30 }, (_, i) => column.unit * 10 ** (i + 1));
  return steps.findLast((step) => step > column.unit && step <= limit);
}

/** The multiple of a step above (Math.ceil) or below (Math.floor) a value; the value itself without a step. */
export function roundTo(value: number, step: number | undefined, round: (x: number) => number): number {
  // 15 digits: .3 must not become .30000000000000004, which no value equals.
  return step === undefined ? value : Number((round(value / step) * step).toPrecision(15));
}
