import { describe, expect, it } from "vitest";
import { fidelitySchema } from "../../../src/evaluate/contract/fidelity-schema.js";
import { scoreDiagnostic } from "../../../src/evaluate/fidelity/diagnostic.js";
import { scoreFidelity } from "../../../src/evaluate/fidelity/score-fidelity.js";
import { unavailable } from "../../../src/evaluate/figure.js";
import type { ColumnScore, Report } from "../../../src/evaluate/report-schema.js";
import type { ColumnType } from "../../../src/schema/table-schema.js";
import { makeTable, type Table } from "../../../src/table/table.js";
import { numbers, scored, stream, texts } from "../planted.js";
import { range } from "./column-samples.js";

type Fidelity = Omit<Report["fidelity"], "c2st">;

/** Every fidelity score but detection; fails where the report's contract is broken, as by a NaN. */
async function score(real: Table, synthetic: Table, holdout?: Table): Promise<Fidelity> {
  const types: Record<string, ColumnType> = {};
  for (const column of real.columns) types[column.name] = "codes" in column ? "category" : "integer";
  const scores = await scoreFidelity(scored(real, synthetic, holdout, types), { random: stream("known answers") });
  const keys = unavailable("no identifier column");
  const fidelity = { ...scores, diagnostic: scoreDiagnostic(scores.columns, synthetic.rowCount, 1, keys) };
  return fidelitySchema.omit({ c2st: true }).parse(fidelity);
}

const values = (fidelity: Fidelity, pick: (column: ColumnScore) => { value?: number | undefined } | undefined) =>
  fidelity.columns.map((column) => pick(column)?.value);
const pair = (fidelity: Fidelity, a: string, b: string) =>
  fidelity.pairs.find(({ columns }) => columns.join() === [a, b].join())!;

/** n and double are in step (correlation 1); half is "low" for the lower half of n, "high" above. */
function inStep(rows: number, from = 0): Table {
  return makeTable([
    numbers(
      "n",
      range(rows).map((i) => i + from),
    ),
    numbers(
      "double",
      range(rows).map((i) => 2 * (i + from)),
    ),
    texts(
      "half",
      range(rows).map((i) => (i < rows / 2 ? "low" : "high")),
    ),
  ]);
}

describe("identical tables", () => {
  it("have every similarity 1, every distance 0", async () => {
    const fidelity = await score(inStep(1000), inStep(1000));
    for (const figure of [fidelity.columnShapes, fidelity.pairTrends, fidelity.overall]) expect(figure.value).toBe(1);
    for (const figure of Object.values(fidelity.accuracy)) expect(figure.value).toBe(1);
    expect(values(fidelity, (column) => column.wasserstein)).toEqual([0, 0, undefined]);
    expect(values(fidelity, (column) => column.jensenShannon)).toEqual([0, 0, 0]);
    for (const value of values(fidelity, (column) => column.coverage)) expect(value).toBeCloseTo(1, 12);
    expect(values(fidelity, (column) => column.adherence)).toEqual([1, 1, 1]);
    expect(values(fidelity, (column) => column.missing.difference)).toEqual([0, 0, 0]);
    expect(fidelity.diagnostic.boundaryAdherence.value).toBe(1);
    for (const column of fidelity.columns) {
      expect(column.cumulative?.synthetic).toEqual(column.cumulative?.real);
      for (const line of column.summary!) expect(line.synthetic).toBe(line.real);
    }
  });
});

describe("disjoint tables", () => {
  it("have every similarity 0 but a correlation's, every distance its largest (by hand)", async () => {
    const other = makeTable([
      ...inStep(1000, 5000).columns.slice(0, 2),
      texts(
        "half",
        range(1000).map((i) => (i < 500 ? "left" : "right")),
      ),
    ]);
    const fidelity = await score(inStep(1000), other);
    expect(fidelity.columnShapes.value).toBe(0);
    // Above all deciles: n's and double's rows all fall into the tenth bin, JS^2 = 1/2 (.9 + .1 log2(.2 / 1.1) + log2(2 / 1.1)).
    const inOneBin = Math.sqrt((0.9 + 0.1 * Math.log2(0.2 / 1.1) + Math.log2(2 / 1.1)) / 2);
    expect(fidelity.columns[0]!.jensenShannon!.value).toBeCloseTo(inOneBin, 12);
    expect(fidelity.columns[2]!.jensenShannon!.value).toBe(1);
    expect(values(fidelity, (column) => column.adherence)).toEqual([0, 0, 0]);
    // The high end's outermost slice is full, which is a hundredth of the rows of a tenth.
    expect(fidelity.columns[0]!.coverage!.value).toBeCloseTo(0.1, 12);
    expect(fidelity.columns[2]!.coverage!.value).toBe(0);
    expect(fidelity.coverage!.categories.value).toBe(0);
    // n and double are in step on both sides; pairs with half share no cell.
    expect(pair(fidelity, "n", "double").score.value).toBe(1);
    expect(pair(fidelity, "n", "half").score.value).toBe(0);
    expect(fidelity.pairTrends.value).toBeCloseTo(1 / 3, 12);
    expect(fidelity.overall.value).toBeCloseTo(1 / 6, 12);
  });
});

