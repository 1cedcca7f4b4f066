import { probit } from "simple-statistics";
import { auc } from "../../stats/auc.js";
import { aucVariance } from "../../stats/auc-variance.js";
import type { Figure, Report } from "../report-schema.js";
import { closestDistances, nearerToTrainShare } from "./closest-record.js";
import { firstRows } from "./coded-table.js";
import type { ClosestRecords } from "./find-closest-records.js";
import { nearestNeighbors } from "./nearest-neighbors.js";
import type { Audit } from "./prepare-audit.js";
import { listRowGroups, type RowGroup } from "./row-groups.js";
import { affordableQueries } from "./row-search.js";

type Group = NonNullable<Report["privacy"]["groups"]>[number];

/** Members or non-members of a group; fewer give no interval worth printing. */
const LEAST_MEMBERS = 20;

/**
 * Rows that leaks hide in, by themselves: their share nearer to training, and how well the group's training rows are told from
 * its held-out rows by their distance to the closest synthetic row. Intervals are widened after Bonferroni for two figures of
 * each group. The one that leans most to training first. Undefined without held-out rows. Throws E_INTERRUPTED.
 */
export async function scoreGroups(
  audit: Audit,
  records: ClosestRecords,
  signal?: AbortSignal,
): Promise<Group[] | undefined> {
  const { train, synthetic, holdout } = audit;
  const { toTrain, beside } = records;
  if (holdout === undefined || beside === undefined) return undefined;
  const groups = listRowGroups(audit, holdout, records.queries);
  const z = probit(1 - 0.025 / (2 * Math.max(1, groups.length)));
  const attacked = affordableQueries(synthetic.sample, train.sample);
  const [people, others] = [firstRows(train.sample, attacked), firstRows(holdout.sample, attacked)];
  const members = closestDistances(await nearestNeighbors(synthetic.sample, people, 1, signal));
  const nonMembers = closestDistances(await nearestNeighbors(synthetic.sample, others, 1, signal));
  const score = ({ rowsOf, ...group }: RowGroup): Group => {
    const chosen = rowsOf(records.queries);
    const distances = (of: Float64Array, rows: Uint32Array) => Float64Array.from(rows, (row) => of[row]!);
    return {
      ...group,
      trainRows: rowsOf(train.all).length,
      syntheticRows: rowsOf(synthetic.all).length,
      dcrShare: nearerToTrainShare(toTrain, beside.toHoldout, chosen, z).figure,
      membership: tellMembers(distances(members, rowsOf(people)), distances(nonMembers, rowsOf(others)), z),
    };
  };
  return groups.map(score).sort((a, b) => leaning(b) - leaning(a));
}

function leaning({ dcrShare, membership }: Group): number {
  return Math.max(dcrShare.low ?? 0, membership?.low ?? 0);
}

/**
 * AUC of minus the distance, .5 = guessing. The variance is DeLong's or, where greater, Mann and Whitney's under no difference:
 * of few rows, or where all members are nearer, the former is too small.
 */
function tellMembers(members: Float64Array, nonMembers: Float64Array, z: number): Figure {
  const [m, n] = [members.length, nonMembers.length];
  if (Math.min(m, n) < LEAST_MEMBERS) {
    return { status: "unavailable", reason: `needs ${LEAST_MEMBERS} training and held-out rows of the group` };
  }
  const scores = Float64Array.from([...members, ...nonMembers], (distance) => -distance);
  const labels = scores.map((_, row) => (row < m ? 1 : 0));
  const value = auc(scores, labels);
  const margin = z * Math.sqrt(Math.max(aucVariance(scores, labels), (m + n + 1) / (12 * m * n)));
  return { value, low: Math.max(0, value - margin), high: Math.min(1, value + margin), n: m + n, status: "ok" };
}
