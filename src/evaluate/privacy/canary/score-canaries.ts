import type { Table } from "../../../table/table.js";
import { closestDistances } from "../closest-record.js";
import { codeTable } from "../coded-table.js";
import { fitGowerSpace } from "../gower-space.js";
import { logDistance } from "../log-distance.js";
import { nearestNeighbors } from "../nearest-neighbors.js";
import type { CanaryScores } from "./guess-canaries.js";

/** What canaries are looked for in. */
export interface CanaryTables {
  /** The rows that every training had. */
  readonly real: Table;
  readonly canaries: Table;
  /** Records of the canaries' kind that no training had. */
  readonly references: Table;
  /** Names of the columns to compare. */
  readonly columns: readonly string[];
  readonly runs: readonly CanaryRun[];
}

/** One training. */
export interface CanaryRun {
  /** [canaries] 1 = planted. */
  readonly planted: Uint8Array;
  readonly release: Table;
}

/** One score in one training. */
export interface ScoredCanaries extends CanaryScores {
  /** [references] */
  readonly references: Float64Array;
}

/**
 * Two scores of every canary and reference in each training: minus the distance to the closest released record, and the ratio of
 * the release's density to that of the real rows, each read from the closest record. Throws E_PRIVACY_COLUMN, E_INTERRUPTED.
 */
export async function scoreCanaries(tables: CanaryTables, signal?: AbortSignal): Promise<ScoredCanaries[]> {
  const { real, columns, runs } = tables;
  const scored: ScoredCanaries[] = [];
  for (const [run, { release, planted }] of runs.entries()) {
    const space = fitGowerSpace({ train: real, synthetic: release }, columns);
    const nearest = async (reference: Table, queries: Table) =>
      closestDistances(await nearestNeighbors(codeTable(space, reference), codeTable(space, queries), 1, signal));
    const distances = async (reference: Table) => ({
      scores: await nearest(reference, tables.canaries),
      references: await nearest(reference, tables.references),
    });
    const toRelease = await distances(release);
    const toReal = await distances(real);
    const score = (name: string, of: (side: "scores" | "references") => Float64Array) =>
      scored.push({ name, run, planted, scores: of("scores"), references: of("references") });
    score("distance", (side) => toRelease[side].map((distance) => -distance));
    score("density ratio", (side) =>
      toRelease[side].map((distance, row) => logDistance(toReal[side][row]!) - logDistance(distance)),
    );
  }
  return scored;
}
