import { describe, expect, it } from "vitest";
import { describeDrift } from "../../src/schema/describe-drift.js";
import { inferSchema } from "../../src/schema/infer-schema.js";
import { validateSchema } from "../../src/schema/validate-schema.js";
import { makeTable } from "../../src/table/table.js";
import { numberColumn, textColumn } from "../encode/columns.js";

const schema = inferSchema(makeTable([numberColumn("age", [1, 2, 3]), textColumn("job", ["a", "b", "a"])]));
const [age, job] = schema.columns;

function problemOf(json: unknown): { code: string; message: string; where: string; hint: string; kind: string } {
  try {
    validateSchema(json);
  } catch (error) {
    return error as ReturnType<typeof problemOf>;
  }
  throw new Error("accepted");
}

describe("a schema file", () => {
  it("is accepted as it was written", () => {
    expect(validateSchema(JSON.parse(JSON.stringify(schema)))).toEqual(schema);
  });

  it("that people write says what columns are, and nothing of counts: no count is news then", () => {
    const written = validateSchema({
      version: 1,
      columns: [
        { name: "age", type: "integer" },
        { name: "job", type: "category", levels: ["a"] },
      ],
    });
    expect(written.rowCount).toBe(0);
    expect(written.columns[0]).toEqual({
      name: "age",
      type: "integer",
      reason: "declared",
      missingShare: 0,
      distinctCount: 0,
      missingText: "",
    });
    const jobs = Array.from({ length: 60 }, (_, row) => (row % 2 === 0 ? null : `${"abcdefghij"[row % 10]}`));
    const table = makeTable([
      numberColumn(
        "age",
        jobs.map((_, row) => row),
      ),
      textColumn("job", jobs),
    ]);
    const messages = (schema: typeof written) =>
      describeDrift(schema, table).map((event) => (event.kind === "notice" ? event.message : ""));
    const unlisted = expect.stringContaining("levels that the schema does not list");
    expect(messages(written)).toEqual([unlisted]);
    expect(messages({ ...written, rowCount: 60 })).toEqual([expect.stringContaining("is missing in 50.0 %"), unlisted]);
  });

  it("with a misspelled type is refused with the path, the column and the nearest type", () => {
    const problem = problemOf({ ...schema, columns: [age, { ...job, type: "categry" }] });
    expect(problem).toMatchObject({
      kind: "usage",
      code: "E_SCHEMA_INVALID",
      where: "schema.columns[1].type",
      hint: 'did you mean "category"?',
    });
    expect(problem.message).toMatch(/^schema\.columns\[1\]\.type \(column "job"\): /);
  });

  it("with an unknown key is refused with the nearest key", () => {
    expect(problemOf({ ...schema, columns: [{ ...age, desimals: 2 }] })).toMatchObject({
      where: "schema.columns[0]",
      hint: 'did you mean "decimals"?',
    });
    expect(problemOf({ ...schema, colums: [] })).toMatchObject({ where: "schema", hint: 'did you mean "columns"?' });
  });

  it("that describes a column twice is refused", () => {
    expect(problemOf({ ...schema, columns: [age, job, age] })).toMatchObject({
      code: "E_SCHEMA_DUPLICATE_COLUMN",
      where: "schema.columns[2].name",
    });
  });

  it.each([null, 7, "text", [], {}, { version: 2, rowCount: 1, columns: [] }])("that is %j is refused", (json) => {
    expect(problemOf(json).code).toBe("E_SCHEMA_INVALID");
  });
});
