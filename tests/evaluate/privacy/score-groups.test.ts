import { describe, expect, it } from "vitest";
import { makeRandom } from "../../../src/core/random.js";
import { nearerToTrainShare } from "../../../src/evaluate/privacy/closest-record.js";
import { codeTable } from "../../../src/evaluate/privacy/coded-table.js";
import { findClosestRecords } from "../../../src/evaluate/privacy/find-closest-records.js";
import { type AuditTables, fitGowerSpace } from "../../../src/evaluate/privacy/gower-space.js";
import { type Audit, prepareAudit } from "../../../src/evaluate/privacy/prepare-audit.js";
import { PRIVACY_LIMITS } from "../../../src/evaluate/privacy/privacy-limits.js";
import { listRowGroups } from "../../../src/evaluate/privacy/row-groups.js";
import { fitRowRarity } from "../../../src/evaluate/privacy/row-rarity.js";
import { scoreGroups } from "../../../src/evaluate/privacy/score-groups.js";
import { makeTable, type Table, takeRows } from "../../../src/table/table.js";
import { drawPeople, numbers, perturb, stack, texts } from "./tables.js";

const ROWS = 2500;
const [train, holdout, independent] = [1, 2, 3].map((seed) => drawPeople(ROWS, makeRandom(seed))) as [
  Table,
  Table,
  Table,
];

function prepare(tables: AuditTables): Audit {
  const columns = tables.train.columns.map(({ name }) => name);
  return prepareAudit(tables, columns, PRIVACY_LIMITS, makeRandom(5));
}

async function groupsOf(tables: AuditTables) {
  const audit = prepare(tables);
  return (await scoreGroups(audit, await findClosestRecords(audit.searches.gower)))!;
}

function rowsWhere(table: Table, city: string, is: boolean): number[] {
  const column = table.columns.find(({ name }) => name === "city")!;
  if (!("codes" in column)) throw new Error("city is a text");
  const code = column.dictionary.indexOf(city);
  return [...column.codes.keys()].filter((row) => (column.codes[row] === code) === is);
}

/** The independent rows, those of one city replaced by training's, their numbers moved a little. */
function copyCity(city: string): Table {
  const copied = perturb(takeRows(train, rowsWhere(train, city, true)), 0.002, makeRandom(6));
  return stack(takeRows(independent, rowsWhere(independent, city, false)), copied);
}

