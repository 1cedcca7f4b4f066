import type { RandomStream } from "../../core/random.js";
import type { Figure } from "../report-schema.js";

/** How well a score tells members from non-members; 95 % bootstrap intervals unless `level` says otherwise. */
export interface MembershipCurve {
  /** Area under the curve: P(member's score > non-member's) + P(equal) / 2; .5 = guessing. */
  readonly auc: Figure;
  /**
   * Share of members found at a false positive rate of at most 1 %: those above so many non-members that one more held-out row
   * would stand there with a probability of 1 % at most. .01 = guessing.
   */
  readonly truePositivesAt1Percent: Figure;
  /** The same at .1 %. Each is unavailable where fewer than two false alarms are to be expected. */
  readonly truePositivesAt01Percent: Figure;
}

const RESAMPLES = 300;
/** With fewer false alarms to be expected a rate hangs on one row. */
const LEAST_FALSE_ALARMS = 2;

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
    truePositivesAt1Percent: tooFew(nonMembers, 0.01) ?? figureOf((s) => s.at1Percent),
    truePositivesAt01Percent: tooFew(nonMembers, 0.001) ?? figureOf((s) => s.at01Percent),
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
  const alarmsAt1Percent = Math.floor(0.01 * (nonMembers + 1)) - 1;
  const alarmsAt01Percent = Math.floor(0.001 * (nonMembers + 1)) - 1;
  for (let rank = 0; rank < memberCounts.length; rank++) {
    const alarms = nonMemberCounts[rank]!;
    area += alarms * (found + memberCounts[rank]! / 2);
    found += memberCounts[rank]!;
    falseAlarms += alarms;
    if (falseAlarms <= alarmsAt1Percent) at1Percent = found;
    if (falseAlarms <= alarmsAt01Percent) at01Percent = found;
  }
  return {
    auc: area / (members * nonMembers),
    at1Percent: at1Percent / members,
    at01Percent: at01Percent / members,
  };
}

function tooFew(nonMembers: number, rate: number): Figure | undefined {
  const needed = LEAST_FALSE_ALARMS / rate;
  if (nonMembers >= needed) return undefined;
  const reason = `at ${100 * rate} % false alarms it hangs on single rows: needs ${needed.toLocaleString("en-US")} held-out rows to attack; there are ${nonMembers.toLocaleString("en-US")}`;
  return { status: "unavailable", reason };
}