describe("a shuffled column", () => {
  it("keeps its shape and loses its trends (by hand: 1 1 2 2 beside 1 2 1 2)", async () => {
    const levels = (pattern: readonly number[]) => range(1000).map((i) => pattern[i % 4]!);
    const table = (second: readonly number[]) =>
      makeTable([
        numbers("a", levels([1, 1, 2, 2])),
        numbers("b", levels(second)),
        texts(
          "c",
          levels([1, 1, 2, 2]).map((level) => `c${level}`),
        ),
      ]);
    const fidelity = await score(table([1, 1, 2, 2]), table([1, 2, 1, 2]));
    expect(fidelity.columnShapes.value).toBe(1);
    expect(values(fidelity, (column) => column.wasserstein)).toEqual([0, 0, undefined]);
    expect(fidelity.accuracy.univariate.value).toBe(1);
    // Correlation 0 instead of 1: 1 - 1/2. Contingency: a quarter in each of four cells instead of a half in two.
    expect(pair(fidelity, "a", "b").score.value).toBeCloseTo(0.5, 12);
    expect(pair(fidelity, "b", "c").score.value).toBeCloseTo(0.5, 12);
    expect(pair(fidelity, "a", "c").score.value).toBe(1);
    expect(fidelity.pairTrends.value).toBeCloseTo(2 / 3, 12);
    expect(fidelity.overall.value).toBeCloseTo(5 / 6, 12);
  });
});

describe("a planted shift", () => {
  it("is found at its size in every score (by hand: 0 to 999 moved up by 100)", async () => {
    const moved = makeTable([
      numbers(
        "n",
        range(1000).map((i) => i + 100),
      ),
      ...inStep(1000).columns.slice(1),
    ]);
    const fidelity = await score(inStep(1000), moved);
    const [n, double] = fidelity.columns;
    expect(n!.score.value).toBeCloseTo(0.9, 12);
    // Sample variance of 0 .. N-1 is N (N + 1) / 12.
    expect(n!.wasserstein!.value).toBeCloseTo(100 / Math.sqrt((1000 * 1001) / 12), 9);
    // One decile is empty, the last one holds two: JS^2 = 1/2 (.1 + .1 log2(2/3) + .2 log2(4/3)).
    const divergence = (0.1 + 0.1 * Math.log2(2 / 3) + 0.2 * Math.log2(4 / 3)) / 2;
    expect(n!.jensenShannon!.value).toBeCloseTo(Math.sqrt(divergence), 12);
    expect(n!.adherence!.value).toBeCloseTo(0.9, 12);
    // The low twentieth is gone, the high one is there.
    expect(n!.coverage!.value).toBeCloseTo(0.5, 12);
    expect(double!.score.value).toBe(1);
    expect(fidelity.coverage!.tails.value).toBeCloseTo(0.75, 12);
    expect(fidelity.columnShapes.value).toBeCloseTo((0.9 + 1 + 1) / 3, 12);
    expect(fidelity.diagnostic.boundaryAdherence.value).toBeCloseTo(0.95, 12);
    // A shift is no change of correlation.
    expect(pair(fidelity, "n", "double").score.value).toBeCloseTo(1, 12);
    const { at, synthetic } = n!.cumulative!;
    at.forEach((point, i) => {
      expect(synthetic[i]).toBeCloseTo(Math.max(0, point - 99) / 1000, 12);
    });
  });
});

