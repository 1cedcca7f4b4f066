import { describe, expect, it } from "vitest";
import { makeRandom } from "../../../../src/core/random.js";
import { privacySchema } from "../../../../src/evaluate/contract/privacy-schema.js";
import { type CodedTable, codeTable } from "../../../../src/evaluate/privacy/coded-table.js";
import { outlierProximity } from "../../../../src/evaluate/privacy/disclosure/outlier-proximity.js";
import { fitGowerSpace } from "../../../../src/evaluate/privacy/gower-space.js";
import { wilsonInterval } from "../../../../src/stats/wilson-interval.js";
import { type Table, takeRows } from "../../../../src/table/table.js";
import { drawPeople, PEOPLE_COLUMNS, perturb, stack } from "../tables.js";

/** A table of one column; of so few rows 5 % is the one that is farthest from the next. */
const line = (...values: number[]): CodedTable => ({
  rowCount: values.length,
  width: 1,
  values: Float64Array.from(values),
});

function measure(train: Table, synthetic: Table, holdout?: Table) {
  const tables = holdout === undefined ? { train, synthetic } : { train, synthetic, holdout };
  const space = fitGowerSpace(tables, PEOPLE_COLUMNS);
  const code = (table: Table) => codeTable(space, table);
  return outlierProximity({
    train: code(train),
    synthetic: code(synthetic),
    holdout: holdout === undefined ? undefined : code(holdout),
  });
}

const rows = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

describe("outlierProximity by hand", () => {
  // .9 is .4 from the next real row, a held-out one; all others are nearer to each other
  const train = line(0.1, 0.12, 0.14, 0.9);
  const holdout = line(0.11, 0.5, 0.48, 0.13);
  const rate = async (synthetic: number) => {
    const { variants } = await outlierProximity({ train, synthetic: line(synthetic), holdout });
    const find = (name: string) => variants?.find((variant) => variant.name.includes(name))?.attack;
    return ["half", "tenth"].map((name) => find(name)!.value! > 0.5);
  };

  it("counts a synthetic row half as far as the nearest real row, and a tenth as far", async () => {
    expect(await rate(0.5)).toEqual([false, false]);
    expect(await rate(0.69)).toEqual([false, false]);
    expect(await rate(0.71)).toEqual([true, false]);
    expect(await rate(0.95)).toEqual([true, false]);
    expect(await rate(0.93)).toEqual([true, true]);
    expect(await rate(0.9)).toEqual([true, true]);
  });

  it("takes the rate of one outlier as no certainty", async () => {
    const { variants, risk } = await outlierProximity({ train, synthetic: line(0.9), holdout });
    expect(risk).toEqual({ status: "unavailable", reason: expect.stringContaining("held-out") });
    expect(variants?.[0]?.attack?.value).toBeCloseTo(wilsonInterval(1, 1, 2.2414).center, 2);
  });

  it("is unavailable where every row has a twin, and where there is but one", async () => {
    const twins = line(0.3, 0.3, 0.3);
    for (const [own, held] of [
      [twins, twins],
      [line(0.3), undefined],
    ] as const) {
      expect(await outlierProximity({ train: own, synthetic: line(0.3), holdout: held })).toEqual({
        risk: { status: "unavailable", reason: expect.stringContaining("stands alone") },
      });
    }
  });
});

describe("outlierProximity of people", () => {
  const train = drawPeople(3000, makeRandom(1));
  const holdout = drawPeople(3000, makeRandom(2));

  it("finds a tenth of the rows copied, as they are and with a little noise on numbers", async () => {
    const copies = takeRows(train, rows(0, 300));
    const others = drawPeople(2700, makeRandom(3));
    for (const leaked of [copies, perturb(copies, 0.005, makeRandom(4))]) {
      const found = await measure(train, stack(leaked, others), holdout);
      expect(found.risk.low).toBeGreaterThan(0.02);
      expect(found.control?.value).toBeLessThan(0.2);
      expect(privacySchema.shape.outlierProximity.parse(found)).toEqual(found);
    }
  });

  it("finds memorised outliers alone", async () => {
    const space = fitGowerSpace({ train, synthetic: train }, PEOPLE_COLUMNS);
    const coded = codeTable(space, train);
    const { nearestNeighbors } = await import("../../../../src/evaluate/privacy/nearest-neighbors.js");
    const { distances } = await nearestNeighbors(coded, coded, 2);
    const byDistance = rows(0, 3000).sort((a, b) => distances[2 * b + 1]! - distances[2 * a + 1]!);
    const leaked = stack(takeRows(train, byDistance.slice(0, 30)), drawPeople(2970, makeRandom(5)));
    expect((await measure(train, leaked, holdout)).risk.low).toBeGreaterThan(0.03);
  });

  it("raises at most three false alarms in 40 small tables of other people", async () => {
    let alarms = 0;
    for (let seed = 0; seed < 40; seed++) {
      const [a, b, c] = [0, 1, 2].map((side) => drawPeople(400, makeRandom(1000 + 3 * seed + side)));
      alarms += (await measure(a!, b!, c!)).risk.low! > 0 ? 1 : 0;
    }
    expect(alarms).toBeLessThanOrEqual(3);
  });

  it("gives the attack's rate without held-out rows, and no risk", async () => {
    const alone = await measure(train, drawPeople(3000, makeRandom(3)));
    expect(alone.risk).toEqual({ status: "unavailable", reason: expect.stringContaining("held-out rows") });
    expect(alone.attack?.value).toBeGreaterThan(0);
    expect(alone.control).toBeUndefined();
  });
});
