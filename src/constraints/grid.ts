import type { ColumnOutput } from "../encode/column-output.js";
import { dateUnitMs } from "../encode/date-unit.js";

/** The values that a column's written form can show: k x step / divisor for whole k; null: any. */
export type Grid = { readonly step: number; readonly divisor: number } | null;

const MAX_DECIMALS = 15;
/** Beyond it products are not exact. */
const LARGEST_EXACT = 2 ** 52;
/** Of a place: less than this beside a whole one is on it. */
const TOLERANCE = 1e-6;

/** The grid of a numeric column. */
export function gridOf(output: ColumnOutput): Grid {
  if (output.kind === "date") {
    const unit = dateUnitMs(output.format);
    return unit < 1 ? { step: 1, divisor: Math.round(1 / unit) } : { step: unit, divisor: 1 };
  }
  if (output.kind !== "number" || output.decimals > MAX_DECIMALS) return null;
  return { step: 1, divisor: 10 ** output.decimals };
}

/** The nearest value of the grid. */
export function roundToGrid(grid: Grid, value: number): number {
  return onGrid(grid, value, Math.round);
}

/** The least value of the grid that is not below `value`, or (`strictly`) above it. */
export function raiseToGrid(grid: Grid, value: number, strictly = false): number {
  const raised = onGrid(grid, value, (place) => (strictly ? Math.floor(place) + 1 : Math.ceil(place)));
  return strictly && !(raised > value) ? value + leastStep(value) : raised;
}

/** The greatest value of the grid that is not above `value`, or (`strictly`) below it. */
export function lowerToGrid(grid: Grid, value: number, strictly = false): number {
  const lowered = onGrid(grid, value, (place) => (strictly ? Math.ceil(place) - 1 : Math.floor(place)));
  return strictly && !(lowered < value) ? value - leastStep(value) : lowered;
}

function onGrid(grid: Grid, value: number, toWhole: (place: number) => number): number {
  if (grid === null) return value;
  const place = (value * grid.divisor) / grid.step;
  if (!(Math.abs(place) < LARGEST_EXACT)) return value;
  const nearest = Math.round(place);
  const whole = toWhole(Math.abs(place - nearest) < TOLERANCE ? nearest : place);
  return (whole * grid.step) / grid.divisor + 0; // never -0
}

function leastStep(value: number): number {
  return Math.max(Math.abs(value) * Number.EPSILON, Number.MIN_VALUE);
}
