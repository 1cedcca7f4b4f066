import type { BoosterFeature } from "./feature-bins.js";

/** How one feature becomes columns of the design matrix, from column `at` on. */
type LinearColumn =
  | {
      readonly kind: "number";
      readonly at: number;
      readonly unit: number;
      readonly mean: number;
      readonly scale: number;
    }
  /** One column: 1 where the feature before is missing. */
  | { readonly kind: "missing"; readonly at: number }
  /** `slotOfLevel[level + 1]`: the column, counted from `at`, of a level (-1: missing); `length`: no column. */
  | { readonly kind: "category"; readonly at: number; readonly length: number; readonly slotOfLevel: Uint8Array };

/** How features become a design matrix. The last column is the constant. */
export interface LinearEncoding {
  /** One entry a feature. */
  readonly features: readonly (readonly LinearColumn[])[];
  /** Columns, the constant included. */
  readonly width: number;
}

/** Columns of the design matrix: one of numbers, or several of which each row has at most one 1. */
type DesignBlock =
  | { readonly kind: "values"; readonly at: number; readonly values: Float64Array }
  /** `slots[row]`: which of the columns at..at+length-1 holds the row's 1; `length`: none. */
  | { readonly kind: "slots"; readonly at: number; readonly length: number; readonly slots: Uint8Array };

/** A design matrix [rowCount, width], one-hot columns kept as indices. */
export interface LinearDesign {
  readonly rowCount: number;
  readonly width: number;
  readonly blocks: readonly DesignBlock[];
}

/** Levels of a category with a column of their own, at most; the rarer ones share one. */
const MAX_LEVELS = 99;

/**
 * Numbers are standardised, their missing values the mean and a column of their own; categories one-hot, missing and
 * the rarest of more than 100 levels together being levels. Infinite numbers count as missing.
 */
export function fitLinearEncoding(features: readonly BoosterFeature[]): LinearEncoding {
  let width = 0;
  const columns = features.map((feature) => {
    const own = feature.kind === "number" ? numberColumns(feature.values, width) : [categoryColumn(feature, width)];
    for (const column of own) width += column.kind === "category" ? column.length : 1;
    return own;
  });
  return { features: columns, width: width + 1 };
}

/** The features' rows as a design matrix; levels that fitting did not see have no column. */
export function makeLinearDesign(encoding: LinearEncoding, features: readonly BoosterFeature[]): LinearDesign {
  const rowCount = features.length === 0 ? 0 : rowsOf(features[0]!);
  const blocks = encoding.features.flatMap((columns, i) => columns.map((column) => makeBlock(column, features[i]!)));
  const constant = { kind: "slots", at: encoding.width - 1, length: 1, slots: new Uint8Array(rowCount) } as const;
  return { rowCount, width: encoding.width, blocks: [...blocks, constant] };
}

function rowsOf(feature: BoosterFeature): number {
  return feature.kind === "number" ? feature.values.length : feature.codes.length;
}

/** Mean and standard deviation are computed in units of the largest value, so that no square overflows. */
function numberColumns(values: ArrayLike<number>, at: number): LinearColumn[] {
  let known = 0;
  let unit = 0;
  for (let row = 0; row < values.length; row++) {
    if (!Number.isFinite(values[row]!)) continue;
    known++;
    unit = Math.max(unit, Math.abs(values[row]!));
  }
  if (unit === 0) unit = 1;
  let sum = 0;
  for (let row = 0; row < values.length; row++) if (Number.isFinite(values[row]!)) sum += values[row]! / unit;
  const mean = known === 0 ? 0 : sum / known;
  let squares = 0;
  for (let row = 0; row < values.length; row++) {
    if (Number.isFinite(values[row]!)) squares += (values[row]! / unit - mean) ** 2;
  }
  const deviation = known === 0 ? 0 : Math.sqrt(squares / known);
  // A constant's deviation is rounding only.
  const scale = deviation > 1e-14 ? deviation : 1;
  const number = { kind: "number", at, unit, mean, scale } as const;
  return known === values.length ? [number] : [number, { kind: "missing", at: at + 1 }];
}

function categoryColumn(feature: BoosterFeature & { kind: "category" }, at: number): LinearColumn {
  const counts = new Uint32Array(feature.levels + 1);
  for (let row = 0; row < feature.codes.length; row++) {
    const level = feature.codes[row]! + 1;
    counts[level] = counts[level]! + 1;
  }
  const seen = Array.from(counts.keys()).filter((level) => level > 0 && counts[level]! > 0);
  seen.sort((a, b) => counts[b]! - counts[a]! || a - b);
  const own = seen.length <= MAX_LEVELS + 1 ? seen : seen.slice(0, MAX_LEVELS);
  const shared = own.length < seen.length ? 1 : 0;
  const missing = counts[0]! > 0 ? 1 : 0;
  const length = own.length + shared + missing;
  const slotOfLevel = new Uint8Array(feature.levels + 1).fill(length);
  for (const level of seen) slotOfLevel[level] = own.length;
  for (const [slot, level] of own.entries()) slotOfLevel[level] = slot;
  if (missing === 1) slotOfLevel[0] = length - 1;
  return { kind: "category", at, length, slotOfLevel };
}

