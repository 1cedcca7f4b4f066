import { toLattice } from "../../encode/lattice.js";
import { countAtMost } from "../../stats/sorted-search.js";
import type { CellValue, PaidTable } from "../paid-table.js";
import type { NumberRange } from "./number-range.js";

/** Neighbouring places of a number's range, and the noisy count of their rows. */
export interface Leaf {
  readonly first: number;
  readonly width: number;
  readonly count: number;
}

/** A column whose bins are asked for. */
export interface BinnedColumn {
  readonly name: string;
  readonly range: NumberRange;
}

/** A node is counted in 2^4 parts: a quarter of the touches that halves would take, at four times their number of cells. */
const BITS = 4;

/** Deeper nodes stay whole. */
const MAX_DEPTH = 8;

/** Times of counting that a range can take. */
export function depthOf({ first, last }: NumberRange): number {
  return Math.min(MAX_DEPTH, Math.ceil(Math.log2(last - first + 1) / BITS));
}

/**
 * The leaves of a tree over each column's range, ascending: nodes whose noisy count exceeds `threshold` are counted in parts, level
 * by level, one release a level for all columns together; definitions of the private learner, point 3.
 */
export function countBins(
  paid: PaidTable,
  columns: readonly BinnedColumn[],
  { sigma, threshold }: { readonly sigma: number; readonly threshold: number },
): Leaf[][] {
  const leaves: Leaf[][] = columns.map(() => []);
  let open = columns.map(({ range }): Node[] => {
    const { first, last } = range;
    if (depthOf(range) > 0) return [{ first, bits: Math.ceil(Math.log2(last - first + 1)) }];
    return [];
  });
  columns.forEach(({ range }, i) => {
    if (depthOf(range) === 0) leaves[i]!.push({ first: range.first, width: 1, count: 0 });
  });
  for (let level = 0; level < MAX_DEPTH && open.some((nodes) => nodes.length > 0); level++) {
    const asked = columns.flatMap((column, i) => (open[i]!.length > 0 ? [{ column, i }] : []));
    const counts = paid.countValues(
      `bins of numbers and dates, level ${level + 1}`,
      asked.map(({ column, i }) => ({
        column: column.name,
        cells: open[i]!.length << BITS,
        cellOf: cellFinder(column.range, open[i]!),
      })),
      sigma,
    );
    const next = open.map((): Node[] => []);
    asked.forEach(({ column, i }, at) => {
      open[i]!.forEach((node, n) => {
        for (const part of partsOf(node, column.range)) {
          const count = counts[at]![(n << BITS) + part.index]!;
          if (part.bits > 0 && level + 1 < MAX_DEPTH && count > threshold) next[i]!.push(part);
          else
            leaves[i]!.push({
              first: part.first,
              width: Math.min(2 ** part.bits, column.range.last - part.first + 1),
              count,
            });
        }
      });
    });
    open = next;
  }
  return leaves.map((found) => found.sort((a, b) => a.first - b.first));
}

/** 2^bits places from `first` on. */
interface Node {
  readonly first: number;
  readonly bits: number;
}

/** The parts of a node that begin within the range. */
function partsOf({ first, bits }: Node, { last }: NumberRange): (Node & { readonly index: number })[] {
  const partBits = Math.max(0, bits - BITS);
  const parts: (Node & { readonly index: number })[] = [];
  for (let index = 0; index < 2 ** (bits - partBits); index++) {
    const start = first + index * 2 ** partBits;
    if (start <= last) parts.push({ first: start, bits: partBits, index });
  }
  return parts;
}

/** The part that a value, clamped to the range, lies in; -1 where none of the nodes has it. */
function cellFinder({ lattice, first, last }: NumberRange, nodes: readonly Node[]): (value: CellValue) => number {
  const starts = Float64Array.from(nodes, (node) => node.first);
  return (value) => {
    if (typeof value !== "number") return -1;
    const place = Math.min(last, Math.max(first, toLattice(lattice, value)));
    const n = countAtMost(starts, place) - 1;
    if (n < 0) return -1;
    const { bits } = nodes[n]!;
    const offset = place - starts[n]!;
    return offset >= 2 ** bits ? -1 : (n << BITS) + Math.floor(offset / 2 ** Math.max(0, bits - BITS));
  };
}
