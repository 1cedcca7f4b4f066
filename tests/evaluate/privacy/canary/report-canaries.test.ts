import { describe, expect, it } from "vitest";
import { makeRandom } from "../../../../src/core/random.js";
import { canarySchema } from "../../../../src/evaluate/contract/canary-schema.js";
import { drawCanaries } from "../../../../src/evaluate/privacy/canary/draw-canaries.js";
import { reportCanaries } from "../../../../src/evaluate/privacy/canary/report-canaries.js";
import { type ScoredCanaries, scoreCanaries } from "../../../../src/evaluate/privacy/canary/score-canaries.js";
import { takeRows } from "../../../../src/table/table.js";
import { drawPeople, PEOPLE_COLUMNS, stack } from "../tables.js";

const tables = { real: { rows: 10_000 }, release: { rows: 10_000 }, columns: 7, omitted: [] };
const statistics = (scored: readonly ScoredCanaries[], seed = 1) =>
  reportCanaries(scored, tables, { confidence: 0.95, delta: 1e-5, random: makeRandom(seed) });

/** Scores of two trainings on complementary canaries, higher by `shift` where planted. */
function simulate(count: number, shift: number, seed: number): ScoredCanaries[] {
  const random = makeRandom(seed);
  const first = Uint8Array.from({ length: count }, () => random.integer(2));
  return [0, 1].map((run) => {
    const planted = first.map((bit) => (run === 0 ? bit : 1 - bit));
    const scores = Float64Array.from(planted, (bit) => shift * bit + random.normal());
    const references = Float64Array.from({ length: 500 }, () => random.normal());
    return { name: "distance", run, scores, planted, references };
  });
}

describe("a report on canaries", () => {
  it("of scores that know nothing is good, and says what it could have found", () => {
    const found = statistics(simulate(300, 0, 1));
    expect(found).toMatchObject({ canaries: { made: 300 }, verdict: { level: "good" }, epsilon: { lowerBound: 0 } });
    expect(found.canaries.planted[0]! + found.canaries.planted[1]!).toBe(300);
    expect(found.epsilon.largest).toBeGreaterThan(3);
    expect(Math.abs(found.exposure.median.value! - 1)).toBeLessThan(0.4);
    expect(found.exposure.max.value).toBeLessThanOrEqual(found.exposure.byChance.maxHigh);
    expect(found.verdict.sentences.join(" ")).toMatch(/No epsilon is refuted.*A floor is no ceiling/);
    const whole = { version: 1, method: {}, ...found };
    expect(canarySchema.parse(whole)).toEqual(whole);
  });

  it("raises few false alarms: of 60 at most 6 are not good", () => {
    const levels = Array.from(
      { length: 100 },
      (_, seed) => statistics(simulate(120, 0, 50 + seed), seed).verdict.level,
    );
    // 2.5 % by the AUC of one score, up to 5 % by the bound
    expect(levels.filter((level) => level !== "good").length).toBeLessThanOrEqual(6);
  });

  it("of canaries that are always known is bad, in every figure", () => {
    const found = statistics(simulate(300, 20, 2));
    expect(found).toMatchObject({ auc: { value: 1, low: 1 }, verdict: { level: "bad" } });
    expect(found.epsilon.lowerBound).toBeGreaterThan(3);
    expect(found.epsilon.lowerBound).toBeCloseTo(found.epsilon.largest, 1);
    expect(found.exposure.median.value).toBeGreaterThan(6);
    expect(found.verdict.sentences.join(" ")).toMatch(/give away which records.*does not have differential privacy/);
  });

  it("sees a little memorising by comparing the trainings, where records differ much in how likely they are anyway", () => {
    const random = makeRandom(9);
    const draw = () => 4 * random.normal();
    const levels = {
      scores: Float64Array.from({ length: 300 }, draw),
      references: Float64Array.from({ length: 500 }, draw),
    };
    const scored = simulate(300, 1, 5).map((one) => ({
      ...one,
      name: "density ratio",
      scores: one.scores.map((score, at) => score + levels.scores[at]!),
      references: one.references.map((score, at) => score + levels.references[at]!),
    }));
    const { scores, score, auc, epsilon } = statistics(scored);
    expect(scores.map(({ name }) => name)).toEqual(["density ratio", "difference between the trainings"]);
    expect(score).toBe("difference between the trainings");
    // Two differences whose means lie 2 apart, each of variance 2: Phi(2 / sqrt(2 + 2)) = .841
    expect(auc.low).toBeGreaterThan(0.75);
    expect(auc.high).toBeLessThan(0.93);
    expect(scores[0]!.auc.low).toBeLessThan(0.6);
    expect(epsilon.score).toBe("density ratio");
  });

  it("of few canaries says that they are few", () => {
    const found = statistics(simulate(10, 0, 3));
    expect(found.verdict).toMatchObject({ level: "caution" });
    expect(found.verdict.sentences.join(" ")).toMatch(/could not have shown a strong leak/);
  });

  it("of no planted canary has reasons, no NaN", () => {
    const [first] = simulate(10, 0, 4);
    const found = statistics([{ ...first!, planted: new Uint8Array(10) }]);
    expect(found.auc.status).toBe("unavailable");
    expect(found.exposure.median.status).toBe("unavailable");
    expect(JSON.stringify(found)).not.toMatch(/null|NaN/);
  });
});

describe("scores of canaries", () => {
  it("are highest where the release holds the planted ones", async () => {
    const real = drawPeople(400, makeRandom(1));
    const blocks = PEOPLE_COLUMNS.map((name) => [name]);
    const made = drawCanaries(real, { blocks, minCategoryCount: 5, least: 260, most: 260 }, makeRandom(2));
    const rows = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
    const canaries = takeRows(made, rows(0, 60));
    const planted = Uint8Array.from({ length: 60 }, (_, at) => at % 2);
    const kept = takeRows(
      canaries,
      [...planted.keys()].filter((at) => planted[at] === 1),
    );
    const scored = await scoreCanaries({
      real,
      canaries,
      references: takeRows(made, rows(60, 260)),
      columns: PEOPLE_COLUMNS,
      runs: [{ planted, release: stack(drawPeople(370, makeRandom(3)), kept) }],
    });
    expect(scored.map(({ name }) => name)).toEqual(["distance", "density ratio"]);
    for (const { scores, references } of scored) {
      const lowest = Math.min(...scores.filter((_, at) => planted[at] === 1));
      expect(lowest).toBeGreaterThan(Math.max(...references));
      expect(references).toHaveLength(200);
    }
  });
});
