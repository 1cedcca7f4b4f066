/** Ascending walls under a grid of cells of equal width, so that most searches end at the first look. */
export interface SearchGrid {
  readonly walls: Float64Array;
  readonly start: number;
  readonly cellsPerUnit: number;
  /** [cells + 1]: how many walls lie in earlier cells. */
  readonly before: Uint32Array;
}

/** A grid of `cells` cells (1 and more) over the range of `walls`. */
export function makeSearchGrid(walls: Float64Array, cells: number): SearchGrid {
  const start = walls[0] ?? 0;
  const width = (walls[walls.length - 1] ?? 0) - start;
  const cellsPerUnit = width > 0 && Number.isFinite(cells / width) ? cells / width : 0;
  const before = new Uint32Array(cells + 1);
  const grid = { walls, start, cellsPerUnit, before };
  for (const wall of walls) before[cellOf(grid, wall) + 1]!++;
  for (let cell = 0; cell < cells; cell++) before[cell + 1]! += before[cell]!;
  return grid;
}

/** How many walls lie at or below `value` (any number but NaN): the same as a search over all walls. */
export function searchGrid(grid: SearchGrid, value: number): number {
  const { walls, before } = grid;
  const cell = cellOf(grid, value);
  let low = before[cell]!;
  let high = before[cell + 1]!;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (walls[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Never falls as `value` grows, so walls of earlier cells lie below it and walls of later cells above. */
function cellOf({ start, cellsPerUnit, before }: SearchGrid, value: number): number {
  const cell = Math.floor((value - start) * cellsPerUnit);
  if (!(cell > 0)) return 0;
  return Math.min(cell, before.length - 2);
}
