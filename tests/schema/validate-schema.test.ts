import { describe, expect, it } from "vitest";
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
