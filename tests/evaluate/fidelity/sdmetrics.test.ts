import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { adherence } from "../../../src/evaluate/fidelity/adherence.js";
import { columnDistances } from "../../../src/evaluate/fidelity/column-distances.js";
import { columnShape } from "../../../src/evaluate/fidelity/column-shape.js";
import { columnSides } from "../../../src/evaluate/fidelity/column-side.js";
import { keyUniqueness, scoreDiagnostic, structureSimilarity } from "../../../src/evaluate/fidelity/diagnostic.js";
import type { PairBins } from "../../../src/evaluate/fidelity/pair-codes.js";
import { makePairTrendScorer, type PairTrend } from "../../../src/evaluate/fidelity/pair-trend.js";
import { scoreFidelity } from "../../../src/evaluate/fidelity/score-fidelity.js";
import type { ScoredTables } from "../../../src/evaluate/scored-table.js";
import { readTable } from "../../../src/io/read-table.js";
import { inferSchema } from "../../../src/schema/infer-schema.js";
import { conformTable } from "../../../src/table/conform-table.js";
import { makeTable, type Table } from "../../../src/table/table.js";
import { numbers, scored, stream } from "../planted.js";

// Expected values: SDMetrics 0.32.0 and SciPy, by tests/evaluate/known-answers/make-sdmetrics-answers.py on its tables.
const folder = new URL("../known-answers/", import.meta.url).pathname;
interface Scores {
  readonly columnShapes: number;
  readonly pairTrends: number;
  readonly overall: number;
  readonly columns: Record<string, number>;
  readonly pairs: Record<string, number | null>;
}
interface Answers {
  readonly shapes: Record<string, number>;
  readonly adherence: Record<string, number>;
  readonly wasserstein: Record<string, number>;
  readonly jensenShannon: Record<string, number>;
  readonly pairs: Record<string, number>;
  readonly association: Record<string, number>;
  readonly report: Scores;
  readonly reportAllPairs: Scores;
  readonly diagnostic: Record<"BoundaryAdherence" | "CategoryAdherence" | "KeyUniqueness" | "structure", number>;
}
const answers = JSON.parse(readFileSync(`${folder}sdmetrics.json`, "utf8")) as Record<string, Answers>;
/** SDMetrics' total variation is rounded to eight digits. */
const EXACT = 7;

