import { quantileSorted } from "simple-statistics";
import { countAtMost, countBelow } from "../../../stats/sorted-search.js";
import type { PatternCondition } from "../../report-schema.js";
import type { ScoredColumn, ScoredTables, ScoredValues } from "../../scored-table.js";
import { frequentLevels, MIN_GROUP_ROWS, WIDE_UNITS } from "../column-groups.js";
import { roundStep, roundTo } from "../round-step.js";

/** Consecutive groups of one column: a range of numbers, a category, or what is missing. */
export interface GroupRange {
  /** Position of the column. */
  readonly column: number;
  /** The first and the last group, both included. */
  readonly first: number;
  readonly last: number;
}

/** A column cut into groups that may be named: none of its names or edges comes from fewer than five training rows. */
export interface TellingGroups {
  /** Groups of known values, 0..count-1. */
  readonly count: number;
  /** Whether neighbouring groups can be one range: numbers. */
  readonly isOrdered: boolean;
  /** Ranges that can be a condition. */
  readonly ranges: readonly Omit<GroupRange, "column">[];
  /** [rows]; MISSING_GROUP, or UNNAMED_GROUP for categories that are not named. */
  codesOf(values: ScoredValues): Uint8Array;
  /** The range in words. */
  conditionOf(range: Omit<GroupRange, "column">): PatternCondition;
}

export const MISSING_GROUP = 255;
const UNNAMED_GROUP = 254;

/** Categories that are named, at most. */
const MAX_NAMED = 20;
/** Cuts of a number at quantiles, at most. */
const QUANTILES = 12;
/** A number in so large a share of the training rows is a group of its own. */
const SPIKE_SHARE = 0.02;

/** Groups of a column, decided on the training rows. */
export function tellingGroups(tables: ScoredTables, at: number): TellingGroups {
  const meta = tables.columns[at]!;
  const train = tables.train.columns[at]!;
  return train.kind === "number" ? numberGroups(meta, train.values) : categoryGroups(meta, train);
}

function categoryGroups(meta: ScoredColumn, train: ScoredValues & { kind: "category" }): TellingGroups {
  const named = frequentLevels(train, MAX_NAMED);
  const groupOf = new Uint8Array(train.levels).fill(UNNAMED_GROUP);
  for (const [group, level] of named.entries()) groupOf[level] = group;
  return {
    count: named.length,
    isOrdered: false,
    ranges: [...named.map((_, group) => ({ first: group, last: group })), MISSING],
    codesOf: (values) => {
      const codes = values.kind === "category" ? values.codes : [];
      return Uint8Array.from(codes, (code) => (code < 0 ? MISSING_GROUP : (groupOf[code] ?? UNNAMED_GROUP)));
    },
    conditionOf: ({ first }) =>
      first === MISSING_GROUP
        ? missingCondition(meta)
        : { column: meta.name, relation: "is", values: [meta.dictionary[named[first]!]!] },
  };
}

const MISSING = { first: MISSING_GROUP, last: MISSING_GROUP };

function missingCondition({ name }: ScoredColumn): PatternCondition {
  return { column: name, relation: "is missing", values: [] };
}

/** Between two groups of numbers: values up to `at` lie below. */
interface Cut {
  readonly at: number;
  /** The largest value below and the smallest one above, as written. */
  readonly below: string;
  readonly above: string;
}

function numberGroups(meta: ScoredColumn, train: Float64Array): TellingGroups {
  const cuts = numberCuts(meta, train.filter((value) => !Number.isNaN(value)).sort());
  const edges = Float64Array.from(cuts, ({ at }) => at);
  const count = cuts.length + 1;
  const groups = Array.from({ length: count }, (_, group) => group);
  const ranges = [
    ...groups.slice(0, -1).map((group) => ({ first: 0, last: group })),
    ...groups.slice(1).map((group) => ({ first: group, last: count - 1 })),
    ...groups.slice(1, -1).map((group) => ({ first: group, last: group })),
    MISSING,
  ];
  return {
    count,
    isOrdered: true,
    ranges,
    codesOf: (values) => {
      const numbers = values.kind === "number" ? values.values : [];
      return Uint8Array.from(numbers, (value) => (Number.isNaN(value) ? MISSING_GROUP : countBelow(edges, value)));
    },
    conditionOf: (range) =>
      range.first === MISSING_GROUP ? missingCondition(meta) : numberCondition(meta.name, cuts, range),
  };
}

function numberCondition(column: string, cuts: readonly Cut[], range: Omit<GroupRange, "column">): PatternCondition {
  const low = cuts[range.first - 1];
  const high = cuts[range.last];
  if (low === undefined && high === undefined) return { column, relation: "is known", values: [] };
  if (low === undefined) return { column, relation: "up to", values: [high!.below] };
  if (high === undefined) return { column, relation: "above", values: [low.below] };
  if (low.above === high.below) return { column, relation: "is", values: [low.above] };
  return { column, relation: "from", values: [low.above, high.below] };
}

/** Cuts at quantiles, at round values, and on both sides of frequent values; five training rows or more beyond each. */
function numberCuts(meta: ScoredColumn, sorted: Float64Array): Cut[] {
  if (sorted.length < 4 * MIN_GROUP_ROWS) return [];
  const quantiles = Array.from({ length: QUANTILES - 1 }, (_, i) =>
    quantileSorted(sorted as never, (i + 1) / QUANTILES),
  );
  const spikes = frequentValues(sorted);
  const cuts = new Map<number, Cut>();
  const add = (cut: Cut): void => {
    const upTo = countAtMost(sorted, cut.at);
    if (upTo >= MIN_GROUP_ROWS && sorted.length - upTo >= MIN_GROUP_ROWS) cuts.set(cut.at, cut);
  };
  for (const [i, value] of quantiles.entries()) {
    const gap = Math.max(value - (quantiles[i - 1] ?? sorted[0]!), (quantiles[i + 1] ?? value) - value);
    const at = roundTo(value, roundStep(meta, gap / 10) ?? meta.unit, Math.floor);
    if (!spikes.includes(at)) add(cutAt(meta, at, gap > WIDE_UNITS * meta.unit));
  }
  for (const value of spikes) {
    add(cutAt(meta, value, false));
    // A hair below the value, so that numbers between it and the one before are not taken for it.
    add({ at: value - meta.unit / 1000, below: meta.write(value - meta.unit), above: meta.write(value) });
  }
  return [...cuts.values()].sort((a, b) => a.at - b.at);
}

function cutAt({ unit, write }: ScoredColumn, at: number, isWide: boolean): Cut {
  return { at, below: write(at), above: write(isWide ? at : at + unit) };
}

/** Values that a large share of the rows has, ascending. */
function frequentValues(sorted: Float64Array): number[] {
  const found: number[] = [];
  for (let start = 0; start < sorted.length; ) {
    const end = countAtMost(sorted, sorted[start]!);
    if (end - start >= SPIKE_SHARE * sorted.length && end - start >= MIN_GROUP_ROWS) found.push(sorted[start]!);
    start = end;
  }
  return found;
}
