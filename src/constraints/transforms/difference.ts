import { type ColumnOutput, makeNumericColumn, outputOf } from "../../encode/column-output.js";
import type { Column, DateColumn, NumberColumn } from "../../table/column.js";
import { formatOffsetMs } from "../../table/date-format.js";
import { findColumn, type Table } from "../../table/table.js";
import { type Grid, gridOf, lowerToGrid, raiseToGrid, roundToGrid } from "../grid.js";
import { columnOf, numericColumnOf } from "../numeric-column.js";
import type { Difference } from "../transform.js";

/** What is learned in place of the column: its distance from its references and, where they may all be missing, the value. */
export function learnDifference(transform: Difference, table: Table): Column[] {
  const { output, unit, decimals, learnable, rest } = transform;
  const { values } = numericColumnOf(table, transform.column);
  const { nearest } = referencesOf(transform, table);
  const sign = transform.side === "below" ? -1 : 1;
  const grid = gridOf({ kind: "number", missingText: "", decimals });
  const distances = values.map((value, row) => roundToGrid(grid, (sign * (value - nearest[row]!)) / unit));
  const distance: Column = {
    kind: "number",
    name: learnable,
    missingText: output.missingText,
    values: distances,
    format: { decimals },
  };
  if (rest === undefined) return [distance];
  const left = values.map((value, row) => (Number.isNaN(nearest[row]!) ? value : Number.NaN));
  return [distance, makeNumericColumn(rest, output, left)];
}

/**
 * The column again: on its grid, on its side of every reference. What leaves the blurred extremes is reflected into them, as far
 * as the references allow.
 */
export function restoreDifference(transform: Difference, table: Table): Column {
  const { column, output, unit, learnable, rest, otherwise = Number.NaN } = transform;
  const distances = numericColumnOf(table, learnable).values;
  const others = rest === undefined ? undefined : findColumn(table, rest) && numericColumnOf(table, rest).values;
  const { nearest, walls } = referencesOf(transform, table);
  const place = makePlacer(transform);
  const sign = transform.side === "below" ? -1 : 1;
  const values = distances.map((distance, row) => {
    const reference = nearest[row]!;
    const wall = walls[row]!;
    const isAlone = Number.isNaN(reference);
    const value = isAlone ? (others?.[row] ?? Number.NaN) : reference + sign * distance * unit;
    if (Number.isNaN(value)) return isAlone ? otherwise : keepOnSide(transform, otherwise, wall);
    return isAlone ? value : place(value, wall);
  });
  return makeNumericColumn(column, output, values);
}

/**
 * By row the nearest reference, and the nearest value that the column may have, if its side tells; NaN where all are missing. A
 * reference of either side counts from the column's unit that it lies in: a date from the day of a timestamp.
 */
function referencesOf(transform: Difference, table: Table): { nearest: Float64Array; walls: Float64Array } {
  const grid = gridOf(transform.output);
  const isAbove = transform.side === "above";
  const toWall = isAbove ? raiseToGrid : lowerToGrid;
  const nearest = new Float64Array(table.rowCount).fill(Number.NaN);
  const walls = nearest.slice();
  for (const { column, strict } of transform.references) {
    const reference = numericColumnOf(table, columnOf(table, column).name);
    const values = transform.side === "near" ? startsOfUnits(reference, transform.output, grid) : reference.values;
    for (let row = 0; row < values.length; row++) {
      const value = values[row]!;
      if (Number.isNaN(value)) continue;
      const wall = toWall(grid, value, strict);
      if (!(isAbove ? value <= nearest[row]! : value >= nearest[row]!)) nearest[row] = value;
      if (!(isAbove ? wall <= walls[row]! : wall >= walls[row]!)) walls[row] = wall;
    }
  }
  return { nearest, walls };
}

/** The beginnings of the units of `output` that a column's values lie in, each by the clock of its own. */
function startsOfUnits(column: NumberColumn | DateColumn, output: ColumnOutput, grid: Grid): Float64Array {
  const shift = offsetOf(outputOf(column)) - offsetOf(output);
  return column.values.map((value) => lowerToGrid(grid, value + shift));
}

function offsetOf(output: ColumnOutput): number {
  return output.kind === "date" ? formatOffsetMs(output.format) : 0;
}

/** Puts a value on the grid, within the wall (where the side tells) and the limits; where both cannot be, the wall counts. */
function makePlacer({ output, side, limits }: Difference): (value: number, wall: number) => number {
  const grid = gridOf(output);
  return (value, wall) => {
    const low = side === "above" ? Math.max(wall, limits[0]) : limits[0];
    const high = side === "below" ? Math.min(wall, limits[1]) : limits[1];
    return low <= high ? roundToGrid(grid, reflect(value, low, high)) : wall;
  };
}

/** The value, or the wall where it lies beyond it. NaN stays NaN. */
function keepOnSide({ side }: Difference, value: number, wall: number): number {
  if (side === "above") return Math.max(value, wall);
  return side === "below" ? Math.min(value, wall) : value;
}

/** `value` folded at `low` and `high` until it lies between them. */
function reflect(value: number, low: number, high: number): number {
  if (value >= low && value <= high) return value;
  const span = high - low;
  if (span === 0) return low;
  const turned = (((value - low) % (2 * span)) + 2 * span) % (2 * span);
  return low + (turned <= span ? turned : 2 * span - turned);
}
