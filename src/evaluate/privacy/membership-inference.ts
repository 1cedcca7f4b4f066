import type { RandomStream } from "../../core/random.js";
import type { Figure } from "../report-schema.js";
import { closestDistances } from "./closest-record.js";
import { type CodedTable, takeCodedRows } from "./coded-table.js";
import { nearestNeighbors } from "./nearest-neighbors.js";
import { type MembershipCurve, membershipCurve } from "./receiver-operating-curve.js";
import { sampleRows } from "./sample-rows.js";

/** One score's success at telling training rows from held-out rows. */
export interface MembershipAttack extends MembershipCurve {
  readonly name: "distance" | "density ratio";
  /** 2 AUC - 1, clipped to 0..1: 0 = guessing, 1 = every training row is recognised. */
  readonly risk: Figure;
}

/** Added to distances before the logarithm: a row that is met exactly is not infinitely dense. */
const SMOOTHING = 1e-3;
/** Fewer members or non-members give no interval worth printing. */
const LEAST_MEMBERS = 20;

/**
 * Membership inference by two scores: minus the distance to the closest synthetic record, and the ratio of the synthetic
 * to the population's density (DOMIAS, van Breugel et al. 2023, arXiv:2302.12580), each density from the nearest neighbour,
 * the population's from held-out rows that are not attacked. Members are training rows, non-members held-out rows, equally
 * many, at most `rowLimit`. Intervals are widened for the two scores. Undefined with fewer than 40 held-out rows.
 */
export async function inferMembership(
  train: CodedTable,
  synthetic: CodedTable,
  holdout: CodedTable,
  rowLimit: number,
  random: RandomStream,
  signal?: AbortSignal,
): Promise<readonly MembershipAttack[] | undefined> {
  const count = Math.min(rowLimit, train.rowCount, Math.floor(holdout.rowCount / 2));
  if (count < LEAST_MEMBERS || synthetic.rowCount === 0) return undefined;
  const shuffled = sampleRows(holdout.rowCount, holdout.rowCount, random.fork("non-members"));
  const members = takeCodedRows(train, sampleRows(train.rowCount, count, random.fork("members")));
  const nonMembers = takeCodedRows(holdout, shuffled.subarray(0, count));
  const population = takeCodedRows(holdout, shuffled.subarray(count));
  const nearest = async (reference: CodedTable, queries: CodedTable) =>
    closestDistances(await nearestNeighbors(reference, queries, 1, signal));
  const memberDistances = await nearest(synthetic, members);
  const nonMemberDistances = await nearest(synthetic, nonMembers);
  const memberRatios = densityRatios(memberDistances, await nearest(population, members));
  const nonMemberRatios = densityRatios(nonMemberDistances, await nearest(population, nonMembers));
  const minus = (distances: Float64Array) => distances.map((distance) => -distance);
  const attack = (name: MembershipAttack["name"], of: Float64Array, others: Float64Array): MembershipAttack => {
    const curve = membershipCurve(of, others, random.fork(`bootstrap ${name}`), 0.975);
    return { name, ...curve, risk: advantage(curve.auc) };
  };
  return [
    attack("distance", minus(memberDistances), minus(nonMemberDistances)),
    attack("density ratio", memberRatios, nonMemberRatios),
  ];
}

function densityRatios(toSynthetic: Float64Array, toPopulation: Float64Array): Float64Array {
  return toSynthetic.map((distance, row) => Math.log(toPopulation[row]! + SMOOTHING) - Math.log(distance + SMOOTHING));
}

function advantage(auc: Figure): Figure {
  const scale = (value: number | undefined) => Math.max(0, 2 * (value ?? 0.5) - 1);
  return { ...auc, value: scale(auc.value), low: scale(auc.low), high: scale(auc.high) };
}
