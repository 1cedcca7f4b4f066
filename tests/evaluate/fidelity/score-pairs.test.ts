import { describe, expect, it } from "vitest";
import { columnGroups } from "../../../src/evaluate/fidelity/column-groups.js";
import { choosePictures, MAX_PICTURES, makePicturePainter } from "../../../src/evaluate/fidelity/pair-picture.js";
import { makeSamples } from "../../../src/evaluate/fidelity/samples.js";
import { scorePairs } from "../../../src/evaluate/fidelity/score-pairs.js";
import type { PairScore } from "../../../src/evaluate/report-schema.js";
import type { ScoredTables } from "../../../src/evaluate/scored-table.js";
import type { ColumnType } from "../../../src/schema/table-schema.js";
import type { Table } from "../../../src/table/table.js";
import { makeTable } from "../../../src/table/table.js";
import { numbers, people, scored, stream, texts, withColumn, withShuffled } from "../planted.js";

const train = people(800, "train");
const fresh = people(800, "fresh");

async function pairsOf(tables: ScoredTables): Promise<Record<string, PairScore>> {
  const { pairs } = await scorePairs(tables, makeSamples(tables, stream("samples")), { random: stream("pairs") });
  return Object.fromEntries(pairs.map((pair) => [pair.columns.join(" "), pair]));
}

async function onlyPair(real: Table, synthetic: Table, types: Record<string, ColumnType> = {}): Promise<PairScore> {
  return Object.values(await pairsOf(scored(real, synthetic, undefined, types)))[0]!;
}

describe("a pair's association", () => {
  it("is Pearson's for two numbers with Spearman's beside it, eta for a number and a category, V for two categories", async () => {
    const pairs = await pairsOf(scored(train, fresh));
    const measures = Object.fromEntries(Object.entries(pairs).map(([key, pair]) => [key, pair.association.measure]));
    expect(measures).toEqual({
      "age income": "pearson",
      "age job": "correlationRatio",
      "age buys": "correlationRatio",
      "income job": "correlationRatio",
      "income buys": "correlationRatio",
      "job buys": "cramersV",
    });
    for (const [key, pair] of Object.entries(pairs)) expect("spearman" in pair).toBe(key === "age income");
  });

  it("is the same on both sides of identical tables, near it for another sample, lost where a column is shuffled", async () => {
    const shuffled = await pairsOf(scored(train, withShuffled(fresh, "job")));
    const other = await pairsOf(scored(train, fresh));
    for (const { association } of Object.values(await pairsOf(scored(train, train)))) {
      expect(association.synthetic).toBeCloseTo(association.real!, 12);
    }
    for (const { association } of Object.values(other)) {
      expect(Math.abs(association.synthetic! - association.real!)).toBeLessThan(0.1);
    }
    expect(shuffled["age job"]!.association.real).toBeGreaterThan(0.5);
    expect(shuffled["age job"]!.association.synthetic).toBeLessThan(0.15);
    expect(shuffled["job buys"]!.association.synthetic).toBeLessThan(0.15);
  });

  it("is of the rows that know both values (by hand: V 1 among known jobs)", async () => {
    const job = texts("job", ["a", "a", "b", "b", null, null, "a", "b"]);
    const city = texts("city", ["x", "x", "y", "y", "x", "y", null, null]);
    const pair = await onlyPair(makeTable([job, city]), makeTable([job, city]));
    expect(pair.association).toEqual({ measure: "cramersV", real: 1, synthetic: 1 });
  });

  it("is null on the side where a column is all missing or constant", async () => {
    const none = withColumn(fresh, "income", (column) =>
      column.kind === "number" ? { ...column, values: column.values.map(() => Number.NaN) } : column,
    );
    const pairs = await pairsOf(scored(train, none));
    for (const key of ["age income", "income job"]) {
      expect(pairs[key]!.association.real).toBeGreaterThan(0);
      expect(pairs[key]!.association.synthetic).toBeNull();
    }
    expect(pairs["age income"]!.spearman!.synthetic).toBeNull();
    expect(pairs["age income"]!.score.status).toBe("unavailable");
    expect(JSON.stringify(pairs)).not.toContain("NaN");
  });

  it("is computed for one row and for 10,000 levels", async () => {
    const one = makeTable([numbers("age", [30]), texts("job", ["cook"])]);
    const two = makeTable([train.columns[0]!, train.columns[2]!]);
    const single = await onlyPair(two, one);
    expect(single.association).toMatchObject({ measure: "correlationRatio", synthetic: null });
    expect(single.score.value).toBeGreaterThan(0);
    const names = Array.from({ length: 20_000 }, (_, row) => `v${row % 10_000}`);
    const wide = makeTable([texts("a", names), texts("b", names.toReversed())]);
    const pair = await onlyPair(wide, wide, { a: "category", b: "category" });
    expect(pair.association.real).toBeCloseTo(1, 9);
    expect(pair.score.value).toBe(1);
    expect(pair.picture).toEqual({ real: [1], synthetic: [1] });
  });
});

