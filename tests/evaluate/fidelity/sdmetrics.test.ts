import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { adherence } from "../../../src/evaluate/fidelity/adherence.js";
import { columnShape } from "../../../src/evaluate/fidelity/column-shape.js";
import type { PairBins } from "../../../src/evaluate/fidelity/pair-codes.js";
import { makePairTrendScorer, type PairTrend } from "../../../src/evaluate/fidelity/pair-trend.js";
import { scoreFidelity } from "../../../src/evaluate/fidelity/score-fidelity.js";
import type { ScoredTables } from "../../../src/evaluate/scored-table.js";
import { readTable } from "../../../src/io/read-table.js";
import { conformTable } from "../../../src/table/conform-table.js";
import { scored, stream } from "../planted.js";

// Expected values: SDMetrics 0.32.0, by tests/evaluate/known-answers/make-sdmetrics-answers.py on its two tables.
const folder = new URL("../known-answers/", import.meta.url).pathname;
interface Scores {
  readonly columnShapes: number;
  readonly pairTrends: number;
  readonly overall: number;
  readonly pairs: Record<string, number | null>;
}
const answers = JSON.parse(readFileSync(`${folder}sdmetrics.json`, "utf8")) as {
  readonly shapes: Record<string, number>;
  readonly adherence: Record<string, number>;
  readonly pairs: Record<string, number>;
  readonly association: Record<string, number>;
  readonly report: Scores;
  readonly reportAllPairs: Scores;
};
const PAIRS = Object.keys(answers.pairs);

let tables: ScoredTables;
beforeAll(async () => {
  const real = await readTable(`${folder}real.csv`);
  tables = scored(real, conformTable(await readTable(`${folder}synthetic.csv`), real));
});

function trend(pair: string, bins: PairBins): PairTrend {
  const [a, b] = pair.split("|").map((name) => tables.columns.findIndex((column) => column.name === name));
  return makePairTrendScorer(
    tables.train,
    [{ table: tables.synthetic, reference: tables.train, groups: undefined }],
    bins,
  ).score(a!, b!);
}

describe("agrees with SDMetrics", () => {
  it.each(Object.keys(answers.shapes))("on the shape of %s", (name) => {
    const at = tables.columns.findIndex((column) => column.name === name);
    const shape = columnShape(tables.train.columns[at]!, tables.synthetic.columns[at]!, undefined);
    expect(shape.value).toBeCloseTo(answers.shapes[name]!, 7);
  });

  it.each(Object.keys(answers.adherence))("on values within bounds and known categories of %s", (name) => {
    const at = tables.columns.findIndex((column) => column.name === name);
    const share = adherence(tables.train.columns[at]!, tables.synthetic.columns[at]!);
    expect(share).toBeCloseTo(answers.adherence[name]!, 9);
  });

  it.each(PAIRS)("on the trend of %s, bins on the real edges", (pair) => {
    expect(trend(pair, "real-edges").similarities[0]!.value).toBeCloseTo(answers.pairs[pair]!, 9);
  });

  it.each(Object.keys(answers.association))("on the association of %s", (pair) => {
    expect(trend(pair, "real-edges").strength).toBeCloseTo(answers.association[pair]!, 9);
  });

  it.each(PAIRS)("on the report's trend of %s, each side on its own bins", (pair) => {
    expect(trend(pair, "sdmetrics").similarities[0]!.value).toBeCloseTo(answers.reportAllPairs.pairs[pair]!, 9);
  });

  it("on the whole quality report, pairs of weak association left out", async () => {
    const scores = await scoreFidelity(tables, { random: stream("sdmetrics"), compat: "sdmetrics" });
    expect(scores.columnShapes.value).toBeCloseTo(answers.report.columnShapes, 7);
    expect(scores.pairTrends.value).toBeCloseTo(answers.report.pairTrends, 7);
    expect(scores.overall.value).toBeCloseTo(answers.report.overall, 7);
    for (const { columns, score } of scores.pairs) {
      expect(score.value === undefined).toBe(answers.report.pairs[columns.join("|")] === null);
      if (score.value === undefined) expect(score.reason).toMatch(/SDMetrics leaves out/);
    }
  });
});

describe("differs from SDMetrics' quality report", () => {
  it("by cutting both sides at the same edges: a shifted column is not aligned away, one extreme does not ruin all", () => {
    expect(trend("city|score", "real-edges").similarities[0]!.value).toBeCloseTo(0.6458, 3);
    expect(trend("city|score", "sdmetrics").similarities[0]!.value).toBeCloseTo(0.3408, 3);
  });
});
