import { describe, expect, it } from "vitest";
import { deserializeModel } from "../../src/artifact/load-model.js";
import { serializeModel } from "../../src/artifact/save-model.js";
import { checkConstraints } from "../../src/constraints/check-constraints.js";
import { CLEAR_KINDS } from "../../src/constraints/find/find-constraints.js";
import { type FitOptions, fit, inferSchema, type ProgressEvent, sample } from "../../src/index.js";
import { DAY, makeOrders } from "../constraints/orders.js";
import { makePlanted, PLANTED } from "../constraints/planted.js";

/** Settings that make a model small enough to be trained within a test. */
const tiny: FitOptions = {
  maxSteps: 3,
  settings: [
    ["model.network.width", 16],
    ["model.adversarial.enabled", false],
  ],
};
const table = makePlanted(400);
const schema = { ...inferSchema(table), constraints: [...PLANTED] };

describe("a model of a table with constraints", () => {
  it("draws rows that hold every one of them, though it has learned next to nothing; read from its file as well", async () => {
    const model = await fit(table, { ...tiny, schema });
    const rows = await sample(model, { rows: 2000 });
    const checks = checkConstraints(rows, PLANTED, table);
    expect(checks.map(({ violations }) => violations)).toEqual(PLANTED.map(() => 0));
    expect(rows.rowCount).toBe(2000);
    expect(rows.columns.map(({ name, kind }) => [name, kind])).toEqual(
      table.columns.map(({ name, kind }) => [name, kind]),
    );
    const events: ProgressEvent[] = [];
    await sample(model, { rows: 60, shard: { index: 2, count: 3 }, onProgress: (event) => events.push(event) });
    expect(events).toContainEqual(expect.objectContaining({ code: "N_UNIQUE_IN_SHARD" }));
    const loaded = deserializeModel(serializeModel(model));
    expect(loaded.constraints).toEqual(model.constraints);
    expect(await sample(loaded, { rows: 50 })).toEqual(await sample(model, { rows: 50 }));
  }, 30_000);

  it("finds them itself where it is asked to, and says so", async () => {
    const events: ProgressEvent[] = [];
    const model = await fit(table, { ...tiny, findConstraints: true, onProgress: (event) => events.push(event) });
    const notices = events.filter((event) => event.kind === "notice").map(({ code, message }) => `${code} ${message}`);
    expect(notices).toContainEqual(expect.stringMatching(/^N_CONSTRAINT_FOUND found gross = net \+ tax \+ fee: /));
    expect(notices).toContain('N_CONSTRAINT column "gross" is computed from "net", "tax", "fee"');
    expect(model.schema.constraints?.length).toBeGreaterThanOrEqual(PLANTED.length);
    const rows = await sample(model, { rows: 500 });
    expect(checkConstraints(rows, PLANTED, table).every(({ violations }) => violations === 0)).toBe(true);
  }, 30_000);

  it("finds the clear kinds unasked where no schema decides, and none where it is told so", async () => {
    const model = await fit(table, { ...tiny, schema: undefined });
    const kinds = new Set(model.schema.constraints?.map(({ kind }) => kind));
    expect([...kinds]).toEqual(expect.arrayContaining(["sum", "derived", "inequality", "functionalDependency"]));
    expect([...kinds].filter((kind) => !CLEAR_KINDS.includes(kind))).toEqual([]);
    expect(await fit(table, { ...tiny, findConstraints: false })).not.toHaveProperty("constraints");
  }, 30_000);

  it("has none where the schema has none", async () => {
    const model = await fit(table, { ...tiny, schema: inferSchema(table) });
    expect(model).not.toHaveProperty("constraints");
    expect(model.encoding.columns.map(({ name }) => name)).toEqual(table.columns.map(({ name }) => name));
  }, 30_000);

  it("learns dates as their distance from dates near them, without an option and as no rule", async () => {
    const orders = makeOrders(400);
    const events: ProgressEvent[] = [];
    const model = await fit(orders, { ...tiny, onProgress: (event) => events.push(event) });
    expect(
      events.flatMap((event) => (event.kind === "notice" && event.code === "N_CONSTRAINT" ? [event.message] : [])),
    ).toEqual([
      'column "shipped" is learned as the distance shipped - ordered',
      'column "delivered" is learned as the distance delivered - max(shipped, ordered)',
    ]);
    const rows = await sample(deserializeModel(serializeModel(model)), { rows: 300 });
    const [delivered, shipped, ordered] = rows.columns.map((column) => (column.kind === "date" ? column.values : []));
    const days = (from: ArrayLike<number>, to: ArrayLike<number>) =>
      Array.from(to, (value, row) => value / DAY - Math.floor(from[row]! / DAY)).filter((gap) => !Number.isNaN(gap));
    const inside = (gaps: number[], low: number, high: number) =>
      gaps.filter((gap) => gap >= low && gap <= high).length;
    expect(inside(days(ordered!, shipped!), 0, 4)).toBeGreaterThan(290);
    expect(inside(days(shipped!, delivered!), 1, 8)).toBeGreaterThan(150);
    const followed = await fit(orders, { ...tiny, schema: inferSchema(orders) });
    expect(followed).not.toHaveProperty("constraints");
  }, 30_000);

  it("is not fitted to a table that breaks one", async () => {
    const constraints = [{ kind: "inequality" as const, columns: ["charge", "cost"] }];
    await expect(fit(table, { ...tiny, schema: { ...schema, constraints } })).rejects.toMatchObject({
      kind: "data",
      code: "E_CONSTRAINT_BROKEN",
      message: expect.stringMatching(/is broken by \d+ of \d+ rows \(row numbers: first \d+(, \d+){4}\)$/),
    });
  });
});
