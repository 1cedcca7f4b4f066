import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { makeScoredTables } from "../../src/evaluate/make-scored-tables.js";
import { type ScoredTable, type ScoredTables, takeScoredRows } from "../../src/evaluate/scored-table.js";
import { readTable } from "../../src/io/read-table.js";
import { inferSchema } from "../../src/schema/infer-schema.js";
import { auc } from "../../src/stats/auc.js";
import { fitBooster, predictBooster } from "../../src/stats/histogram-boosting.js";
import { takeRows } from "../../src/table/table.js";

interface Answer {
  readonly table: string;
  readonly target: string;
  readonly metric: "AUC" | "macro AUC" | "R2";
  readonly iterations: number;
  readonly value: number;
}

// scikit-learn 1.9.1's HistGradientBoosting without early stopping, by tests/evaluate/known-answers/make-sklearn-answers.py.
const ANSWERS: readonly Answer[] = JSON.parse(readFileSync("tests/evaluate/known-answers/sklearn.json", "utf8"));
const SHARED = "../shared/data";
const hasShared = existsSync(`${SHARED}/adult.csv`);

describe("fitBooster on examples/penguins.csv is as good as scikit-learn's HistGradientBoosting", () => {
  it.each(answersFor(["penguins"]))("%s, %s: %s, %d", async (_table, _target, _metric, value, answer) => {
    expect(Math.abs(score(await penguins(), answer) - value)).toBeLessThan(0.01);
  });
});

describe.skipIf(!hasShared)(
  `fitBooster is as good as scikit-learn's HistGradientBoosting (skipped where ${SHARED}/ is missing)`,
  () => {
    it.each(answersFor(["adult", "bank", "players"]))(
      "%s, %s: %s, %d +- .003",
      async (table, _target, _metric, value, answer) => {
        const train = await readTable(`${SHARED}/${table}.csv`);
        const holdout = await readTable(`${SHARED}/${table}-holdout.csv`);
        const { tables } = makeScoredTables({ train, synthetic: train, holdout }, inferSchema(train));
        expect(Math.abs(score(tables, answer) - value)).toBeLessThan(0.003);
      },
      60_000,
    );
  },
);

function answersFor(tables: readonly string[]): [string, string, string, number, Answer][] {
  const chosen = ANSWERS.filter(({ table }) => tables.includes(table));
  return chosen.map((answer) => [answer.table, answer.target, answer.metric, answer.value, answer]);
}

/** Every third row is held out, as in the script. */
async function penguins(): Promise<ScoredTables> {
  const table = await readTable("examples/penguins.csv");
  const rows = [...Array(table.rowCount).keys()];
  const train = takeRows(
    table,
    rows.filter((row) => row % 3 !== 2),
  );
  const holdout = takeRows(
    table,
    rows.filter((row) => row % 3 === 2),
  );
  return makeScoredTables({ train, synthetic: train, holdout }, inferSchema(table)).tables;
}

function score(tables: ScoredTables, { target, metric, iterations }: Answer): number {
  const at = tables.columns.findIndex((column) => column.name === target);
  const train = known(tables.train, at);
  const holdout = known(tables.holdout!, at);
  const classes = tables.columns[at]!.dictionary.length;
  const loss =
    metric === "R2"
      ? ({ loss: "squared" } as const)
      : metric === "AUC"
        ? ({ loss: "logistic" } as const)
        : ({ loss: "softmax", classes } as const);
  const booster = fitBooster(featuresOf(train, at), targetOf(train, at), { ...loss, iterations });
  const scores = predictBooster(booster, featuresOf(holdout, at));
  const truth = targetOf(holdout, at);
  if (metric === "R2") return r2(truth, scores);
  if (metric === "AUC") return auc(scores, truth);
  const areas = Array.from({ length: classes }, (_, k) => {
    const own = truth.map((_value, row) => scores[row * classes + k]!);
    return auc(
      own,
      truth.map((value) => (value === k ? 1 : 0)),
    );
  });
  return areas.reduce((sum, area) => sum + area, 0) / classes;
}

function featuresOf(table: ScoredTable, at: number) {
  return table.columns.filter((_, column) => column !== at);
}

function targetOf(table: ScoredTable, at: number): Float64Array {
  const column = table.columns[at]!;
  return Float64Array.from(column.kind === "number" ? column.values : column.codes);
}

/** The rows whose target is known. */
function known(table: ScoredTable, at: number): ScoredTable {
  const column = table.columns[at]!;
  const values = column.kind === "number" ? column.values : column.codes;
  const rows = [...values.keys()].filter((row) => !(Number.isNaN(values[row]!) || values[row] === -1));
  return takeScoredRows(table, rows);
}

function r2(truth: Float64Array, predicted: Float64Array): number {
  const mean = truth.reduce((sum, value) => sum + value, 0) / truth.length;
  const total = truth.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return 1 - truth.reduce((sum, value, row) => sum + (value - predicted[row]!) ** 2, 0) / total;
}