describe("a pair's picture", () => {
  const job = texts("job", [...Array(60).fill("a"), ...Array(38).fill("b"), ...Array(2).fill("b")]);
  const city = texts("city", [...Array(60).fill("x"), ...Array(38).fill("y"), ...Array(2).fill("x")]);

  it("has the shares of all rows, row by row, and null for one to four training rows (by hand)", async () => {
    const tables = scored(makeTable([job, city]), makeTable([job, city]));
    const pair = Object.values(await pairsOf(tables))[0]!;
    expect(columnGroups(tables, 0).labels).toEqual(["a", "b"]);
    expect(pair.picture).toEqual({ real: [0.6, 0, null, 0.38], synthetic: [0.6, 0, 0.02, 0.38] });
  });

  it("sums to 1 over rows a side, has a cell for each pair of groups, in the order of the pair's columns", async () => {
    const tables = scored(train, fresh);
    const pairs = Object.values(await pairsOf(tables));
    const groups = tables.columns.map((_, at) => columnGroups(tables, at));
    const position = (name: string) => tables.columns.findIndex((column) => column.name === name);
    for (const { columns, picture } of pairs) {
      const [a, b] = columns.map(position);
      const [height, width] = [groups[a!]!.labels.length, groups[b!]!.labels.length];
      expect(picture!.real).toHaveLength(height * width);
      expect(picture!.synthetic.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 1);
      const missing = groups[a!]!.codesOf(tables.synthetic.columns[a!]!);
      const first = missing.reduce((count, code) => count + (code === 0 ? 1 : 0), 0) / fresh.rowCount;
      expect(picture!.synthetic.slice(0, width).reduce((sum, share) => sum + share, 0)).toBeCloseTo(first, 2);
      for (const share of picture!.synthetic) expect(share).toBe(Math.round(share * 1e4) / 1e4);
    }
  });

  it("is drawn of all pairs where they are few, else of those with the lowest scores", () => {
    const pair = (value: number | undefined): PairScore => ({
      columns: ["a", "b"],
      metric: "ContingencySimilarity",
      score: value === undefined ? { status: "unavailable", reason: "no rows" } : { value },
      association: { real: null, synthetic: null },
    });
    expect([...choosePictures([pair(0.9), pair(undefined), pair(0.1)])].sort()).toEqual([0, 1, 2]);
    const many = Array.from({ length: MAX_PICTURES + 3 }, (_, at) => pair(at === 5 ? undefined : 1 - at / 1e4));
    const chosen = choosePictures(many);
    expect(chosen.size).toBe(MAX_PICTURES);
    for (const at of [0, 1, 5]) expect(chosen.has(at)).toBe(false);
  });

  it("shows a planted cell: rows moved from one group to another", () => {
    const moved = texts("city", [
      ...Array(30).fill("y"),
      ...Array(30).fill("x"),
      ...Array(38).fill("y"),
      ...Array(2).fill("x"),
    ]);
    const tables = scored(makeTable([job, city]), makeTable([job, moved]));
    const painter = makePicturePainter(tables, [columnGroups(tables, 0), columnGroups(tables, 1)]);
    expect(painter.paint(0, 1).synthetic).toEqual([0.3, 0.3, 0.02, 0.38]);
  });
});
