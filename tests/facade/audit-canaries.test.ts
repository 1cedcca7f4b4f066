import { describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import { canarySchema } from "../../src/evaluate/contract/canary-schema.js";
import { auditCanaries, type MakeRelease } from "../../src/facade/audit-canaries.js";
import { canaryBlocks } from "../../src/facade/canary-blocks.js";
import { type FitOptions, inferSchema, makeTable, type ProgressEvent, type Table, takeRows } from "../../src/index.js";
import { drawPeople, numbers, perturb, stack, texts } from "../evaluate/privacy/tables.js";

/** Settings that make a model small enough to be trained within a test. */
const tiny: FitOptions = {
  maxSteps: 3,
  settings: [
    ["model.network.width", 16],
    ["model.adversarial.enabled", false],
  ],
};

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
const people = drawPeople(1000, makeRandom(1));

/** A generator that remembers all of its rows, one that changes the numbers in them, and one that remembers none. */
const copies: MakeRelease = async (table, rows) => takeRows(table, range(table.rowCount - rows, table.rowCount));
const blurs: MakeRelease = async (table, _rows, { seed }) => perturb(table, 0.1, makeRandom(seed!));
const forgets: MakeRelease = async (_table, rows, { seed }) => drawPeople(rows, makeRandom(seed!));

describe("an audit with canaries", () => {
  it("finds a generator that copies its rows: every canary is known, and epsilon is large", async () => {
    const report = await auditCanaries(people, { canaries: 200 }, copies);
    expect(report.auc).toMatchObject({ value: 1, low: 1 });
    expect(report.epsilon).toMatchObject({ guesses: 180, right: 180, confidence: 0.95, delta: 1e-5 });
    expect(report.epsilon.lowerBound).toBeGreaterThan(3);
    expect(report.exposure.median.value).toBeGreaterThan(5);
    expect(report.verdict.level).toBe("bad");
    expect(canarySchema.parse(report)).toEqual(report);
  });

  it("finds a generator that blurs its rows", async () => {
    const report = await auditCanaries(people, { canaries: 200 }, blurs);
    expect(report.auc.low).toBeGreaterThan(0.5);
    expect(report.epsilon.lowerBound).toBeGreaterThan(0);
    expect(report.verdict.level).toBe("bad");
  });

  it("finds nothing in a generator that forgets its rows, and says what it could have found", async () => {
    const report = await auditCanaries(people, { canaries: 200 }, forgets);
    expect(report.auc.low).toBeLessThan(0.5);
    expect(report.epsilon.lowerBound).toBe(0);
    expect(report.epsilon.largest).toBeGreaterThan(3);
    expect(report.verdict.level).toBe("good");
  });

  it("plants each canary in one training, with all rows of the table and a schema that hangs on none of them", async () => {
    const tables: Table[] = [];
    const schemas: unknown[] = [];
    const record: MakeRelease = async (table, rows, options) => {
      tables.push(table);
      schemas.push(options.schema);
      return forgets(table, rows, options);
    };
    const report = await auditCanaries(people, { canaries: 100, rows: 300 }, record);
    expect(tables.map(({ rowCount }) => rowCount - 1000)).toEqual(report.canaries.planted);
    expect(report.canaries.planted.reduce((a, b) => a + b)).toBe(100);
    expect(report.tables).toMatchObject({ real: { rows: 1000 }, release: { rows: 300 }, columns: 7 });
    for (const table of tables) expect(takeRows(table, range(0, 1000)).columns[0]).toEqual(people.columns[0]);
    expect(schemas[0]).toEqual(schemas[1]);
  });

  it("trains privately where that is promised, with the user's schema alone, and says when a promise is refuted", async () => {
    const asked: FitOptions[] = [];
    const leaky: MakeRelease = (table, rows, options) => {
      asked.push(options);
      return copies(table, rows, options);
    };
    const privacy = { epsilon: 0.5, delta: 1e-4, noiseSeed: 1 };
    const report = await auditCanaries(people, { canaries: 200, privacy }, leaky);
    expect(asked.map(({ privacy: of, schema }) => ({ of, schema }))).toEqual([{ of: privacy }, { of: privacy }]);
    expect(report.epsilon).toMatchObject({ delta: 1e-4 });
    expect(report.guarantee).toMatchObject({ epsilon: 0.5, delta: 1e-4, refuted: true });
    expect(report.guarantee!.mechanism.lowerBound).toBeLessThan(0.5);
    expect(report.verdict).toMatchObject({ level: "bad" });
    expect(report.verdict.sentences[0]).toContain("THE GUARANTEE IS REFUTED");
    expect(canarySchema.parse(report)).toEqual(report);
    const kept = await auditCanaries(people, { canaries: 200, privacy }, forgets);
    expect(kept.guarantee).toMatchObject({ refuted: false });
    expect(kept.verdict.sentences[0]).toContain("The guarantee is not refuted");
  });

  it("leaves out what no model learns, and says so", async () => {
    const ids = texts(
      "id",
      range(0, 300).map((row) => `id-${row * 7}`),
    );
    const table = makeTable([ids, ...takeRows(people, range(0, 300)).columns]);
    const schema = inferSchema(table, { overrides: { id: "identifier" } });
    const seen: string[][] = [];
    const record: MakeRelease = async (part, rows, options) => {
      seen.push(part.columns.map(({ name }) => name));
      return forgets(part, rows, options);
    };
    const report = await auditCanaries(table, { schema }, record);
    expect(report.tables.omitted).toMatchObject([{ name: "id" }]);
    expect(seen[0]).not.toContain("id");
    expect(report.canaries.made).toBe(60);
  });

  it("keeps rules that every row holds: columns that a rule ties come from one row", async () => {
    const base = takeRows(people, range(0, 400));
    const half = numbers(
      "half",
      range(0, 400).map((row) => row % 50),
    );
    const whole = numbers(
      "whole",
      range(0, 400).map((row) => 2 * (row % 50)),
    );
    const table = makeTable([half, ...base.columns, whole]);
    const constraints = [{ kind: "derived" as const, column: "whole", expression: "half * 2" }];
    const schema = { ...inferSchema(table), constraints };
    expect(canaryBlocks(table, schema)[0]).toEqual(["half", "whole"]);
    expect(canaryBlocks(table, schema)).toHaveLength(8);
    const check: MakeRelease = async (part, rows, options) => {
      const [first, last] = [part.columns[0]!, part.columns.at(-1)!];
      if (!("values" in first) || !("values" in last)) throw new Error("numbers are expected");
      for (const [row, value] of first.values.entries()) expect(last.values[row]).toBe(2 * value);
      expect(options).toMatchObject({ findConstraints: false, schema: { constraints } });
      return takeRows(part, range(0, rows));
    };
    await auditCanaries(table, { schema }, check);
  });

  it("of a tiny model is the same for the same seed, and tells one progress", async () => {
    const events: ProgressEvent[] = [];
    const small = stack(takeRows(people, range(0, 150)), takeRows(people, range(150, 300)));
    const audit = (onProgress?: (event: ProgressEvent) => void) =>
      auditCanaries(small, { ...tiny, rows: 100, canaries: 40, onProgress });
    const report = await audit((event) => events.push(event));
    expect(await audit()).toEqual(report);
    expect(report.epsilon.lowerBound).toBe(0);
    const progress = events.flatMap((event) => (event.kind === "progress" ? [event] : []));
    expect(progress.map(({ done }) => done)).toEqual(progress.map(({ done }) => done).toSorted((a, b) => a - b));
    expect(progress.at(-1)).toMatchObject({ stage: "canaries", done: 100, total: 100, unit: "%" });
  });

  it.each([
    [{ canaries: 1 }, "canaries"],
    [{ canaries: 201 }, "canaries"],
    [{ canaries: 2.5 }, "canaries"],
    [{ confidence: 1 }, "confidence"],
    [{ confidence: Number.NaN }, "confidence"],
    [{ delta: -1 }, "delta"],
  ])("refuses %j before any work", async (options, where) => {
    const events: ProgressEvent[] = [];
    const audit = auditCanaries(people, { ...options, onProgress: (event) => events.push(event) }, forgets);
    await expect(audit).rejects.toMatchObject({ kind: "usage", code: "E_USAGE_CANARIES", where });
    expect(events).toEqual([]);
  });

  it("refuses tables without rows, and of one column", async () => {
    const none = auditCanaries(takeRows(people, [0, 1, 2]), {}, forgets);
    await expect(none).rejects.toMatchObject({ kind: "data", code: "E_CANARY_ROWS" });
    const one = auditCanaries(makeTable([people.columns[0]!]), {}, forgets);
    await expect(one).rejects.toMatchObject({ kind: "data", code: "E_CANARY_COLUMNS" });
  });
});
