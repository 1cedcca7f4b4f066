import { describe, expect, it } from "vitest";
import { makeSamples, similarityFigure } from "../../../src/evaluate/fidelity/samples.js";
import { scoreFidelity } from "../../../src/evaluate/fidelity/score-fidelity.js";
import type { Figure } from "../../../src/evaluate/report-schema.js";
import type { ScoredTable, ScoredTables } from "../../../src/evaluate/scored-table.js";
import { splitTrain } from "../../../src/evaluate/split-train.js";
import { sortedOrder } from "../../../src/stats/sorted-order.js";
import { takeRows } from "../../../src/table/table.js";
import { people, scored, stream } from "../planted.js";

const train = people(600, "train");
const fresh = people(600, "fresh");

function rowsOf(table: ScoredTable): string[] {
  return Array.from({ length: table.rowCount }, (_, row) =>
    table.columns.map((column) => (column.kind === "number" ? column.values[row] : column.codes[row])).join(),
  ).sort();
}

async function figures(tables: ScoredTables): Promise<Record<string, Figure>> {
  const halves = splitTrain(tables, stream("halves"));
  const { columnShapes, pairTrends, overall, accuracy, support } = await scoreFidelity(tables, {
    random: stream("fidelity"),
    halves,
  });
  return { columnShapes, pairTrends, overall, ...accuracy, ...support };
}

describe("makeSamples", () => {
  it("scores held-out rows and as many synthetic ones against training", () => {
    const tables = scored(train, fresh, people(200, "holdout"));
    const { all, ceiling, matched } = makeSamples(tables, stream("samples"));
    expect([ceiling, matched]).toEqual([1, 2]);
    expect(all.map(({ table }) => table.rowCount)).toEqual([600, 200, 200]);
    for (const { reference } of all) expect(reference).toBe(tables.train);
    expect(rowsOf(all[1]!.table)).toEqual(rowsOf(tables.holdout!));
    const synthetic = rowsOf(tables.synthetic);
    for (const row of rowsOf(all[2]!.table)) expect(synthetic).toContain(row);
  });

  it("has the whole synthetic table as the match of more held-out rows", () => {
    const tables = scored(train, fresh, people(900, "holdout"));
    const { all, matched } = makeSamples(tables, stream("samples"));
    expect(matched).toBe(0);
    expect(all.map(({ table }) => table.rowCount)).toEqual([600, 600]);
  });

  it("scores one half of training and as many synthetic rows against the other half where nothing was held out", () => {
    const tables = scored(train, fresh);
    const halves = splitTrain(tables, stream("halves"))!;
    const { all, ceiling, matched } = makeSamples(tables, stream("samples"), halves);
    expect([ceiling, matched]).toEqual([1, 2]);
    expect(all.map(({ reference }) => reference)).toEqual([tables.train, halves.left, halves.left]);
    expect(rowsOf(all[1]!.table)).toEqual(rowsOf(halves.right));
    expect(all[2]!.table.rowCount).toBe(300);
  });

  it("has no ceiling where there is nothing to make it of", () => {
    const few = scored(people(80, "few"), fresh);
    const samples = makeSamples(few, stream("samples"), splitTrain(few, stream("halves")));
    expect(samples).toMatchObject({ ceiling: undefined, matched: undefined });
    expect(samples.all).toHaveLength(1);
    const figure = similarityFigure([{ value: 0.5, leaveOut: [] }], samples, 80, "");
    expect(figure).toEqual({ value: 0.5, n: 80, status: "ok" });
  });

  it("keeps every row, in order of its jackknife group", () => {
    const tables = scored(train, fresh);
    const [whole] = makeSamples(tables, stream("samples")).all;
    expect(rowsOf(whole!.table)).toEqual(rowsOf(tables.synthetic));
    expect([...whole!.groups!]).toEqual([...whole!.groups!].sort());
    expect(new Set(whole!.groups)).toHaveLength(10);
  });

  it("draws jackknife groups from the whole table, whatever its order", () => {
    const order = fresh.columns[0]!.kind === "number" ? sortedOrder(fresh.columns[0]!.values) : [];
    const [whole] = makeSamples(scored(train, takeRows(fresh, order)), stream("samples")).all;
    const ages = whole!.table.columns[0]!;
    const first = ages.kind === "number" ? ages.values.subarray(0, 60) : [];
    // Of the youngest tenth all would be below 25, were the groups the file's pieces.
    expect(Math.min(...first)).toBeLessThan(25);
    expect(Math.max(...first)).toBeGreaterThan(60);
  });
});

describe("a score and its ceiling", () => {
  it.each([
    ["held-out rows", people(600, "holdout")],
    ["halves of training", undefined],
  ])("are near each other for a fresh sample, by %s", async (_, holdout) => {
    for (const figure of Object.values(await figures(scored(train, fresh, holdout)))) {
      expect(Math.abs(figure.ceiling! - (figure.matched ?? figure.value!))).toBeLessThan(0.06);
      expect(figure.low).toBeLessThan(figure.high!);
    }
  });

  it("part for a copied table: the score is above, by more than chance", async () => {
    const scores = await figures(scored(train, train, people(600, "holdout")));
    for (const kind of [
      "columnShapes",
      "pairTrends",
      "overall",
      "univariate",
      "bivariate",
      "trivariate",
      "betaRecall",
    ]) {
      expect(scores[kind]!.value).toBeGreaterThan(scores[kind]!.ceiling!);
      expect(scores[kind]!.aboveCeiling).toBe("beyond noise");
    }
  });

  it("part for a copied table without held-out rows too, in triples", async () => {
    const { trivariate } = await figures(scored(train, train));
    expect(trivariate!.aboveCeiling).toBe("beyond noise");
    expect(trivariate!.matched).toBeGreaterThan(trivariate!.ceiling!);
  });

  it("are the same for the same stream", async () => {
    const tables = scored(train, fresh);
    expect(await figures(tables)).toEqual(await figures(tables));
  });
});
