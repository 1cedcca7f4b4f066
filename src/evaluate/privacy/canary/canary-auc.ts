import type { RandomStream } from "../../../core/random.js";
import type { Figure } from "../../report-schema.js";
import type { CanaryScores } from "./guess-canaries.js";

const RESAMPLES = 400;

/**
 * The AUC of planted against other canaries, mean over trainings, with a bootstrap interval over canaries: a canary is drawn with
 * all its trainings. Trainings in which all canaries or none were planted are left out; unavailable where there is no other.
 */
export function canaryAuc(trainings: readonly CanaryScores[], level: number, random: RandomStream): Figure {
  const canaries = trainings[0]?.scores.length ?? 0;
  const ranked = trainings.map(rankTraining);
  const value = meanAuc(
    ranked,
    Uint32Array.from({ length: canaries }, (_, at) => at),
  );
  if (value === undefined) return { status: "unavailable", reason: "needs planted canaries and others" };
  const resampled: number[] = [];
  for (let sample = 0; sample < RESAMPLES; sample++) {
    const drawn = meanAuc(
      ranked,
      Uint32Array.from({ length: canaries }, () => random.integer(canaries)),
    );
    if (drawn !== undefined) resampled.push(drawn);
  }
  resampled.sort((a, b) => a - b);
  const tail = Math.floor(((1 - level) / 2) * resampled.length);
  const [low, high] = [resampled[tail], resampled[resampled.length - 1 - tail]];
  return { value, low: low ?? 0, high: high ?? 1, n: canaries, status: "ok" };
}

interface RankedTraining {
  /** [canaries] Place of the score among the different scores, lowest first. */
  readonly ranks: Uint32Array;
  readonly rankCount: number;
  readonly planted: Uint8Array;
}

function rankTraining({ scores, planted }: CanaryScores): RankedTraining {
  const different = new Float64Array(new Set(scores)).sort();
  const rankOf = new Map(Array.from(different, (score, rank) => [score, rank]));
  return { ranks: Uint32Array.from(scores, (score) => rankOf.get(score)!), rankCount: different.length, planted };
}

/** Of the canaries `rows`, repeats allowed. */
function meanAuc(trainings: readonly RankedTraining[], rows: Uint32Array): number | undefined {
  const values = trainings.map((training) => aucOf(training, rows)).filter((value) => !Number.isNaN(value));
  return values.length === 0 ? undefined : values.reduce((a, b) => a + b) / values.length;
}

function aucOf({ ranks, rankCount, planted }: RankedTraining, rows: Uint32Array): number {
  const counts = [new Uint32Array(rankCount), new Uint32Array(rankCount)] as const;
  for (const row of rows) counts[planted[row] === 1 ? 1 : 0][ranks[row]!]!++;
  let othersBelow = 0;
  let plantedSum = 0;
  let area = 0;
  for (let rank = 0; rank < rankCount; rank++) {
    const [others, plantedHere] = [counts[0][rank]!, counts[1][rank]!];
    area += plantedHere * (othersBelow + others / 2);
    othersBelow += others;
    plantedSum += plantedHere;
  }
  return area / (plantedSum * othersBelow);
}
