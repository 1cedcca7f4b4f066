import type { Table } from "../../table/table.js";
import { closestDistances } from "./closest-record.js";
import { type CodedTable, codeTable } from "./coded-table.js";
import { type AuditTables, fitGowerSpace } from "./gower-space.js";
import { likelihoodRatios } from "./likelihood-ratio.js";
import { logDistance } from "./log-distance.js";
import { nearestNeighbors } from "./nearest-neighbors.js";

/** The table of a model that was trained, as the released one was, on a known part of the real rows. */
export interface ShadowTable {
  readonly synthetic: Table;
  /** Rows that it was trained on: numbers among the training rows (0 = first), then the held-out rows. */
  readonly members: ArrayLike<number>;
}

/** A shadow model's table in the audit's coding. */
export interface CodedShadow {
  readonly synthetic: CodedTable;
  /** [training rows + held-out rows] 1 = trained on. */
  readonly trainedOn: Uint8Array;
}

/** Rows that are attacked. */
export interface ShadowTargets {
  /** [targets] Their numbers among training rows, then held-out rows. */
  readonly rows: Uint32Array;
  readonly queries: CodedTable;
  /** [targets] Distances to the closest released record. */
  readonly released: Float64Array;
}

/** The shadow models' tables in the coding of the audited ones. Throws E_PRIVACY_COLUMN. */
export function codeShadows(
  options: AuditTables & { readonly columns: readonly string[]; readonly shadows?: readonly ShadowTable[] | undefined },
): readonly CodedShadow[] {
  const { shadows = [], train, holdout, columns } = options;
  if (shadows.length === 0) return [];
  const space = fitGowerSpace(options, columns);
  return shadows.map(({ synthetic, members }) => {
    const trainedOn = new Uint8Array(train.rowCount + (holdout?.rowCount ?? 0));
    for (let i = 0; i < members.length; i++) trainedOn[members[i]!] = 1;
    return { synthetic: codeTable(space, synthetic), trainedOn };
  });
}

/**
 * Scores of members and of non-members by shadow models (Stadler et al. 2022, arXiv:2011.07018, for synthetic tables): the
 * likelihood ratio of the logarithm of the distance to the closest record, in the released table against those of shadow models
 * that knew the row and those that did not. The density ratio would be no second score: the population's density is the same in
 * all tables, and what a target has in all tables the ratio of likelihoods knows already.
 */
export async function shadowScores(
  [members, nonMembers]: readonly [ShadowTargets, ShadowTargets],
  shadows: readonly CodedShadow[],
  signal?: AbortSignal,
): Promise<[Float64Array, Float64Array]> {
  const both = [members, nonMembers] as const;
  const statistics = [];
  for (const { synthetic, trainedOn } of shadows) {
    const distances = [];
    for (const { queries } of both) distances.push(await nearestNeighbors(synthetic, queries, 1, signal));
    const rows = [...members.rows, ...nonMembers.rows];
    statistics.push({
      values: join(distances.map(closestDistances)).map(logDistance),
      trainedOn: Uint8Array.from(rows, (row) => trainedOn[row]!),
    });
  }
  const released = join(both.map((targets) => targets.released)).map(logDistance);
  const ratios = likelihoodRatios(released, statistics);
  return [ratios.slice(0, members.rows.length), ratios.slice(members.rows.length)];
}

function join(parts: readonly Float64Array[]): Float64Array {
  return Float64Array.from(parts.flatMap((part) => [...part]));
}
