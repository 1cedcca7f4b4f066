import { describe, expect, it } from "vitest";
import { makeRandom } from "../../../src/core/random.js";
import { evaluateDistances } from "../../../src/evaluate/privacy/evaluate-distances.js";
import type { AuditTables } from "../../../src/evaluate/privacy/gower-space.js";
import { prepareAudit } from "../../../src/evaluate/privacy/prepare-audit.js";
import { PRIVACY_LIMITS } from "../../../src/evaluate/privacy/privacy-limits.js";
import type { Column } from "../../../src/table/column.js";
import { makeTable, type Table, takeRows } from "../../../src/table/table.js";
import { drawPeople, numbers, perturb, texts } from "./tables.js";

function distancesOf(tables: AuditTables) {
  const columns = tables.train.columns.map(({ name }) => name);
  return evaluateDistances(prepareAudit(tables, columns, PRIVACY_LIMITS, makeRandom(1)));
}

/** Train, synthetic and holdout of `rows` rows each. */
function three(rows: number, column: (at: number, table: number) => Column[]): AuditTables {
  const [train, synthetic, holdout] = [0, 1, 2].map((table) => makeTable(column(rows, table))) as [Table, Table, Table];
  return { train, synthetic, holdout };
}

const [train, holdout, independent] = [1, 2, 3].map((seed) => drawPeople(1200, makeRandom(seed))) as [
  Table,
  Table,
  Table,
];

describe("distances in the second space", () => {
  it("find no memorising where there is none, and stand at those of held-out rows", async () => {
    const { euclidean } = await distancesOf({ train, synthetic: independent, holdout });
    expect(euclidean?.dcrShare.low).toBeLessThan(0.5);
    expect(euclidean?.dcrShare.high).toBeGreaterThan(0.5);
    expect(euclidean?.nearestDecileShare.low).toBeLessThan(0.5);
    expect(Math.abs(euclidean!.dcr.median.value! / euclidean!.dcr.median.ceiling! - 1)).toBeLessThan(0.1);
    expect(Math.abs(euclidean!.nndr.value! / euclidean!.nndr.ceiling! - 1)).toBeLessThan(0.1);
  });

  it("find rows whose numbers are moved a little", async () => {
    const { euclidean } = await distancesOf({ train, synthetic: perturb(train, 0.003, makeRandom(4)), holdout });
    expect(euclidean?.dcrShare.low).toBeGreaterThan(0.9);
    expect(euclidean?.nearestDecileShare.low).toBeGreaterThan(0.9);
    expect(euclidean?.dcr.median.high).toBeLessThan(euclidean!.dcr.median.ceiling! / 2);
  });

  it("need held-out rows for what they compare", async () => {
    const { euclidean, groups, holdoutOverlap } = await distancesOf({ train, synthetic: independent });
    expect(euclidean?.dcr.median.value).toBeGreaterThan(0);
    expect(euclidean?.dcrShare).toMatchObject({ status: "unavailable", reason: expect.stringContaining("held-out") });
    expect([groups, holdoutOverlap]).toEqual([undefined, undefined]);
  });
});

describe("odd tables have figures or reasons, never NaN", () => {
  const cases: Record<string, AuditTables> = {
    "one row": three(1, (_, at) => [numbers("x", [at]), texts("t", [`t${at}`])]),
    "one column that is constant": three(60, (rows) => [numbers("x", Array(rows).fill(5))]),
    "a column that is missing in every row": three(60, (rows) => [
      numbers("x", Array(rows).fill(null)),
      texts("t", Array(rows).fill(null)),
    ]),
    "numbers that the synthetic rows lack": three(60, (rows, at) => [
      numbers(
        "x",
        Array.from({ length: rows }, (_, row) => (at === 1 ? null : row)),
      ),
    ]),
    "categories alone": three(300, (rows, at) => [
      texts(
        "a",
        Array.from({ length: rows }, (_, row) => `a${(row * (at + 3)) % 7}`),
      ),
      texts(
        "b",
        Array.from({ length: rows }, (_, row) => `b${(row * row + at) % 5}`),
      ),
    ]),
    "a category of its own for every row": three(200, (rows, at) => [
      texts(
        "a",
        Array.from({ length: rows }, (_, row) => `${at} ${row}`),
      ),
    ]),
    "three held-out rows": { train, synthetic: independent, holdout: takeRows(holdout, [0, 1, 2]) },
  };
  it.each(Object.entries(cases))("%s", async (_, tables) => {
    const scores = await distancesOf(tables);
    // JSON writes NaN and Infinity as null
    expect(JSON.stringify(scores)).not.toMatch(/null/);
    for (const share of [scores.dcrShare, scores.euclidean?.dcrShare]) {
      expect(share?.low).toBeLessThanOrEqual(0.5);
      expect(share?.high).toBeGreaterThanOrEqual(0.5);
    }
    for (const { dcrShare, membership } of scores.groups ?? []) {
      expect(dcrShare.low ?? 0).toBeLessThanOrEqual(0.5);
      expect(membership?.low ?? 0).toBeLessThanOrEqual(0.5);
    }
  });

  it("one training row has no second nearest record", async () => {
    const { nndr, nndrCurve, euclidean } = await distancesOf(cases["one row"]!);
    expect(nndr).toMatchObject({ status: "unavailable", reason: expect.stringContaining("two training rows") });
    expect(euclidean?.nndr.status).toBe("unavailable");
    expect(nndrCurve).toBeUndefined();
  });
});