describe("groups of rows", () => {
  it("find the one copied category, by both figures, that the whole does not show", async () => {
    const synthetic = copyCity("city 10");
    const audit = prepare({ train, synthetic, holdout });
    const records = await findClosestRecords(audit.searches.gower);
    expect(nearerToTrainShare(records.toTrain, records.beside!.toHoldout).figure.low).toBeLessThan(0.52);
    const [first, ...others] = (await scoreGroups(audit, records))!;
    expect(first).toMatchObject({ kind: "category", column: "city", level: "city 10" });
    expect(first?.trainRows).toBe(rowsWhere(train, "city 10", true).length);
    expect(first?.syntheticRows).toBe(rowsWhere(synthetic, "city 10", true).length);
    expect(first?.dcrShare.low).toBeGreaterThan(0.8);
    expect(first?.membership?.low).toBeGreaterThan(0.8);
    for (const { kind, dcrShare } of others) if (kind === "category") expect(dcrShare.low).toBeLessThan(0.55);
  });

  it("find memorised outliers that the whole does not show", async () => {
    const audit = prepare({ train, synthetic: independent, holdout });
    const rare = listRowGroups(audit, audit.holdout!, audit.searches.gower.queries)[0]!.rowsOf(audit.train.all);
    const kept = Array.from({ length: ROWS - rare.length }, (_, row) => row);
    const groups = await groupsOf({
      train,
      synthetic: stack(takeRows(independent, kept), takeRows(train, rare)),
      holdout,
    });
    const outliers = groups.find(({ kind }) => kind === "outliers")!;
    expect(outliers.dcrShare.low).toBeGreaterThan(0.55);
    expect(outliers.membership?.low).toBeGreaterThan(0.8);
  });

  it("raise no alarm over rows that copy nothing: at most one of 6 draws has a group above 50 %", async () => {
    let alarms = 0;
    for (let draw = 0; draw < 6; draw++) {
      const [a, b, c] = [0, 1, 2].map((at) => drawPeople(1000, makeRandom(100 + 3 * draw + at))) as [
        Table,
        Table,
        Table,
      ];
      const groups = await groupsOf({ train: a, synthetic: b, holdout: c });
      expect(groups.length).toBeGreaterThan(10);
      if (groups.some(({ dcrShare, membership }) => dcrShare.low! > 0.5 || (membership?.low ?? 0) > 0.5)) alarms++;
    }
    expect(alarms).toBeLessThanOrEqual(1);
  });

  it("are outliers, rows with a rare category, and every category that enough rows have, the rarest first", () => {
    const city = (rows: readonly [string, number][]) =>
      texts(
        "city",
        rows.flatMap(([name, n]) => Array(n).fill(name)),
      );
    const real = makeTable([
      city([
        ["Rome", 900],
        ["Bonn", 60],
        ["Oslo", 36],
        ["Nice", 4],
      ]),
    ]);
    const audit = prepare({ train: real, synthetic: real, holdout: real });
    const groups = listRowGroups(audit, audit.holdout!, audit.searches.gower.queries);
    expect(groups.map(({ kind, level }) => [kind, level])).toEqual([
      ["outliers", undefined],
      ["category", "Oslo"],
      ["category", "Bonn"],
      ["category", "Rome"],
    ]);
    // 4 of 1,000 rows are rare, and fewer than five are no group; the 40 rarest rows are Nice's and Oslo's
    expect([...groups[0]!.rowsOf(audit.train.all)]).toHaveLength(40);
    expect(groups[1]!.rowsOf(audit.train.all)).toHaveLength(36);
    const more = makeTable([
      city([
        ["Rome", 900],
        ["Bonn", 92],
        ["Nice", 8],
      ]),
    ]);
    const wider = prepare({ train: more, synthetic: more, holdout: more });
    const rare = listRowGroups(wider, wider.holdout!, wider.searches.gower.queries);
    expect(rare.map(({ kind }) => kind)).toContain("rare categories");
    expect(rare.map(({ level }) => level)).not.toContain("Nice");
  });

  it("are none without held-out rows, and have reasons instead of figures where few rows are held out", async () => {
    const alone = prepare({ train, synthetic: independent });
    expect(await scoreGroups(alone, await findClosestRecords(alone.searches.gower))).toBeUndefined();
    const few = await groupsOf({ train, synthetic: independent, holdout: takeRows(holdout, [0, 1, 2]) });
    expect(JSON.stringify(few)).not.toMatch(/null/);
    expect(few[0]?.membership).toMatchObject({ status: "unavailable", reason: expect.stringContaining("20") });
  });
});

describe("a row's rarity", () => {
  it("is the sum of -log of its values' shares among real rows, numbers in ten bins", () => {
    const table = makeTable([numbers("x", [0, 0.05, 1, 10]), texts("t", ["a", "a", "a", "b"])]);
    const space = fitGowerSpace({ train: table, synthetic: table }, ["x", "t"]);
    const coded = codeTable(space, table);
    const rarity = fitRowRarity([coded], [true, false]).measure(coded);
    // 0 and .05 of 10 share a bin, 1 has the next, 10 the last
    expect(rarity[0]).toBeCloseTo(-Math.log(2 / 4) - Math.log(3 / 4), 12);
    expect(rarity[2]).toBeCloseTo(-Math.log(1 / 4) - Math.log(3 / 4), 12);
    expect(rarity[3]).toBeCloseTo(-2 * Math.log(1 / 4), 12);
  });

  it("counts a value that no real row has as half a row", () => {
    const real = { rowCount: 2, width: 1, values: Float64Array.of(0, 5) };
    const unseen = { rowCount: 2, width: 1, values: Float64Array.of(3, 7) };
    for (const rarity of fitRowRarity([real], [false]).measure(unseen)) expect(rarity).toBeCloseTo(-Math.log(0.25), 12);
  });
});