function makeBlock(column: LinearColumn, feature: BoosterFeature): DesignBlock {
  const { at } = column;
  if (column.kind === "category" && feature.kind === "category") {
    const { length, slotOfLevel } = column;
    const slots = new Uint8Array(feature.codes.length);
    for (let row = 0; row < slots.length; row++) slots[row] = slotOfLevel[feature.codes[row]! + 1] ?? length;
    return { kind: "slots", at, length, slots };
  }
  if (column.kind === "missing" && feature.kind === "number") {
    const slots = new Uint8Array(feature.values.length);
    for (let row = 0; row < slots.length; row++) slots[row] = Number.isFinite(feature.values[row]!) ? 1 : 0;
    return { kind: "slots", at, length: 1, slots };
  }
  if (column.kind === "number" && feature.kind === "number") {
    const { unit, mean, scale } = column;
    const values = new Float64Array(feature.values.length);
    for (let row = 0; row < values.length; row++) {
      const value = feature.values[row]!;
      values[row] = Number.isFinite(value) ? (value / unit - mean) / scale : 0;
    }
    return { kind: "values", at, values };
  }
  throw new TypeError(`a feature fitted as ${column.kind} is given as ${feature.kind}`);
}

/** Adds design x weights to `out`. @param weights [width] @param out [rowCount] */
export function addProduct(design: LinearDesign, weights: Float64Array, out: Float64Array): void {
  for (const block of design.blocks) {
    if (block.kind === "values") {
      const weight = weights[block.at]!;
      const { values } = block;
      for (let row = 0; row < out.length; row++) out[row] = out[row]! + weight * values[row]!;
    } else {
      const own = new Float64Array(block.length + 1);
      own.set(weights.subarray(block.at, block.at + block.length));
      const { slots } = block;
      for (let row = 0; row < out.length; row++) out[row] = out[row]! + own[slots[row]!]!;
    }
  }
}

/** Adds the transposed design x rows to `out`. @param rows [rowCount] @param out [width] */
export function addTransposedProduct(design: LinearDesign, rows: Float64Array, out: Float64Array): void {
  for (const block of design.blocks) {
    const sums = block.kind === "values" ? [sumProducts(block.values, rows)] : sumBySlot(block, rows);
    for (let k = 0; k < lengthOf(block); k++) out[block.at + k] = out[block.at + k]! + sums[k]!;
  }
}

/** Sum over rows of weight x row' x row, [width, width]. @param weights [rowCount] */
export function gramMatrix(design: LinearDesign, weights: Float64Array): Float64Array {
  const { width, blocks } = design;
  const gram = new Float64Array(width * width);
  blocks.forEach((a, i) => {
    const weighted = a.kind === "values" ? multiply(a.values, weights) : weights;
    for (const b of blocks.slice(i)) {
      const part = blockProduct(a, b, weighted);
      const columns = b.kind === "values" ? 1 : b.length + 1;
      for (let k = 0; k < lengthOf(a); k++) {
        for (let l = 0; l < lengthOf(b); l++) {
          const value = part[k * columns + l]!;
          gram[(a.at + k) * width + b.at + l] = value;
          gram[(b.at + l) * width + a.at + k] = value;
        }
      }
    }
  });
  return gram;
}

/** The diagonal of gramMatrix, [width]. */
export function gramDiagonal(design: LinearDesign, weights: Float64Array): Float64Array {
  const diagonal = new Float64Array(design.width);
  for (const block of design.blocks) {
    if (block.kind === "values") diagonal[block.at] = sumProducts(multiply(block.values, weights), block.values);
    else diagonal.set(sumBySlot(block, weights).subarray(0, block.length), block.at);
  }
  return diagonal;
}

type SlotBlock = DesignBlock & { readonly kind: "slots" };

function lengthOf(block: DesignBlock): number {
  return block.kind === "values" ? 1 : block.length;
}

/**
 * A block transposed times another, row by row; slots have one more row or column, for none.
 * @param weighted the rows' weights, times `a` where it holds values
 */
function blockProduct(a: DesignBlock, b: DesignBlock, weighted: Float64Array): ArrayLike<number> {
  if (b.kind === "slots" && a.kind === "slots") return sumByTwoSlots(a, b, weighted);
  if (b.kind === "slots") return sumBySlot(b, weighted);
  return a.kind === "values" ? [sumProducts(weighted, b.values)] : sumBySlot(a, multiply(weighted, b.values));
}

function sumByTwoSlots(a: SlotBlock, b: SlotBlock, rows: Float64Array): Float64Array {
  const columns = b.length + 1;
  const sums = new Float64Array((a.length + 1) * columns);
  for (let row = 0; row < rows.length; row++) {
    const cell = a.slots[row]! * columns + b.slots[row]!;
    sums[cell] = sums[cell]! + rows[row]!;
  }
  return sums;
}

function multiply(a: Float64Array, b: Float64Array): Float64Array {
  const product = new Float64Array(a.length);
  for (let row = 0; row < a.length; row++) product[row] = a[row]! * b[row]!;
  return product;
}

function sumProducts(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < a.length; row++) sum += a[row]! * b[row]!;
  return sum;
}

/** Sums of `rows` by slot, [length + 1]. */
function sumBySlot(block: SlotBlock, rows: Float64Array): Float64Array {
  const sums = new Float64Array(block.length + 1);
  const { slots } = block;
  for (let row = 0; row < slots.length; row++) sums[slots[row]!] = sums[slots[row]!]! + rows[row]!;
  return sums;
}
