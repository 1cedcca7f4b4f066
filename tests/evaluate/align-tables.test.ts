import { describe, expect, it } from "vitest";
import { alignTables } from "../../src/evaluate/align-tables.js";
import { evaluateTables } from "../../src/evaluate/evaluate.js";
import { reportSchema } from "../../src/evaluate/report-schema.js";
import type { Constraint } from "../../src/schema/constraint-schema.js";
import { inferSchema } from "../../src/schema/infer-schema.js";
import type { TableSchema } from "../../src/schema/table-schema.js";
import { makeTable, type Table, takeRows } from "../../src/table/table.js";
import { numbers, people, stream, texts, withColumn } from "./planted.js";

const train = people(200, "train");
const fresh = people(200, "fresh");
const holdout = people(150, "holdout");

const without = (table: Table, name: string) => makeTable(table.columns.filter((column) => column.name !== name));
const namesOf = (table: Table) => table.columns.map(({ name }) => name);
const words = (table: Table, name: string) =>
  withColumn(table, name, () =>
    texts(
      name,
      Array.from({ length: table.rowCount }, (_, row) => `word${row % 3}`),
    ),
  );

describe("alignTables", () => {
  it("changes nothing about tables of the same columns but their order", () => {
    const reversed = makeTable([...fresh.columns].reverse());
    const aligned = alignTables({ train, synthetic: reversed, holdout });
    expect(aligned.differences).toEqual([]);
    expect(aligned.unchecked).toEqual([]);
    expect(aligned.synthetic).toEqual(fresh);
    expect(aligned.train).toEqual(train);
  });

  it("tells each column that a table lacks, has beside, or has of another kind, and leaves it out of all", () => {
    const extra = makeTable([
      ...without(words(fresh, "age"), "job").columns,
      numbers(
        "added",
        Array.from({ length: 200 }, (_, row) => row),
      ),
    ]);
    const aligned = alignTables({ train, synthetic: extra, holdout });
    expect(aligned.differences).toEqual([
      { name: "age", problem: "other kind", message: expect.stringContaining('column "age", row 1') },
      { name: "job", problem: "missing in synthetic", message: expect.stringContaining("does not have") },
      { name: "added", problem: "only in synthetic", message: expect.stringContaining("nothing to compare") },
    ]);
    for (const table of [aligned.train, aligned.synthetic, aligned.holdout!]) {
      expect(namesOf(table)).toEqual(["income", "buys"]);
    }
    expect(aligned.schema.columns.map(({ name }) => name)).toEqual(["income", "buys"]);
    expect(JSON.stringify(aligned.differences)).not.toContain("word");
  });

  it("leaves out a column that only the held-out table lacks", () => {
    const aligned = alignTables({ train, synthetic: fresh, holdout: without(holdout, "job") });
    expect(aligned.differences).toEqual([expect.objectContaining({ name: "job", problem: "missing in holdout" })]);
    expect(namesOf(aligned.synthetic)).toEqual(["age", "income", "buys"]);
  });

  it("refuses tables that share no column, naming theirs", () => {
    const other = makeTable([numbers("x", [1, 2])]);
    expect(() => alignTables({ train, synthetic: other })).toThrow(
      expect.objectContaining({
        code: "E_EVALUATE_NO_COLUMN",
        message: expect.stringMatching(/"age".*"x"/),
        hint: expect.stringContaining("rename"),
      }),
    );
    expect(() => alignTables({ train, synthetic: fresh, holdout: other })).toThrow(
      expect.objectContaining({ code: "E_EVALUATE_NO_COLUMN" }),
    );
  });

  it("sets aside the constraints that speak of a column that is left out", () => {
    const range = (column: string): Constraint => ({ kind: "range", column, low: 0 });
    const schema: TableSchema = { ...inferSchema(train), constraints: [range("age"), range("income")] };
    const aligned = alignTables({ train, synthetic: without(fresh, "age"), schema });
    expect(aligned.schema.constraints).toEqual([range("income")]);
    expect(aligned.unchecked).toEqual([range("age")]);
  });
});

describe("evaluateTables with tables that differ", () => {
  it("scores the columns that both have, and says what it left out", async () => {
    const small = (table: Table) => takeRows(table, [...Array(80).keys()]);
    const schema: TableSchema = { ...inferSchema(train), constraints: [{ kind: "range", column: "age", low: 0 }] };
    const report = await evaluateTables(
      { train: small(train), synthetic: without(small(fresh), "age"), holdout: small(holdout), schema },
      { random: stream("differing") },
    );
    expect(() => reportSchema.parse(report)).not.toThrow();
    expect(report.tables.differences).toHaveLength(1);
    expect(report.tables.columns).toBe(3);
    expect(report.fidelity.columns.map(({ name }) => name)).toEqual(["income", "job", "buys"]);
    expect(report.fidelity.diagnostic.structure.value).toBe(0.75);
    expect(report.constraints![0]!.synthetic).toEqual({
      status: "unavailable",
      reason: expect.stringContaining("not in all tables"),
    });
    expect(report.verdict.level).not.toBe("good");
    expect(report.verdict.sentences.join(" ")).toContain('"age"');
  });
});
