import { describe, expect, it } from "vitest";
import { checkConstraints } from "../../src/constraints/check-constraints.js";
import { findConstraints } from "../../src/constraints/find/find-constraints.js";
import { nameConstraint } from "../../src/constraints/require-constraints.js";
import { fitConstraints } from "../../src/constraints/fit-constraints.js";
import { makeLearnable, toLearnable } from "../../src/constraints/learnable.js";
import { toConstrained } from "../../src/constraints/to-constrained.js";
import { makeRandom } from "../../src/core/random.js";
import { inferSchema } from "../../src/schema/infer-schema.js";
import { takeColumn } from "../../src/table/column.js";
import { makeTable } from "../../src/table/table.js";
import { makePlanted, PLANTED } from "./planted.js";

const ROWS = 2000;
const table = makePlanted(ROWS);
const schema = { ...inferSchema(table), constraints: [...PLANTED] };
const fitted = fitConstraints(table, schema, { minCategoryCount: 1 })!;

describe("a table of twelve planted constraints", () => {
  it("holds them", () => {
    expect(checkConstraints(table, PLANTED).map(({ violations }) => violations)).toEqual(PLANTED.map(() => 0));
  });

  it("comes back from what is learned of it as it was", () => {
    const learnable = toLearnable(fitted, table);
    const back = toConstrained(fitted, learnable);
    expect(back.columns.map(({ name }) => name)).toEqual(table.columns.map(({ name }) => name));
    for (const [at, column] of back.columns.entries()) expect(column).toEqual(table.columns[at]);
  });

  it("is held by rows of which every learnable column was shuffled by itself", () => {
    const { table: learnable } = makeLearnable(fitted, table, schema);
    const random = makeRandom(7);
    const shuffled = makeTable(
      learnable.columns.map((column) => takeColumn(column, random.fork(column.name).permutation(ROWS))),
    );
    const back = toConstrained(fitted, shuffled);
    expect(checkConstraints(back, PLANTED, table).map(({ violations }) => violations)).toEqual(PLANTED.map(() => 0));
    expect(back.rowCount).toBe(ROWS);
  });
});

describe("the search for constraints", () => {
  it("finds what was planted", () => {
    const found = findConstraints(table, inferSchema(table));
    console.log(found.map((one) => `${one.kind} ${nameConstraint(one)} ${one.support?.holds}`).join("\n"));
  });
});
