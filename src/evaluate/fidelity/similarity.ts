import type { ScoredTable } from "../scored-table.js";

/** A similarity score with what its interval is computed from. */
export interface Similarity {
  /** 0..1; NaN where it cannot be computed. */
  readonly value: number;
  /** The same without the sample's rows of jackknife group i, [groups]; empty where no interval is asked for. */
  readonly leaveOut: readonly number[];
}

/** One table that is compared with real rows. */
export interface Sample {
  readonly table: ScoredTable;
  /** The real rows it is compared with: the training table, or one half of it. */
  readonly reference: ScoredTable;
  /** Jackknife group of each row, [rows], ascending where rows are in order of their groups; undefined: no interval. */
  readonly groups: Uint8Array | undefined;
}

/** What each of the real tables that the samples are compared with gives. */
export function mapReferences<Value>(
  samples: readonly Sample[],
  measure: (reference: ScoredTable) => Value,
): ReadonlyMap<ScoredTable, Value> {
  return new Map([...new Set(samples.map(({ reference }) => reference))].map((table) => [table, measure(table)]));
}

/** The mean of those that could be computed, group by group; NaN where none could. */
export function meanSimilarity(parts: readonly Similarity[]): Similarity {
  const known = parts.filter((part) => !Number.isNaN(part.value));
  if (known.length === 0) return { value: Number.NaN, leaveOut: [] };
  const mean = (pick: (part: Similarity) => number): number =>
    known.reduce((sum, part) => sum + pick(part), 0) / known.length;
  const groups = known.every((part) => part.leaveOut.length > 0) ? known[0]!.leaveOut.length : 0;
  const leaveOut = Array.from({ length: groups }, (_, group) => mean((part) => part.leaveOut[group]!));
  return { value: mean((part) => part.value), leaveOut };
}
