import type { EncodedTable, Field } from "../../encode/field.js";
import { pairwiseInformation } from "./field-groups.js";

/** Where each column of an encoded row stands on a small square image; plain JSON. */
export interface ImageLayout {
  /** Pixels a side. */
  readonly side: number;
  /** Pixel of each column, row-major; [W]. Pixels without a column are empty. */
  readonly pixels: readonly number[];
}

/** Bins of a scalar whose association with other fields is measured. */
const BINS = 10;
const MAX_ROWS = 20_000;
/** Nats; less than rounding could turn back and forth. */
const MIN_GAIN = 1e-9;

/**
 * The smallest square image, its side a multiple of `multiple`, that holds all columns: fields in an order in which
 * associated ones follow each other (as in seriation: Hahsler et al. 2008, doi:10.18637/jss.v025.i03), a field's columns
 * side by side, written as the ox ploughs, so that neighbours in the order are neighbours on the image.
 */
export function layOutColumns(fields: readonly Field[], rows: EncodedTable, multiple: number): ImageLayout {
  const widths = fields.map((field) => (field.kind === "discrete" ? field.levels : 1));
  const width = widths.reduce((sum, columns) => sum + columns, 0);
  const side = multiple * Math.ceil(Math.sqrt(width) / multiple);
  const order = orderByAssociation(associations(fields, rows), fields.length);
  const firsts = widths.map((_, field) => widths.slice(0, field).reduce((sum, columns) => sum + columns, 0));
  const pixels = new Array<number>(width);
  let place = 0;
  for (const field of order) {
    for (let column = 0; column < widths[field]!; column++) pixels[firsts[field]! + column] = ploughed(place++, side);
  }
  return { side, pixels };
}

/** Pixel of the n-th place of a path that turns at either end of the image. */
function ploughed(place: number, side: number): number {
  const line = Math.floor(place / side);
  const along = place % side;
  return line * side + (line % 2 === 0 ? along : side - 1 - along);
}

/** Mutual information of every pair of fields in rows from all over the table, scalars in bins of equally many; [K, K]. */
function associations(fields: readonly Field[], table: EncodedTable): Float64Array {
  const rowCount = Math.min(table.rowCount, MAX_ROWS);
  const rows = Array.from({ length: rowCount }, (_, row) => Math.floor((row * table.rowCount) / rowCount));
  const levels = new Uint32Array(rowCount * fields.length);
  const starts = [0];
  fields.forEach((field, at) => {
    const values = rows.map((row) => table.fields[at]![row]!);
    const codes = field.kind === "discrete" ? values : binned(values);
    for (let row = 0; row < rowCount; row++) levels[row * fields.length + at] = starts[at]! + codes[row]!;
    starts.push(starts[at]! + (field.kind === "discrete" ? field.levels : BINS));
  });
  return pairwiseInformation({ rowCount, levels }, { fields: fields.length, starts });
}

function binned(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  const edges = Array.from({ length: BINS - 1 }, (_, bin) => sorted[Math.floor(((bin + 1) * values.length) / BINS)]!);
  return values.map((value) => edges.filter((edge) => value >= edge).length);
}

/** From the table's order on, stretches are turned as long as neighbours then tell more of each other (2-opt). */
function orderByAssociation(information: Float64Array, count: number): number[] {
  const order = Array.from({ length: count }, (_, field) => field);
  while (turnStretches(order, (a, b) => information[a * count + b]!));
  return order;
}

/** One round over all stretches; true where one was turned. */
function turnStretches(order: number[], between: (a: number, b: number) => number): boolean {
  const bond = (a: number | undefined, b: number | undefined): number =>
    a === undefined || b === undefined ? 0 : between(a, b);
  let isChanged = false;
  for (let from = 0; from < order.length - 1; from++) {
    for (let to = from + 1; to < order.length; to++) {
      const [before, first, last, after] = [order[from - 1], order[from], order[to], order[to + 1]];
      const gain = bond(before, last) + bond(first, after) - bond(before, first) - bond(last, after);
      if (gain <= MIN_GAIN) continue;
      order.splice(from, to - from + 1, ...order.slice(from, to + 1).reverse());
      isChanged = true;
    }
  }
  return isChanged;
}
