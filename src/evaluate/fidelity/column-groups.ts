import { mapToBytes } from "../../stats/map-to-bytes.js";
import { countAtMost, countBelow } from "../../stats/sorted-search.js";
import type { ScoredColumn, ScoredTables, ScoredValues } from "../scored-table.js";
import { roundStep, roundTo } from "./round-step.js";

/** A column in a few groups, for the pictures of pairs. */
export interface ColumnGroups {
  /** Names of the groups, 1 to 12, no two alike. */
  readonly labels: readonly string[];
  /** The group of each of a side's rows, [rows], in 0..labels.length-1. */
  codesOf(values: ScoredValues): Uint8Array;
}

/** A group of numbers or a named category has so many training rows at least, so that no label is a single row's extreme or rare value. */
export const MIN_GROUP_ROWS = 5;

const TOP = 10;

/**
 * Coarse groups of a column. Numbers and dates: up to ten bins of equal weight in training, tied ones merged, edges rounded
 * to a tenth of a bin ("17 to 24"; the outer ones "up to 24", "above 60"). Categories: up to ten most frequent ones, then
 * "other" where others occur. At the end "missing" where a side lacks values.
 */
export function columnGroups(tables: ScoredTables, at: number): ColumnGroups {
  const sides = [tables.train, tables.synthetic, tables.holdout]
    .filter((side) => side !== undefined)
    .map((side) => side.columns[at]!);
  const meta = tables.columns[at]!;
  const train = sides[0]!;
  const known = train.kind === "number" ? numberGroups(meta, train.values) : categoryGroups(meta, train, sides);
  const missing = known.labels.length;
  const labels = sides.some(hasMissing) ? [...known.labels, freeLabel(known.labels, "missing")] : known.labels;
  return {
    labels,
    codesOf: (side) =>
      side.kind === "number"
        ? mapToBytes(side.values, (value) => (Number.isNaN(value) ? missing : known.groupOf(value)))
        : mapToBytes(side.codes, (code) => (code < 0 ? missing : known.groupOf(code))),
  };
}

/** The most frequent categories that may be named, `count` at most. */
export function frequentLevels(train: ScoredValues & { readonly kind: "category" }, count: number): number[] {
  const rows = new Uint32Array(train.levels);
  for (const code of train.codes) if (code >= 0) rows[code] = rows[code]! + 1;
  return Array.from(rows.keys())
    .filter((level) => rows[level]! >= MIN_GROUP_ROWS)
    .sort((a, b) => rows[b]! - rows[a]! || a - b)
    .slice(0, count);
}

/** `name`, or another word where a category is called so. */
export function freeLabel(taken: readonly string[], name: string): string {
  let label = name;
  for (let i = 0; taken.includes(label); i++) label = `${name} values${i === 0 ? "" : ` ${i + 1}`}`;
  return label;
}

/** Groups of known values. */
interface KnownGroups {
  readonly labels: readonly string[];
  readonly groupOf: (value: number) => number;
}

function hasMissing(side: ScoredValues): boolean {
  return side.kind === "number" ? side.values.some(Number.isNaN) : side.codes.some((code) => code < 0);
}

function numberGroups(meta: ScoredColumn, train: Float64Array): KnownGroups {
  const edges = groupEdges(train.filter((value) => !Number.isNaN(value)).sort(), meta);
  const count = edges.length;
  if (count === 0) return { labels: ["any value"], groupOf: () => 0 };
  const inner = Array.from(edges.subarray(1), (edge, i) => span(meta, edges[i]!, edge));
  const labels = [`up to ${meta.write(edges[0]!)}`, ...inner, `above ${meta.write(edges[count - 1]!)}`];
  return { labels, groupOf: (value) => countBelow(edges, value) };
}

/** A bin of more units than this is written with its neighbour's edge, "1300 to 2500" instead of "1300.001 to 2500". */
export const WIDE_UNITS = 100;

/** The values above `below` up to `to`. */
function span({ unit, write }: ScoredColumn, below: number, to: number): string {
  const [low, high] = [write(to - below > WIDE_UNITS * unit ? below : below + unit), write(to)];
  return low === high ? high : `${low} to ${high}`;
}

/** The largest value of each group but the last, ascending; each group holds five training rows or more. */
function groupEdges(sorted: Float64Array, meta: ScoredColumn): Float64Array {
  const deciles = Array.from({ length: TOP - 1 }, (_, i) => sorted[Math.ceil(((i + 1) / TOP) * sorted.length) - 1]!);
  const distinct = sorted.length < TOP ? [] : [...new Set(deciles)];
  const edges: number[] = [];
  let below = 0;
  distinct.forEach((edge, i) => {
    const gap = Math.min(edge - (distinct[i - 1] ?? -Infinity), (distinct[i + 1] ?? Infinity) - edge);
    // A lone edge is left as it is.
    const rounded = roundTo(edge, Number.isFinite(gap) ? roundStep(meta, gap / 10) : undefined, Math.ceil);
    const upTo = countAtMost(sorted, rounded);
    if (upTo - below < MIN_GROUP_ROWS || sorted.length - upTo < MIN_GROUP_ROWS) return;
    edges.push(rounded);
    below = upTo;
  });
  return Float64Array.from(edges);
}

function categoryGroups(
  { dictionary }: ScoredColumn,
  train: ScoredValues & { readonly kind: "category" },
  sides: readonly ScoredValues[],
): KnownGroups {
  const named = frequentLevels(train, TOP);
  const groups = new Uint8Array(train.levels).fill(named.length);
  named.forEach((level, group) => {
    groups[level] = group;
  });
  const labels = named.map((level) => dictionary[level]!);
  const others = sides.some(
    (side) => side.kind === "category" && side.codes.some((code) => code >= 0 && groups[code] === named.length),
  );
  return { labels: others ? [...labels, freeLabel(labels, "other")] : labels, groupOf: (code) => groups[code]! };
}