describe("a planted break of a correlation", () => {
  it("is found at its size (by hand: 1 becomes -1, halves change places)", async () => {
    const [n, double, half] = inStep(1000).columns;
    const turned = makeTable([
      n!,
      numbers(
        "double",
        range(1000).map((i) => 1998 - 2 * i),
      ),
      half!,
    ]);
    const fidelity = await score(makeTable([n!, double!, half!]), turned);
    expect(fidelity.columnShapes.value).toBe(1);
    const broken = pair(fidelity, "n", "double");
    expect(broken.score.value).toBeCloseTo(0, 12);
    expect(broken.association.real).toBeCloseTo(1, 12);
    expect(broken.association.synthetic).toBeCloseTo(-1, 12);
    expect(pair(fidelity, "double", "half").score.value).toBeCloseTo(0, 12);
    expect(pair(fidelity, "n", "half").score.value).toBe(1);
    expect(fidelity.pairTrends.value).toBeCloseTo(1 / 3, 12);
  });
});

describe("what cannot be computed is unavailable, never NaN and never 0", () => {
  const everyScore = ({ score: shape, wasserstein, jensenShannon, coverage, adherence }: ColumnScore) =>
    [shape, wasserstein, jensenShannon, coverage, adherence].filter((figure) => figure !== undefined);

  it.each(["synthetic", "real", "both", "holdout"])("for columns all missing on one side: %s", async (side) => {
    const empty = (rows: number) =>
      makeTable([
        numbers("n", new Array<null>(rows).fill(null)),
        texts("half", new Array<null>(rows).fill(null)),
        numbers(
          "other",
          range(rows).map((i) => i % 7),
        ),
      ]);
    const full = makeTable([...inStep(120).columns.filter(({ name }) => name !== "double"), empty(120).columns[2]!]);
    const isEmpty = (name: string) => side === name || (side === "both" && name !== "holdout");
    const [real, synthetic, holdout] = ["real", "synthetic", "holdout"].map((name) =>
      isEmpty(name) ? empty(120) : full,
    );
    const fidelity = await score(real!, synthetic!, holdout!);
    for (const column of fidelity.columns.slice(0, 2)) {
      for (const figure of everyScore(column)) {
        if (side === "holdout") expect(figure).not.toHaveProperty("ceiling");
        else expect(figure).toMatchObject({ status: "unavailable", reason: expect.stringMatching(/\w/) });
      }
    }
    expect(fidelity.columns[0]!.missing.difference!.value).toBe({ synthetic: 1, real: -1, both: 0, holdout: 0 }[side]);
    expect(fidelity.columns[2]!.score.value).toBe(1);
  });

  it("for a table of one row, on either side", async () => {
    for (const [real, synthetic] of [
      [1, 1],
      [1, 200],
      [200, 1],
    ] as const) {
      const fidelity = await score(inStep(real, 7), inStep(synthetic, 7));
      expect(fidelity.columns).toHaveLength(3);
      expect(fidelity.columns[0]!.score.value).toBeTypeOf("number");
      if (real === 1) expect(fidelity.columns[0]!.wasserstein).toMatchObject({ status: "unavailable" });
      if (real === 1) expect(JSON.stringify(fidelity.columns.map(({ summary }) => summary))).not.toMatch(/"[7]"/);
    }
  });

  it("for a single category", async () => {
    const one = makeTable([texts("c", new Array<string>(80).fill("only")), numbers("n", range(80))]);
    const fidelity = await score(one, one);
    expect(fidelity.columns[0]!.groups).toEqual(["only"]);
    expect(fidelity.columns[0]!.jensenShannon!.value).toBe(0);
    expect(fidelity.columns[0]!.coverage).toMatchObject({ value: 1, n: 1 });
    expect(fidelity.coverage!.rareCategories.status).toBe("unavailable");
  });

  it("for 10,000 categories, each once: none is named, none is expected", async () => {
    const many = makeTable([
      { ...texts("c", []), codes: Int32Array.from(range(10_000)), dictionary: range(10_000).map((i) => `secret ${i}`) },
      numbers(
        "n",
        range(10_000).map((i) => i % 9),
      ),
    ]);
    const fidelity = await score(many, many);
    expect(fidelity.columns[0]!.score.value).toBe(1);
    expect(fidelity.columns[0]!.groups).toEqual(["other"]);
    expect(fidelity.columns[0]!.coverage!.status).toBe("unavailable");
    expect(JSON.stringify(fidelity)).not.toContain("secret");
  });

  it("for names that are markup, which stand as they are", async () => {
    const name = '<img src=x onerror="alert(1)">';
    const table = makeTable([
      texts(
        name,
        range(60).map((i) => `<b>${i % 2}</b>`),
      ),
      numbers("</script>", range(60)),
    ]);
    const fidelity = await score(table, table);
    expect(fidelity.columns.map((column) => column.name)).toEqual([name, "</script>"]);
    expect(fidelity.columns[0]!.groups).toEqual(["<b>0</b>", "<b>1</b>"]);
  });
});
