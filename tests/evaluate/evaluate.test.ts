import { beforeAll, describe, expect, it } from "vitest";
import type { ProgressEvent } from "../../src/core/progress.js";
import { type EvaluateInput, evaluateTables } from "../../src/evaluate/evaluate.js";
import { type Report, reportSchema } from "../../src/evaluate/report-schema.js";
import { inferSchema } from "../../src/schema/infer-schema.js";
import { makeTable, takeRows } from "../../src/table/table.js";
import { numbers, people, stream, texts, withAllShuffled, withColumn, withShuffled } from "./planted.js";

const train = people(600, "train");
const holdout = people(500, "holdout");
const fresh = people(600, "fresh");

/** The report of another sample of the same source, which several tests look at. */
let good: Report;
beforeAll(async () => {
  good = await evaluate({ train, synthetic: fresh, holdout });
});

const evaluate = (input: EvaluateInput) => evaluateTables(input, { random: stream("evaluate"), seed: 1 });

describe("evaluateTables", () => {
  it("finds nothing wrong with another sample of the same source", () => {
    const report = good;
    expect(() => reportSchema.parse(report)).not.toThrow();
    expect(report.verdict).toMatchObject({ level: "good" });
    expect(report.release.shareable).toBe(true);
    const { columnShapes, pairTrends, overall, c2st, diagnostic } = report.fidelity;
    for (const figure of [columnShapes, pairTrends, overall]) {
      expect(figure.low).toBeLessThan(figure.value!);
      expect(figure.high).toBeGreaterThan(figure.value!);
      expect(figure.ceiling).toBeGreaterThan(0.9);
      // 500 held-out rows: the same is scored on 500 of the 600 synthetic rows.
      expect(figure.matched).not.toBe(figure.value);
      expect(Math.abs(figure.matched! - figure.value!)).toBeLessThan(0.03);
    }
    expect(overall.value).toBeCloseTo((columnShapes.value! + pairTrends.value!) / 2, 12);
    expect(Math.abs(c2st.holdout.value! - 0.5)).toBeLessThan(0.06);
    expect(diagnostic.structure.value).toBe(1);
    expect(report.fidelity.pairs).toHaveLength(6);
    expect(report.method.seed).toBe(1);
  });

  it("finds nothing different in the training table itself but that it is a copy", async () => {
    const report = await evaluate({ train, synthetic: train, holdout });
    expect(report.fidelity.columnShapes.value).toBe(1);
    expect(report.fidelity.pairTrends.value).toBe(1);
    expect(report.fidelity.c2st.train.high).toBeLessThan(0.4);
    expect(report.privacy.identicalMatchShare.value).toBe(1);
    expect(report.release.shareable).toBe(false);
    expect(report.verdict.level).toBe("bad");
  });

  it("finds broken relations though every column is right", async () => {
    const report = await evaluate({ train, synthetic: withAllShuffled(fresh), holdout });
    expect(report.fidelity.columnShapes.value).toBeCloseTo(good.fidelity.columnShapes.value!, 12);
    expect(report.fidelity.pairTrends.value).toBeLessThan(good.fidelity.pairTrends.value! - 0.05);
    expect(report.fidelity.c2st.holdout.low).toBeGreaterThan(0.7);
    expect(report.utility.synthetic.value).toBeLessThan(report.utility.real.value! - 0.15);
    expect(report.verdict.level).toBe("bad");
  });

  it("names a shifted column and the pair of a shuffled one as furthest off", async () => {
    const moved = withColumn(withShuffled(fresh, "buys"), "age", (column) =>
      column.kind === "number" ? { ...column, values: column.values.map((value) => value + 30) } : column,
    );
    const report = await evaluate({ train, synthetic: moved, holdout });
    expect(report.verdict.sentences[0]).toMatch(/furthest off is "age"/);
    expect(report.fidelity.diagnostic.boundaryAdherence.value).toBeLessThan(0.95);
  });

  it("reports missing values that are not missing in the synthetic table", async () => {
    const filled = withColumn(fresh, "income", (column) =>
      column.kind === "number"
        ? { ...column, values: column.values.map((value) => (Number.isNaN(value) ? 50 : value)) }
        : column,
    );
    const report = await evaluate({ train, synthetic: filled, holdout });
    const income = report.fidelity.columns.find((column) => column.name === "income")!;
    expect(income.missing.synthetic).toBe(0);
    expect(income.missing.real).toBeGreaterThan(0.05);
    expect(report.verdict.sentences.join()).toMatch(/Missing values differ: "income"/);
  });

  it("without held-out rows estimates ceilings from halves of the training table, and knows nothing of copying", async () => {
    const report = await evaluate({ train, synthetic: fresh });
    expect(report.tables.ceilings).toBe("split");
    expect(report.fidelity.columnShapes.ceiling).toBeGreaterThan(0.9);
    expect(report.fidelity.c2st.holdout).toEqual({ status: "unavailable", reason: "there are no held-out rows" });
    expect(report.privacy.dcrShare.status).toBe("unavailable");
    expect(report.release.shareable).toBe(false);
    expect(report.verdict.level).toBe("caution");
    expect(report.verdict.sentences[0]).toContain("one half of the real rows matches the other");
  });

  it("gives the same report for the same stream", async () => {
    const small = takeRows(fresh, [...Array(120).keys()]);
    const input = { train: takeRows(train, [...Array(150).keys()]), synthetic: small, holdout };
    expect(await evaluate(input)).toEqual(await evaluate(input));
  });

  it("reads the other tables' columns as the training table's, in its order", async () => {
    const asText = makeTable(
      [...fresh.columns].reverse().map((column) =>
        column.kind === "number"
          ? texts(
              column.name,
              Array.from(column.values, (value) => (Number.isNaN(value) ? null : String(value))),
            )
          : column,
      ),
    );
    const report = await evaluate({ train, synthetic: asText, holdout });
    expect(report.fidelity.columns).toEqual(good.fidelity.columns);
    // Two of four columns have the right kind: 2 shared of 6.
    expect(report.fidelity.diagnostic.structure.value).toBeCloseTo(1 / 3, 12);
  });

  it("takes the schema's word for what a column is", async () => {
    const digits = (table: typeof train, label: string) =>
      makeTable([
        ...table.columns,
        numbers(
          "branch",
          Array.from({ length: table.rowCount }, (_, row) => (row + label.length) % 4),
        ),
      ]);
    const tables = { train: digits(train, "a"), synthetic: digits(fresh, "ab"), holdout: digits(holdout, "abc") };
    const schema = inferSchema(tables.train, { overrides: { branch: "category" } });
    const report = await evaluate({ ...tables, schema, target: "branch" });
    expect(report.fidelity.columns.find((column) => column.name === "branch")!.metric).toBe("TVComplement");
    expect(report.utility.metric).toBe("AUC");
  });

  it("does without a column that only the training table varies in", async () => {
    const constant = withColumn(fresh, "age", () => numbers("age", new Array(600).fill(40)));
    const report = await evaluate({ train, synthetic: constant, holdout });
    const pair = report.fidelity.pairs.find(({ columns }) => columns.join() === "age,income")!;
    expect(pair.score).toEqual({ status: "unavailable", reason: expect.stringContaining("constant on a side") });
    expect(pair.association.synthetic).toBeNull();
    const empty = withColumn(fresh, "age", () => numbers("age", new Array(600).fill(null)));
    const column = (await evaluate({ train, synthetic: empty, holdout })).fidelity.columns[0]!;
    expect(column.score).toEqual({ status: "unavailable", reason: "a side has no known value" });
    expect(column.missing.synthetic).toBe(1);
  });

  it("tells how far it is", async () => {
    const events: ProgressEvent[] = [];
    await evaluateTables(
      { train, synthetic: fresh, holdout },
      { random: stream("events"), onProgress: (event) => events.push(event) },
    );
    const parts = new Set(events.map((event) => (event.kind === "progress" ? event.quality : "")));
    for (const part of ["comparing distributions", "telling rows apart", "training models", "attacks"]) {
      expect(parts).toContain(part);
    }
  });

  it("stops when it is aborted", async () => {
    const controller = new AbortController();
    const running = evaluateTables(
      { train, synthetic: fresh, holdout },
      { random: stream("abort"), signal: controller.signal },
    );
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: "E_INTERRUPTED" });
  });

  it("refuses a table without rows, an unknown target, unknown quasi-identifiers and other columns", async () => {
    const none = takeRows(fresh, []);
    await expect(evaluate({ train, synthetic: none })).rejects.toMatchObject({ code: "E_EVALUATE_ROWS" });
    await expect(evaluate({ train, synthetic: fresh, holdout, target: "agee" })).rejects.toMatchObject({
      code: "E_EVALUATE_TARGET",
      hint: 'did you mean "age"?',
    });
    await expect(evaluate({ train, synthetic: fresh, quasiIdentifiers: ["job", "agee"] })).rejects.toMatchObject({
      code: "E_EVALUATE_QUASI_IDENTIFIER",
      hint: 'did you mean "age"?',
    });
    const other = makeTable([numbers("x", [1, 2])]);
    await expect(evaluate({ train, synthetic: other })).rejects.toMatchObject({ code: "E_EVALUATE_NO_COLUMN" });
  });

  it("works on tables of a few rows", async () => {
    const few = (table: typeof train) => takeRows(table, [0, 1, 2, 3, 4, 5, 6, 7]);
    const report = await evaluate({ train: few(train), synthetic: few(fresh), holdout: few(holdout) });
    expect(() => reportSchema.parse(report)).not.toThrow();
    expect(report.fidelity.c2st.train.status).toBe("unavailable");
    expect(report.fidelity.columnShapes.low).toBeUndefined();
  });
});
