import { dataError } from "../../core/errors.js";
import { outputOf } from "../../encode/column-output.js";
import type { Column } from "../../table/column.js";
import { isMissing } from "../../table/column.js";
import type { Table } from "../../table/table.js";
import { keyOfCells, makeCellReader, makeColumn } from "../cells.js";
import { gridOf, raiseToGrid, roundToGrid } from "../grid.js";
import { columnOf } from "../numeric-column.js";
import type { Cell, Distinct } from "../transform.js";

/** Other values tried in the first of the columns that may be changed, and in each of the others. */
const MAX_STEPS = 2000;
const MAX_OTHER_STEPS = 50;

/**
 * A function that gives the columns that may be changed, of one part of a sample after the other: a row that agrees with an
 * earlier one gets the nearest values that no row had yet. Remembers every row's key. Throws E_CONSTRAINT_EXHAUSTED where
 * there are no further values.
 */
export function makeDistinctKeeper(transform: Distinct): (table: Table) => Column[] {
  const seen = new Set<string>();
  const beyond = new Map<string, number>();
  return (table) => {
    const columns = transform.columns.map((name) => columnOf(table, name));
    const nudgers = transform.nudged.map(({ column, limits }) => ({
      at: transform.columns.indexOf(column),
      nudge: makeNudge(columnOf(table, column), limits, columns.length === 1),
      changed: new Map<number, Cell>(),
    }));
    const goOn = makeContinuation(transform, columns, beyond);
    const readers = columns.map(makeCellReader);
    for (let row = 0; row < table.rowCount; row++) {
      if (columns.some((column) => isMissing(column, row))) continue;
      const cells = readers.map((read) => read(row));
      if (
        !addKey(seen, cells) &&
        !goOn(seen, cells, false) &&
        !moveAway(seen, cells, nudgers) &&
        !goOn(seen, cells, true)
      ) {
        throw exhausted(transform, seen.size);
      }
      for (const { at, changed } of nudgers) if (cells[at] !== readers[at]!(row)) changed.set(row, cells[at]!);
    }
    return nudgers.map(({ at, changed }) => {
      const column = columns[at]!;
      if (changed.size === 0) return column;
      const own = readers[at]!;
      return makeColumn(column.name, outputOf(column), table.rowCount, (row) => changed.get(row) ?? own(row));
    });
  };
}

/**
 * Gives the first open column the next value above its limits, for rows that agree in the others. Once it had to `begin`, it is
 * what such rows get at once; `beyond` holds the last value by the others' cells.
 */
function makeContinuation(transform: Distinct, columns: readonly Column[], beyond: Map<string, number>) {
  const open = transform.nudged.find((one) => one.open);
  const at = open === undefined ? -1 : transform.columns.indexOf(open.column);
  return (seen: Set<string>, cells: Cell[], begin: boolean): boolean => {
    if (open?.limits === undefined) return false;
    const others = keyOfCells(cells.filter((_, index) => index !== at));
    let last = beyond.get(others);
    if (last === undefined && !begin) return false;
    const grid = gridOf(outputOf(columns[at]!));
    last ??= open.limits[1];
    do {
      last = raiseToGrid(grid, last, true);
      cells[at] = last;
    } while (!addKey(seen, cells));
    beyond.set(others, last);
    return true;
  };
}

interface Nudger {
  readonly at: number;
  /** The value `step` values away, undefined where there is none. */
  readonly nudge: (cell: Cell, step: number) => Cell | undefined;
}

/** True if no row had the cells. */
function addKey(seen: Set<string>, cells: readonly Cell[]): boolean {
  const before = seen.size;
  seen.add(keyOfCells(cells));
  return seen.size > before;
}

/** Changes the cells to the nearest ones that no row had; false where none is found. */
function moveAway(seen: Set<string>, cells: Cell[], [first, ...others]: readonly Nudger[]): boolean {
  if (first === undefined) return false;
  if (walk(seen, cells, first)) return true;
  for (const other of others) {
    const own = cells[other.at]!;
    for (let step = 1; step <= MAX_OTHER_STEPS; step++) {
      const nudged = other.nudge(own, step);
      if (nudged === undefined) continue;
      cells[other.at] = nudged;
      if (addKey(seen, cells) || walk(seen, cells, first)) return true;
    }
    cells[other.at] = own;
  }
  return false;
}

function walk(seen: Set<string>, cells: Cell[], { at, nudge }: Nudger): boolean {
  const own = cells[at]!;
  for (let step = 1; step <= MAX_STEPS; step++) {
    const nudged = nudge(own, step);
    if (nudged === undefined) continue;
    cells[at] = nudged;
    if (addKey(seen, cells)) return true;
  }
  cells[at] = own;
  return false;
}

/**
 * Steps 1, 2, 3, ... lead to the values above and below in turn, of a text to the others in the order of the dictionary; a
 * text `alone` in its constraint gets a number.
 */
function makeNudge(column: Column, limits: readonly [number, number] | undefined, alone: boolean): Nudger["nudge"] {
  if (column.kind === "text" && alone) return (cell, step) => `${cell}-${step + 1}`;
  if ("codes" in column) {
    const places = new Map(column.dictionary.map((text, place) => [text, place]));
    const count = column.dictionary.length;
    return (cell, step) => {
      if (step >= count) return undefined;
      return column.dictionary[((places.get(String(cell)) ?? 0) + step) % count];
    };
  }
  const grid = gridOf(outputOf(column));
  const unit = grid === null ? 2 ** -20 : grid.step / grid.divisor;
  const [low, high] = limits ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  return (cell, step) => {
    const distance = Math.ceil(step / 2) * unit;
    const value = roundToGrid(grid, Number(cell) + (step % 2 === 1 ? distance : -distance));
    return value < low || value > high ? undefined : value;
  };
}

function exhausted({ columns }: Distinct, rows: number): Error {
  const names = columns.map((name) => `"${name}"`).join(", ");
  return dataError("E_CONSTRAINT_EXHAUSTED", `after ${rows} rows there is no further combination of ${names}`, {
    where: names,
    hint: "draw fewer rows, or take the unique constraint out of the schema and fit again",
  });
}
