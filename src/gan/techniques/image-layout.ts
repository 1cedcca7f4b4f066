import type { EncodedTable, Field, FieldData } from "../../encode/field.js";
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

/** Mutual information of every pair of fields, scalars in bins of equally many rows; [K, K]. */
function associations(fields: readonly Field[], { fields: data, rowCount }: EncodedTable): Float64Array {
  const count = fields.length;
  const levels = new Uint32Array(rowCount * count);
  const starts = [0];
  fields.forEach((field, at) => {
    const codes = field.kind === "discrete" ? data[at]! : binned(data[at]!, rowCount);
    for (let row = 0; row < rowCount; row++) levels[row * count + at] = starts[at]! + codes[row]!;
    starts.push(starts[at]! + (field.kind === "discrete" ? field.levels : BINS));
  });
  return pairwiseInformation({ rowCount, levels }, { fields: count, starts });
}

function binned(values: FieldData, rowCount: number): FieldData {
  const sorted = Float64Array.from(values.subarray(0, rowCount)).sort();
  const edges = Array.from({ length: BINS - 1 }, (_, bin) => sorted[Math.floor(((bin + 1) * rowCount) / BINS)]!);
  return Uint8Array.from(values, (value) => edges.filter((edge) => value >= edge).length);
}

/**
 * An order in which the information between neighbours is large: from the first field on, the field that tells most of
 * either end is put there; then stretches are turned as long as that gains (2-opt).
 */
function orderByAssociation(information: Float64Array, count: number): number[] {
  const between = (a: number, b: number): number => information[a * count + b]!;
  const order = [0];
  const left = new Set(Array.from({ length: count - 1 }, (_, at) => at + 1));
  while (left.size > 0) {
    const [head, tail] = [order[0]!, order.at(-1)!];
    let best = { gain: Number.NEGATIVE_INFINITY, field: -1, isTail: true };
    for (const field of left) {
      if (between(tail, field) > best.gain) best = { gain: between(tail, field), field, isTail: true };
      if (between(head, field) > best.gain) best = { gain: between(head, field), field, isTail: false };
    }
    left.delete(best.field);
    if (best.isTail) order.push(best.field);
    else order.unshift(best.field);
  }
  while (turnStretches(order, between));
  return order;
}

/** One round of turning stretches whose new neighbours tell more of each other; true where one did. */
function turnStretches(order: number[], between: (a: number, b: number) => number): boolean {
  const bond = (i: number, j: number): number => (i < 0 || j >= order.length ? 0 : between(order[i]!, order[j]!));
  let isChanged = false;
  for (let from = 0; from < order.length - 1; from++) {
    for (let to = from + 1; to < order.length; to++) {
      const before = bond(from - 1, from) + bond(to, to + 1);
      const after =
        (from > 0 ? between(order[from - 1]!, order[to]!) : 0) +
        (to + 1 < order.length ? between(order[from]!, order[to + 1]!) : 0);
      if (after <= before + 1e-9) continue;
      order.splice(from, to - from + 1, ...order.slice(from, to + 1).reverse());
      isChanged = true;
    }
  }
  return isChanged;
}
