import type { RandomStream } from "../../core/random.js";
import type { Figure } from "../report-schema.js";
import { closestDistances } from "./closest-record.js";
import { type CodedTable, takeCodedRows } from "./coded-table.js";
import { makeRowIndex } from "./identical-matches.js";
import { logDistance } from "./log-distance.js";
import { nearestNeighbors } from "./nearest-neighbors.js";
import { type MembershipCurve, membershipCurve } from "./receiver-operating-curve.js";
import { sampleRows } from "./sample-rows.js";
import { type CodedShadow, shadowScores } from "./shadow-attack.js";

/** One score's success at telling training rows from held-out rows. */
export interface MembershipAttack extends MembershipCurve {
  readonly name: "distance" | "density ratio" | "shadow models";
  /** 2 AUC - 1, clipped to 0..1: 0 = guessing, 1 = every training row is recognised. */
  readonly risk: Figure;
}

/** What was attacked, or why nothing was. */
export type Membership =
  | { readonly kind: "attacked"; readonly attacks: readonly MembershipAttack[] }
  | { readonly kind: "unavailable"; readonly reason: string };

export interface MembershipOptions {
  /** Members and non-members that are attacked, at most, each. */
  readonly rowLimit: number;
  /** Tables of models trained on known parts of the training and held-out rows: a third score. */
  readonly shadows?: readonly CodedShadow[] | undefined;
  readonly random: RandomStream;
  readonly signal?: AbortSignal | undefined;
}

/** Fewer members or non-members give no interval worth printing. */
const LEAST_MEMBERS = 20;
/**
 * Neighbours that the population's density is read from. Of the synthetic one it is the nearest: a copy is one row, and five
 * neighbours do not see it (on adult with 5 % copies 1.0 % of members are found at 1 % false alarms, with one neighbour 4.7 %).
 */
const POPULATION_NEIGHBORS = 5;

/**
 * Membership inference by two scores, three with shadow models: minus the distance to the closest synthetic record; the ratio of
 * the synthetic to the population's density (DOMIAS, van Breugel et al. 2023, arXiv:2302.12580), each read from distances to
 * neighbours, the population's from held-out rows that are not attacked; and shadowScores. Members are training rows, non-members
 * held-out rows, equally many. A member that equals a non-member is left out with it: knowing the row does not tell which of the
 * two somebody is, and left in they would draw every figure towards guessing. Equal rows of one side are attacked once. Intervals are widened for the number of scores.
 */
export async function inferMembership(
  train: CodedTable,
  synthetic: CodedTable,
  holdout: CodedTable,
  options: MembershipOptions,
): Promise<Membership> {
  const { random, signal, shadows = [] } = options;
  const count = Math.min(options.rowLimit, train.rowCount, Math.floor(holdout.rowCount / 2));
  if (count < LEAST_MEMBERS) return { kind: "unavailable", reason: "needs 20 training and 40 held-out rows and more" };
  const shuffled = sampleRows(holdout.rowCount, holdout.rowCount, random.fork("non-members"));
  const { memberRows, nonMemberRows } = leaveOutEqual(
    { table: train, rows: sampleRows(train.rowCount, count, random.fork("members")) },
    { table: holdout, rows: shuffled.subarray(0, count) },
  );
  if (Math.min(memberRows.length, nonMemberRows.length) < LEAST_MEMBERS) {
    const reason = "nearly all training rows equal held-out rows: a row alone does not tell whose it is";
    return { kind: "unavailable", reason };
  }
  const members = takeCodedRows(train, memberRows);
  const nonMembers = takeCodedRows(holdout, nonMemberRows);
  const population = takeCodedRows(holdout, shuffled.subarray(count));
  const nearest = async (reference: CodedTable, queries: CodedTable) =>
    closestDistances(await nearestNeighbors(reference, queries, 1, signal));
  const toPopulation = async (queries: CodedTable) => {
    const k = Math.min(POPULATION_NEIGHBORS, population.rowCount);
    const { distances } = await nearestNeighbors(population, queries, k, signal);
    return distances.filter((_, at) => at % k === k - 1);
  };
  const memberDistances = await nearest(synthetic, members);
  const nonMemberDistances = await nearest(synthetic, nonMembers);
  const scores: [MembershipAttack["name"], Float64Array, Float64Array][] = [
    ["distance", memberDistances.map(minus), nonMemberDistances.map(minus)],
    [
      "density ratio",
      densityRatios(memberDistances, await toPopulation(members)),
      densityRatios(nonMemberDistances, await toPopulation(nonMembers)),
    ],
  ];
  if (shadows.length > 0) {
    const trainRows = train.rowCount;
    const sides = [
      { rows: memberRows, queries: members, released: memberDistances },
      { rows: nonMemberRows.map((row) => trainRows + row), queries: nonMembers, released: nonMemberDistances },
    ] as const;
    scores.push(["shadow models", ...(await shadowScores(sides, shadows, signal))]);
  }
  const attacks = scores.map(([name, of, others]): MembershipAttack => {
    const curve = membershipCurve(of, others, random.fork(`bootstrap ${name}`), 1 - 0.05 / scores.length);
    return { name, ...curve, risk: advantage(curve.auc) };
  });
  return { kind: "attacked", attacks };
}

interface ChosenRows {
  readonly table: CodedTable;
  readonly rows: Uint32Array;
}

/**
 * Members and non-members without those that equal one of the other side, and equal rows of a side once: what one side loses by
 * chance the other loses too, and equal rows, which stand or fall together, are no independent evidence.
 */
function leaveOutEqual(members: ChosenRows, nonMembers: ChosenRows) {
  const take = ({ table, rows }: ChosenRows) => {
    const taken = takeCodedRows(table, rows);
    return { rows, taken, index: makeRowIndex(taken) };
  };
  const [one, other] = [take(members), take(nonMembers)];
  const without = (side: typeof one, opposite: typeof one) =>
    side.rows.filter((_, at) => opposite.index.find(side.taken, at) < 0 && side.index.find(side.taken, at) === at);
  return { memberRows: without(one, other), nonMemberRows: without(other, one) };
}

function densityRatios(toSynthetic: Float64Array, toPopulation: Float64Array): Float64Array {
  return toSynthetic.map((distance, row) => logDistance(toPopulation[row]!) - logDistance(distance));
}

function minus(value: number): number {
  return -value;
}

function advantage(auc: Figure): Figure {
  const scale = (value: number | undefined) => Math.max(0, 2 * (value ?? 0.5) - 1);
  return { ...auc, value: scale(auc.value), low: scale(auc.low), high: scale(auc.high) };
}
