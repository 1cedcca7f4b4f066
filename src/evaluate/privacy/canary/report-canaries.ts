import type { RandomStream } from "../../../core/random.js";
import type { CanaryGuarantee, CanaryReport } from "../../contract/canary-schema.js";
import { quantileFigure } from "../closest-record.js";
import { canaryAuc } from "./canary-auc.js";
import { type CanaryFindings, canaryVerdict } from "./canary-verdict.js";
import { exposures, largestExposureByChance } from "./exposure.js";
import { boundEpsilon } from "./guess-canaries.js";
import type { ScoredCanaries } from "./score-canaries.js";

export interface CanaryStatisticsOptions {
  /** Of the bound on epsilon, in 0..1. */
  readonly confidence: number;
  readonly delta: number;
  readonly random: RandomStream;
  /** What was promised of the trainings, and what an audit of the mechanism found. */
  readonly guarantee?: CanaryGuarantee | undefined;
}

/** The statistics of a canary audit from the scores of every training, and what they mean in words. */
export function reportCanaries(
  scored: readonly ScoredCanaries[],
  tables: CanaryReport["tables"],
  options: CanaryStatisticsOptions,
): Omit<CanaryReport, "version" | "method"> {
  const { confidence, delta, random, guarantee } = options;
  const all = [...scored, ...compareTrainings(scored.filter(({ name }) => name === "density ratio"))];
  const names = [...new Set(all.map(({ name }) => name))];
  const trainingsOf = (name: string) => all.filter((one) => one.name === name);
  const scores = names.map((name) => ({
    name,
    auc: canaryAuc(trainingsOf(name), 1 - 0.05 / names.length, random.fork(`bootstrap ${name}`)),
  }));
  const best = scores.reduce((a, b) => ((b.auc.low ?? 0) > (a.auc.low ?? 0) ? b : a));
  const trainings = trainingsOf(best.name);
  const bound = boundEpsilon(scored, { confidence, delta });
  const findings: CanaryFindings = {
    tables,
    canaries: { made: trainings[0]!.scores.length, planted: trainings.map(({ planted }) => plantedOf(planted).length) },
    auc: best.auc,
    score: best.name,
    scores,
    exposure: describeExposure(trainings),
    epsilon: {
      lowerBound: bound.epsilon,
      largest: bound.largest,
      confidence,
      delta,
      guesses: bound.guesses,
      right: bound.right,
      score: bound.score,
      training: bound.run + 1,
    },
    ...(guarantee && { guarantee: { ...guarantee, refuted: guarantee.refuted || bound.epsilon > guarantee.epsilon } }),
  };
  return { ...findings, verdict: canaryVerdict(findings) };
}

/**
 * A third score, of two trainings: each record's score in one less that in the other. How near the real rows a record lies anyway
 * is in both, and falls out. It is no ground for a bound on epsilon: a coin changes both trainings that it looks at.
 */
function compareTrainings([first, second]: readonly ScoredCanaries[]): ScoredCanaries[] {
  if (first === undefined || second === undefined) return [];
  const less = (one: ScoredCanaries, other: ScoredCanaries): ScoredCanaries => ({
    ...one,
    name: "difference between the trainings",
    scores: one.scores.map((score, at) => score - other.scores[at]!),
    references: one.references.map((score, at) => score - other.references[at]!),
  });
  return [less(first, second), less(second, first)];
}

/** Planted canaries are ranked among references and the canaries that were not planted in the same training. */
function describeExposure(trainings: readonly ScoredCanaries[]): CanaryReport["exposure"] {
  const ranked = trainings.map(({ scores, planted, references }) => {
    const absent = scores.filter((_, at) => planted[at] === 0);
    const others = Float64Array.of(...references, ...absent);
    const bits = exposures(
      Float64Array.from(plantedOf(planted), (at) => scores[at]!),
      others,
    );
    return { bits, candidates: others.length + 1 };
  });
  const bits = Float64Array.from(ranked.flatMap((one) => [...one.bits]));
  const candidates = Math.min(...ranked.map((one) => one.candidates));
  const chance = largestExposureByChance(Math.ceil(bits.length / trainings.length), candidates - 1, trainings.length);
  const none = { status: "unavailable" as const, reason: "no canary was planted" };
  return {
    candidates,
    median: bits.length === 0 ? none : quantileFigure(bits, 0.5),
    max: bits.length === 0 ? none : { value: bits.reduce((a, b) => Math.max(a, b)), n: bits.length, status: "ok" },
    byChance: { median: 1, max: chance.expected, maxHigh: chance.high },
  };
}

function plantedOf(planted: Uint8Array): number[] {
  return [...planted.keys()].filter((at) => planted[at] === 1);
}