describe.each([
  ["mixed columns", ""],
  ["columns of numbers", "numeric-"],
  ["categories, booleans and dates", "categorical-"],
])("agrees with SDMetrics on %s", (_, prefix) => {
  const expected = answers[prefix]!;
  const pairs = Object.keys(expected.pairs);
  let real: Table;
  let synthetic: Table;
  let tables: ScoredTables;
  beforeAll(async () => {
    real = await readTable(`${folder}${prefix}real.csv`);
    synthetic = conformTable(await readTable(`${folder}${prefix}synthetic.csv`), real);
    tables = scored(real, synthetic);
  });

  const position = (name: string) => tables.columns.findIndex((column) => column.name === name);
  const samples = () => ({
    all: [{ table: tables.synthetic, reference: tables.train, groups: undefined }],
    ceiling: undefined,
    matched: undefined,
  });
  function trend(pair: string, bins: PairBins): PairTrend {
    const [a, b] = pair.split("|").map(position);
    return makePairTrendScorer(tables.train, samples().all, bins).score(a!, b!);
  }

  it.each(Object.keys(expected.shapes))("in the shape of %s", (name) => {
    const at = position(name);
    const shape = columnShape(tables.train.columns[at]!, tables.synthetic.columns[at]!, undefined);
    expect(shape.value).toBeCloseTo(expected.shapes[name]!, EXACT);
    expect(shape.value).toBeCloseTo(expected.report.columns[name]!, EXACT);
  });

  it.each(Object.keys(expected.adherence))("in values within bounds and known categories of %s", (name) => {
    const at = position(name);
    const share = adherence(tables.train.columns[at]!, tables.synthetic.columns[at]!);
    expect(share).toBeCloseTo(expected.adherence[name]!, 9);
  });

  it.each(Object.keys(expected.jensenShannon))("with SciPy in the distances of %s", (name) => {
    const distances = columnDistances(columnSides(samples(), position(name)), samples(), 1);
    expect(distances.jensenShannon?.value).toBeCloseTo(expected.jensenShannon[name]!, 9);
    if (expected.wasserstein[name] === undefined) expect(distances.wasserstein).toBeUndefined();
    else expect(distances.wasserstein?.value).toBeCloseTo(expected.wasserstein[name], 9);
  });

  it.each(pairs)("in the trend of %s, bins on the real edges", (pair) => {
    expect(trend(pair, "real-edges").similarities[0]!.value).toBeCloseTo(expected.pairs[pair]!, EXACT);
  });

  it.each(Object.keys(expected.association))("in the association of %s", (pair) => {
    expect(trend(pair, "sdmetrics").strength).toBeCloseTo(expected.association[pair]!, 9);
  });

  it.each(pairs)("in the report's trend of %s, each side on its own bins", (pair) => {
    expect(trend(pair, "sdmetrics").similarities[0]!.value).toBeCloseTo(expected.reportAllPairs.pairs[pair]!, EXACT);
  });

  it("in the whole quality report, pairs of weak association left out", async () => {
    const scores = await scoreFidelity(tables, { random: stream("sdmetrics"), compat: "sdmetrics" });
    expect(scores.columnShapes.value).toBeCloseTo(expected.report.columnShapes, EXACT);
    expect(scores.pairTrends.value).toBeCloseTo(expected.report.pairTrends, EXACT);
    expect(scores.overall.value).toBeCloseTo(expected.report.overall, EXACT);
    for (const { columns, score } of scores.pairs) {
      const answer = expected.report.pairs[columns.join("|")]!;
      if (answer === null) expect(score.reason).toMatch(/SDMetrics leaves out/);
      else expect(score.value).toBeCloseTo(answer, EXACT);
    }
  });

  it("in the diagnostic report, with a key of which two repeat", async () => {
    const { columns } = await scoreFidelity(tables, { random: stream("sdmetrics") });
    const keys = Array.from({ length: synthetic.rowCount }, (_, row) => Math.max(row, 2));
    const keyed = makeTable([...synthetic.columns, numbers("key", keys)]);
    const schema = inferSchema(makeTable([...real.columns, numbers("key", Array(real.rowCount).keys())]));
    const unique = keyUniqueness(keyed, schema);
    const diagnostic = scoreDiagnostic(columns, synthetic.rowCount, structureSimilarity(real, synthetic), unique);
    expect(diagnostic.boundaryAdherence.value).toBeCloseTo(expected.diagnostic.BoundaryAdherence, 9);
    expect(diagnostic.categoryAdherence.value).toBeCloseTo(expected.diagnostic.CategoryAdherence, 9);
    expect(diagnostic.keyUniqueness?.value).toBeCloseTo(expected.diagnostic.KeyUniqueness, 9);
    expect(diagnostic.structure.value).toBeCloseTo(expected.diagnostic.structure, 9);
  });
});

describe("differs from SDMetrics' quality report", () => {
  it("by cutting both sides at the same edges: a shifted column is not aligned away, one extreme does not ruin all", async () => {
    const real = await readTable(`${folder}real.csv`);
    const tables = scored(real, conformTable(await readTable(`${folder}synthetic.csv`), real));
    const [city, score] = ["city", "score"].map((name) => tables.columns.findIndex((column) => column.name === name));
    const sample = { table: tables.synthetic, reference: tables.train, groups: undefined };
    const value = (bins: PairBins) =>
      makePairTrendScorer(tables.train, [sample], bins).score(city!, score!).similarities[0]!.value;
    expect(value("real-edges")).toBeCloseTo(0.6458, 3);
    expect(value("sdmetrics")).toBeCloseTo(0.3408, 3);
  });
});
