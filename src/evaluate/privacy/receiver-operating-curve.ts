import type { RandomStream } from "../../core/random.js";
import type { Figure } from "../report-schema.js";

/** How well a score tells members from non-members; 95 % bootstrap intervals unless `level` says otherwise. */
export interface MembershipCurve {
  /** Area under the curve: P(member's score > non-member's) + P(equal) / 2; .5 = guessing. */
  readonly auc: Figure;
  /** Largest share of members found at a false positive rate of at most 1 %. */
  readonly truePositivesAt1Percent: Figure;
  /** The same at .1 %; unavailable with fewer than 1,000 non-members. */
  readonly truePositivesAt01Percent: Figure;
}

const RESAMPLES = 300;

/**
 * Area under the receiver operating curve and true positive rates at low false positive rates (Carlini et al. 2022,
 * doi:10.1109/SP46214.2022.9833649), with percentile bootstrap intervals over members and non-members.
 */
export function membershipCurve(
  memberScores: Float64Array,
  nonMemberScores: Float64Array,
  random: RandomStream,
  level = 0.95,
): MembershipCurve {
  const members = memberScores.length;
  const nonMembers = nonMemberScores.length;
  const { memberRanks, nonMemberRanks, ranks } = rankScores(memberScores, nonMemberScores);
  const value = statistics(countRanks(memberRanks, ranks), countRanks(nonMemberRanks, ranks), members, nonMembers);
  const resampled = Array.from({ length: RESAMPLES }, () =>
    statistics(drawRanks(memberRanks, ranks, random), drawRanks(nonMemberRanks, ranks, random), members, nonMembers),
  );
  const figureOf = (pick: (s: Statistics) => number): Figure => {
    const sorted = resampled.map(pick).sort((a, b) => a - b);
    const tail = Math.floor(((1 - level) / 2) * RESAMPLES);
    return {
      value: pick(value),
      low: sorted[tail]!,
      high: sorted[RESAMPLES - 1 - tail]!,
      n: members + nonMembers,
      status: "ok",
    };
  };
  return {
    auc: figureOf((s) => s.auc),
    truePositivesAt1Percent: nonMembers >= 100 ? figureOf((s) => s.at1Percent) : tooFew(nonMembers, 100),
    truePositivesAt01Percent: nonMembers >= 1000 ? figureOf((s) => s.at01Percent) : tooFew(nonMembers, 1000),
  };
}

interface Statistics {
  readonly auc: number;
  readonly at1Percent: number;
  readonly at01Percent: number;
}

/** Every score's rank among the distinct scores, highest first. */
function rankScores(memberScores: Float64Array, nonMemberScores: Float64Array) {
  const distinct = [...new Set([...memberScores, ...nonMemberScores])].sort((a, b) => b - a);
  const rankOf = new Map(distinct.map((score, rank) => [score, rank]));
  const toRanks = (scores: Float64Array) => Uint32Array.from(scores, (score) => rankOf.get(score)!);
  return { memberRanks: toRanks(memberScores), nonMemberRanks: toRanks(nonMemberScores), ranks: distinct.length };
}

function countRanks(rankOfRow: Uint32Array, ranks: number): Uint32Array {
  const counts = new Uint32Array(ranks);
  for (const rank of rankOfRow) counts[rank]!++;
  return counts;
}

function drawRanks(rankOfRow: Uint32Array, ranks: number, random: RandomStream): Uint32Array {
  const counts = new Uint32Array(ranks);
  for (let i = 0; i < rankOfRow.length; i++) counts[rankOfRow[random.integer(rankOfRow.length)]!]!++;
  return counts;
}

/** The curve's figures from the counts at each rank, highest score first. */
function statistics(
  memberCounts: Uint32Array,
  nonMemberCounts: Uint32Array,
  members: number,
  nonMembers: number,
): Statistics {
  let found = 0;
  let falseAlarms = 0;
  let area = 0;
  let at1Percent = 0;
  let at01Percent = 0;
  for (let rank = 0; rank < memberCounts.length; rank++) {
    const alarms = nonMemberCounts[rank]!;
    area += alarms * (found + memberCounts[rank]! / 2);
    found += memberCounts[rank]!;
    falseAlarms += alarms;
    if (falseAlarms <= 0.01 * nonMembers) at1Percent = found;
    if (falseAlarms <= 0.001 * nonMembers) at01Percent = found;
  }
  return {
    auc: area / (members * nonMembers),
    at1Percent: at1Percent / members,
    at01Percent: at01Percent / members,
  };
}

function tooFew(nonMembers: number, needed: number): Figure {
  return { status: "unavailable", reason: `needs ${needed} held-out rows that were not used; there are ${nonMembers}` };
}
