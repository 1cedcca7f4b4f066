import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeRandom } from "../../../src/core/random.js";
import type { EncodedTable, Field } from "../../../src/encode/field.js";
import { conditionWidths, planConditions } from "../../../src/gan/techniques/condition-plan.js";
import { makeCombinationSampler, makeKnownColumns } from "../../../src/gan/techniques/known-columns.js";
import { makeSamplingConditions } from "../../../src/gan/techniques/sampling-conditions.js";
import { makeRowConditions, makeTrainingConditions } from "../../../src/gan/techniques/training-conditions.js";

const fields: readonly Field[] = [
  { kind: "discrete", name: "city", levels: 3 },
  { kind: "discrete", name: "age", levels: 2 },
  { kind: "scalar", name: "age within its mode" },
  { kind: "discrete", name: "job, position in the group", levels: 2 },
  { kind: "discrete", name: "note", levels: 4 },
];

/** 90 rows of city 0, 8 of city 1, 2 of city 2; the job is the city's parity. */
const city = Uint8Array.from({ length: 100 }, (_, row) => (row < 90 ? 0 : row < 98 ? 1 : 2));
const train: EncodedTable = {
  rowCount: 100,
  fields: [
    city,
    city.map((code) => code % 2),
    new Float32Array(100),
    city.map((code) => code % 2),
    city.map((_, row) => row % 4),
  ],
};
const plan = (columns: Parameters<typeof planConditions>[0], minCount = 5) =>
  planConditions(columns, { fields, train }, minCount);

describe("what a generator is conditioned on", () => {
  it("has a part for each known column, one for one at random, none without", () => {
    expect(conditionWidths(plan("none"))).toEqual([]);
    expect(conditionWidths(plan("one-at-random"))).toEqual([3 + 2 + 4]); // no mode of a number
    expect(conditionWidths(plan(["city", "note"]))).toEqual([3, 4]);
  });

  it("takes a column's fields by its name", () => {
    expect(plan(["job"])).toMatchObject({ kind: "known", fields: [3] });
    expect(() => plan(["jo"])).toThrow('no learned column "jo"');
    expect(() => plan(["age"])).toThrow("not discrete");
  });

  it("takes, of so many, the columns that tell most of the others", () => {
    const { fields: one } = plan(1) as { fields: readonly number[] } & ReturnType<typeof plan>;
    expect([[0], [3]]).toContainEqual(one); // city tells the job, the job tells of the city; the note tells nothing
    expect(() => plan(4)).toThrow("there are 3 discrete columns");
  });
});

describe("conditions of training batches", () => {
  it.each(["true", "logarithmic"] as const)("are met by the row drawn with them, frequencies %s", (frequencies) => {
    for (const columns of ["one-at-random", ["city", "job"]] as const) {
      const conditions = plan(typeof columns === "string" ? columns : [...columns]);
      const drawn = makeTrainingConditions(conditions, train, frequencies);
      const random = makeRandom(1);
      const places = new Int32Array(2);
      for (let i = 0; i < 200; i++) {
        const row = drawn.draw(places, random);
        if (conditions.kind === "known") {
          expect([...places]).toEqual(conditions.fields.map((field) => train.fields[field]![row]));
        } else if (conditions.kind === "one-at-random") {
          const column = conditions.columns.findLast(({ start }) => start <= places[0]!)!;
          expect(train.fields[column.field]![row]).toBe(places[0]! - column.start);
        }
      }
    }
  });

  it("come to log(rows + 1) a combination where frequencies are logarithmic, to the rows where they are true", () => {
    const share = (frequencies: "true" | "logarithmic"): number => {
      const drawn = makeTrainingConditions(plan(["city"]), train, frequencies);
      const random = makeRandom(2);
      const places = new Int32Array(1);
      let rare = 0;
      for (let i = 0; i < 20_000; i++) {
        drawn.draw(places, random);
        if (places[0] === 2) rare++;
      }
      return rare / 20_000;
    };
    const logs = [91, 9, 3].map(Math.log) as [number, number, number];
    expect(Math.abs(share("logarithmic") - logs[2] / (logs[0] + logs[1] + logs[2]))).toBeLessThan(0.01);
    expect(Math.abs(share("true") - 0.02)).toBeLessThan(0.004);
  });

  it("of rows as they come are the rows' own", () => {
    const places = new Int32Array(2);
    const random = makeRandom(3);
    const drawn = makeRowConditions(plan(["city", "note"]), train);
    for (let i = 0; i < 50; i++) {
      const row = drawn.draw(places, random);
      expect([...places]).toEqual([train.fields[0]![row], train.fields[4]![row]]);
    }
  });
});

describe("known columns in the model", () => {
  it("keep no combination that few rows have, only how many rows are left", () => {
    const { combinations, shares } = makeKnownColumns([0, 3], fields, train, 5);
    expect(combinations).toEqual([
      { levels: [0, 0], share: 0.9 },
      { levels: [1, 1], share: 0.08 },
    ]);
    expect(shares[0]!.map((share) => Math.round(100 * share))).toEqual([90, 8, 2]);
  });

  it("are drawn by their true shares, rare combinations column by column", () => {
    const draw = makeCombinationSampler(makeKnownColumns([0, 3], fields, train, 5));
    const random = makeRandom(4);
    const counts = new Map<string, number>();
    for (let i = 0; i < 20_000; i++) {
      const key = draw(random).join();
      counts.set(key, (counts.get(key) ?? 0) + 1 / 20_000);
    }
    expect(Math.abs(counts.get("0,0")! - 0.9)).toBeLessThan(0.01);
    expect(Math.abs(counts.get("1,1")! - 0.08)).toBeLessThan(0.008);
    const rare = [...counts].filter(([key]) => key !== "0,0" && key !== "1,1");
    expect(Math.abs(rare.reduce((sum, [, share]) => sum + share, 0) - 0.02)).toBeLessThan(0.005);
  });

  it("have levels that the columns have, whatever the table and the bound", () => {
    const row = fc.tuple(fc.nat(2), fc.nat(1));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 50 }), (rows, minCount) => {
        const table: EncodedTable = {
          rowCount: rows.length,
          fields: [Uint8Array.from(rows, ([a]) => a), Uint8Array.from(rows, ([, b]) => b)],
        };
        const own: readonly Field[] = [
          { kind: "discrete", name: "a", levels: 3 },
          { kind: "discrete", name: "b", levels: 2 },
          { kind: "scalar", name: "c" },
        ];
        const known = makeKnownColumns([0, 1], own, table, minCount);
        const places = new Int32Array(2);
        makeSamplingConditions({ kind: "known", ...known })(places, makeRandom(rows.length));
        expect(table.fields[0]).toContain(places[0]);
        expect(table.fields[1]).toContain(places[1]);
      }),
      { numRuns: 200 },
    );
  });
});
