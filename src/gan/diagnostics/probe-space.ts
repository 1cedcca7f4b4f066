import type { RandomStream } from "../../core/random.js";
import type { EncodedTable, Field, FieldData } from "../../encode/field.js";

/** Quantile bins of a scalar. */
const SCALAR_BINS = 32;

/** Fields that distances rest on; of wider rows these many at random. */
const DISTANCE_FIELDS = 64;

/** Where what is missing stands among ranks 0..1: half a range below the least. */
const MISSING_PLACE = -0.5;

/** Encoded rows as a look compares them: every field a code, and the rows as points. */
export interface ProbeRows {
  readonly rowCount: number;
  /** [K] of [rows] */
  readonly codes: readonly Uint32Array[];
  /** [rows, F], row-major: ranks 0..1 of ordered fields, then codes of the others. */
  readonly points: Float32Array;
}

/** How encoded rows are compared, learned from real rows. It holds values of theirs: it is never written to a file. */
export interface ProbeSpace {
  /** Codes of each field, [K]. */
  readonly levels: readonly number[];
  /** Fields that points have, F. */
  readonly dimensions: number;
  /** Ordered fields stand first in a point: as many. */
  readonly ordered: number;
  /** A field's code of one of its values. */
  codeOf(field: number, value: number): number;
  /** @param rows indices to take; default: all */
  probe(table: EncodedTable, rows?: ArrayLike<number>): ProbeRows;
}

/**
 * Scalars are cut into 32 quantile bins of the real rows. Levels of numbers and dates, and bins, are ordered: a code's
 * place is its mid-rank among the real rows, a scalar's place its own rank.
 * @param isOrdered whether a discrete field's levels are numbers
 */
export function makeProbeSpace(
  fields: readonly Field[],
  real: EncodedTable,
  isOrdered: (field: number) => boolean,
  random: RandomStream,
): ProbeSpace {
  const sorted = fields.map((field, index) =>
    field.kind === "scalar" ? Float32Array.from(real.fields[index]!).sort() : undefined,
  );
  const edges = sorted.map((values) => values && binEdges(values));
  const levels = fields.map((field, index) => (field.kind === "scalar" ? edges[index]!.length + 1 : field.levels));
  const near = [...random.permutation(fields.length)].slice(0, DISTANCE_FIELDS).sort((a, b) => a - b);
  const inOrder = near.filter((index) => fields[index]!.kind === "scalar" || isOrdered(index));
  const unordered = near.filter((index) => !inOrder.includes(index));
  const placeOf = fields.map((field, index) => {
    if (field.kind === "scalar") return (value: number) => rankOf(sorted[index]!, value);
    if (!inOrder.includes(index)) return (code: number) => code;
    const places = midRanks(real.fields[index]!, field);
    return (code: number) => places[code]!;
  });
  return {
    levels,
    dimensions: near.length,
    ordered: inOrder.length,
    codeOf: (field, value) => (edges[field] === undefined ? value : countReached(edges[field], value)),
    probe(table, rows) {
      const rowCount = rows?.length ?? table.rowCount;
      const codes = table.fields.map((data, index) => codesOf(data, edges[index], rows, rowCount));
      const points = new Float32Array(rowCount * near.length);
      [...inOrder, ...unordered].forEach((field, dimension) => {
        const values = table.fields[field]!;
        for (let row = 0; row < rowCount; row++) {
          points[row * near.length + dimension] = placeOf[field]!(values[rows?.[row] ?? row]!);
        }
      });
      return { rowCount, codes, points };
    },
  };
}

/** Inner edges of quantile bins, ascending and distinct. */
function binEdges(sorted: Float32Array): Float32Array {
  const edges = Array.from(
    { length: SCALAR_BINS - 1 },
    (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / SCALAR_BINS)] ?? 0,
  );
  return Float32Array.from(new Set(edges));
}

function codesOf(
  data: FieldData,
  edges: Float32Array | undefined,
  rows: ArrayLike<number> | undefined,
  rowCount: number,
): Uint32Array {
  const codes = new Uint32Array(rowCount);
  for (let i = 0; i < rowCount; i++) {
    const value = data[rows?.[i] ?? i]!;
    codes[i] = edges === undefined ? value : countReached(edges, value);
  }
  return codes;
}

/** Share of ascending values below a value, interpolated: values in the same gap keep apart. */
function rankOf(sorted: Float32Array, value: number): number {
  const reached = countReached(sorted, value);
  const below = sorted[reached - 1];
  const above = sorted[reached];
  if (below === undefined || above === undefined) return reached / sorted.length;
  return (reached + (value - below) / (above - below)) / sorted.length;
}

/** How many of ascending values a value reaches. */
function countReached(sorted: Float32Array, value: number): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (sorted[middle]! <= value) from = middle + 1;
    else to = middle;
  }
  return from;
}

function midRanks(codes: FieldData, field: Extract<Field, { kind: "discrete" }>): Float32Array {
  const { levels, missingLevel } = field;
  const counts = new Float64Array(levels);
  for (const code of codes) if (code !== missingLevel) counts[code]!++;
  const total = counts.reduce((sum, count) => sum + count, 0);
  let below = 0;
  return Float32Array.from(counts, (count, level) => {
    const middle = (below + count / 2) / Math.max(1, total);
    below += count;
    return level === missingLevel ? MISSING_PLACE : middle;
  });
}
