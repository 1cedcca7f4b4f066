import { describe, expect, it } from "vitest";
import type { ProgressEvent } from "../../../../src/core/progress.js";
import { scoreDetection } from "../../../../src/evaluate/fidelity/detection/score-detection.js";
import { splitTrain } from "../../../../src/evaluate/split-train.js";
import type { ColumnType } from "../../../../src/schema/table-schema.js";
import { makeTable, type Table, takeRows } from "../../../../src/table/table.js";
import { numbers, people, scored, stream, texts, withColumn } from "../../planted.js";

interface Sides {
  readonly train: Table;
  readonly synthetic: Table;
  readonly holdout?: Table;
}

function detect({ train, synthetic, holdout }: Sides, types: Readonly<Record<string, ColumnType>> = {}) {
  const tables = scored(train, synthetic, holdout, types);
  return scoreDetection(tables, { random: stream("detection"), halves: splitTrain(tables, stream("halves")) });
}

/** Two columns of numbers. */
function pairs(rows: number, label: string, next: (a: number, b: number) => [number, number]): Table {
  const random = stream(label);
  const drawn = Array.from({ length: rows }, () => next(random.normal(), random.normal()));
  return makeTable(
    ["a", "b"].map((name, at) =>
      numbers(
        name,
        drawn.map((pair) => pair[at]!),
        3,
      ),
    ),
  );
}

const train = people(300, "train");
const fresh = people(300, "fresh");

describe("scoreDetection", () => {
  it("cannot tell independent samples apart, by either classifier; all figures have their ceiling", async () => {
    const { tellTales, logistic, ...boosting } = await detect({
      train,
      synthetic: fresh,
      holdout: people(300, "held"),
    });
    for (const figure of [boosting.train, boosting.holdout, logistic!.train, logistic!.holdout]) {
      expect(Math.abs(figure.value! - 0.5)).toBeLessThan(0.08);
      expect(Math.abs(figure.ceiling! - 0.5)).toBeLessThan(0.08);
      expect(figure.n).toBe(600);
      expect(figure).not.toHaveProperty("matched");
    }
    expect(tellTales).toMatchObject({ against: "holdout", cells: [], patterns: [] });
    expect(tellTales!.columns.map(({ name }) => name).sort()).toEqual(["age", "buys", "income", "job"]);
    for (const { importance, alone } of tellTales!.columns) {
      expect(importance.low).toBeLessThan(0.05);
      expect(alone.low).toBeLessThan(0.53);
    }
  });

  it("without held-out rows takes the ceiling from halves of training, and as many synthetic rows beside it", async () => {
    const { train: against, holdout, logistic, tellTales } = await detect({ train, synthetic: fresh });
    expect(against.n).toBe(600);
    expect(Math.abs(against.ceiling! - 0.5)).toBeLessThan(0.12);
    expect(Math.abs(against.matched! - 0.5)).toBeLessThan(0.12);
    expect(logistic!.train.matched).toBeDefined();
    expect(holdout).toEqual({ status: "unavailable", reason: expect.stringContaining("held-out") });
    expect(tellTales!.against).toBe("train");
  });

  it("flags copies: below .5 with a reason, better than the ceiling beyond noise; a regression has no such reason", async () => {
    const synthetic = takeRows(train, stream("copy").permutation(train.rowCount));
    const { train: against, logistic } = await detect({ train, synthetic, holdout: fresh });
    expect(against.high).toBeLessThan(0.5);
    expect(against.reason).toMatch(/copies/);
    expect(against.aboveCeiling).toBe("beyond noise");
    expect(logistic!.train).not.toHaveProperty("reason");
  });

  it("the booster sees an exclusive or that the regression misses", async () => {
    const sides = {
      train: pairs(400, "real", (a, b) => [a, b]),
      synthetic: pairs(400, "folded", (a, b) => [a, Math.sign(a) * Math.abs(b)]),
    };
    const { train: boosting, logistic } = await detect(sides);
    expect(boosting.low).toBeGreaterThan(0.65);
    expect(logistic!.train.value).toBeLessThan(0.56);
  });

  it("the regression sees a shift, at least as well as the booster", async () => {
    const sides = {
      train: pairs(400, "real", (a, b) => [a, b]),
      synthetic: pairs(400, "moved", (a, b) => [a + 0.4, b + 0.4]),
    };
    const { train: boosting, logistic, tellTales } = await detect(sides);
    expect(logistic!.train.low).toBeGreaterThan(0.55);
    expect(logistic!.train.value! + 0.02).toBeGreaterThan(boosting.value!);
    for (const { alone } of tellTales!.columns) expect(alone.low).toBeGreaterThan(0.5);
  });

  it("puts a column that is rounded otherwise first", async () => {
    const rounded = withColumn(fresh, "income", (column) =>
      column.kind === "number" ? { ...column, values: column.values.map((value) => Math.round(value)) } : column,
    );
    const { tellTales } = await detect({ train, synthetic: rounded, holdout: people(300, "held") });
    const [first, second] = tellTales!.columns;
    expect(first!.name).toBe("income");
    expect(first!.alone.low).toBeGreaterThan(0.8);
    expect(second!.alone.value).toBeLessThan(0.6);
  });

  it("is unavailable with a reason where there are too few rows: one, none, 49", async () => {
    const types = { age: "integer", income: "decimal", job: "category", buys: "category" } as const;
    for (const rows of [0, 1, 49]) {
      const { logistic, tellTales, ...boosting } = await detect(
        { train, synthetic: takeRows(fresh, [...Array(rows).keys()]), holdout: fresh },
        types,
      );
      for (const figure of [boosting.train, boosting.holdout, logistic!.train, logistic!.holdout]) {
        expect(figure).toEqual({ status: "unavailable", reason: `it needs 50 rows a side; there are ${rows}` });
      }
      expect(tellTales!.columns).toHaveLength(4);
      expect(tellTales!.columns[0]!.alone).toEqual({
        status: "unavailable",
        reason: expect.stringContaining("few rows"),
      });
    }
  });

  it("columns that are constant or all missing cannot be told apart: .5, never NaN", async () => {
    const table = makeTable([numbers("a", Array(120).fill(null)), texts("b", Array(120).fill("x"))]);
    const result = await detect({ train: table, synthetic: table }, { a: "decimal", b: "category" });
    expect(result.train).toMatchObject({ value: 0.5, low: 0.5, high: 0.5 });
    expect(result.logistic!.train.value).toBe(0.5);
    expect(result.tellTales!.columns.map(({ importance }) => importance.value)).toEqual([0, 0]);
    expect(JSON.stringify(result)).not.toContain("null");
  });

  it("a column that is missing on one side only tells all", async () => {
    const synthetic = withColumn(fresh, "income", (column) =>
      column.kind === "number" ? { ...column, values: column.values.map(() => Number.NaN) } : column,
    );
    const { train: boosting, tellTales } = await detect({ train, synthetic });
    expect(boosting.value).toBeGreaterThan(0.9);
    expect(tellTales!.columns[0]!.name).toBe("income");
    expect(tellTales!.patterns[0]!.conditions).toEqual([{ column: "income", relation: "is missing", values: [] }]);
  });

  it("reports progress to the end and gives the same result for the same stream", async () => {
    const small = { train: people(100, "train"), synthetic: people(100, "fresh") };
    const tables = scored(small.train, small.synthetic);
    const events: ProgressEvent[] = [];
    const options = { random: stream("same"), onProgress: (event: ProgressEvent) => void events.push(event) };
    const result = await scoreDetection(tables, options);
    const last = events.at(-1);
    expect(last).toMatchObject({ kind: "progress", stage: "detection" });
    expect(last?.kind === "progress" && last.done).toBe(last?.kind === "progress" && last.total);
    expect(await scoreDetection(tables, { random: stream("same") })).toEqual(result);
  });

  it("stops when it is aborted", async () => {
    const running = scoreDetection(scored(train, fresh), { random: stream("x"), signal: AbortSignal.abort() });
    await expect(running).rejects.toMatchObject({ code: "E_INTERRUPTED" });
  });
});
