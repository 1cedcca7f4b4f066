import { describe, expect, it } from "vitest";
import { checkConstraints } from "../../src/constraints/check-constraints.js";
import { findConstraints } from "../../src/constraints/find/find-constraints.js";
import { fitConstraints } from "../../src/constraints/fit-constraints.js";
import { makeLearnable, toLearnable } from "../../src/constraints/learnable.js";
import { nameConstraint } from "../../src/constraints/name-constraint.js";
import { makeConstrainer, toConstrained } from "../../src/constraints/to-constrained.js";
import { makeRandom } from "../../src/core/random.js";
import { inferSchema } from "../../src/schema/infer-schema.js";
import { takeColumn } from "../../src/table/column.js";
import { makeTable, type Table, takeRows } from "../../src/table/table.js";
import { numberColumn, textColumn } from "../encode/columns.js";
import { makePlanted, PLANTED } from "./planted.js";

const ROWS = 2000;
const table = makePlanted(ROWS);
const schema = { ...inferSchema(table), constraints: [...PLANTED] };
const fitted = fitConstraints(table, schema, { minCategoryCount: 1 })!;
const none = PLANTED.map(() => 0);

/** Rows as a generator without any sense draws them: each learnable column from its own distribution. */
function drawSenseless(rowCount: number): Table {
  const { table: learnable } = makeLearnable(fitted, table, schema);
  const random = makeRandom(7);
  return makeTable(
    learnable.columns.map((column) => {
      const own = random.fork(column.name);
      return takeColumn(
        column,
        Uint32Array.from({ length: rowCount }, () => own.integer(ROWS)),
      );
    }),
  );
}

function violations(rows: Table): number[] {
  return checkConstraints(rows, PLANTED, table).map((one) => one.violations);
}

describe("a table of twelve planted constraints of all kinds", () => {
  it("holds them, and a shuffled one breaks them all but the range", () => {
    const random = makeRandom(3);
    const shuffled = makeTable(
      table.columns.map((column) => takeColumn(column, random.fork(column.name).permutation(ROWS))),
    );
    expect(violations(table)).toEqual(none);
    const broken = violations(shuffled).map((rows, at) => rows > 0 || PLANTED[at]!.kind === "range");
    expect(broken).toEqual(PLANTED.map(() => true));
  });

  it("comes back from what is learned of it as it was", () => {
    const back = toConstrained(fitted, toLearnable(fitted, table));
    expect(back.columns.map(({ name }) => name)).toEqual(table.columns.map(({ name }) => name));
    for (const [at, column] of back.columns.entries()) expect(column).toEqual(table.columns[at]);
  });

  it("does not show what the constraints tell to the model", () => {
    const names = toLearnable(fitted, table).columns.map(({ name }) => name);
    for (const name of ["charge", "closed", "country", "tier", "gross", "mail", "phone", "web", "total", "material"]) {
      expect(names).not.toContain(name);
    }
    expect(names).toContain("closed - opened");
    expect(names).toContain("size & material");
    expect(names).toContain("mail | phone | web");
  });

  it("is held by 12,000 rows that are drawn without any sense, none of which is dropped", () => {
    const rows = toConstrained(fitted, drawSenseless(12_000));
    expect(violations(rows)).toEqual(none);
    expect(rows.rowCount).toBe(12_000);
  });

  it("gives the same rows in one part and in several", () => {
    const learnable = drawSenseless(3000);
    const constrain = makeConstrainer(fitted);
    const parts = [0, 1000, 2000].map((from) =>
      constrain(
        takeRows(
          learnable,
          Uint32Array.from({ length: 1000 }, (_, row) => from + row),
        ),
      ),
    );
    const whole = toConstrained(fitted, learnable);
    const numberOf = (part: Table) => part.columns.find(({ name }) => name === "number")!;
    const joined = parts.flatMap((part) => Array.from((numberOf(part) as { values: Float64Array }).values));
    expect(joined).toEqual(Array.from((numberOf(whole) as { values: Float64Array }).values));
  });
});

describe("the search for constraints", () => {
  const found = findConstraints(table, inferSchema(table));

  it("finds all that were planted, with their support", () => {
    const names = found.map(nameConstraint);
    const written: Readonly<Record<string, string>> = {
      "closed missing exactly if status = 'active'": "closed missing exactly if \"status\" = 'active'",
      "total = price * quantity": 'total = "price" * "quantity"',
    };
    for (const planted of PLANTED) expect(names).toContain(written[nameConstraint(planted)] ?? nameConstraint(planted));
    for (const { support } of found) expect(support?.holds).toBe(support?.rows);
    expect(found.find(({ kind }) => kind === "unique")?.support?.rows).toBe(ROWS);
  });

  it("proposes what can be kept together", () => {
    const all = fitConstraints(table, { ...inferSchema(table), constraints: found }, { minCategoryCount: 5 });
    expect(all?.transforms.length).toBeGreaterThan(10);
  });

  it("proposes nothing that the schema has already", () => {
    expect(findConstraints(table, { ...inferSchema(table), constraints: found })).toEqual([]);
  });

  it("takes no dependency for one whose determinants are hardly seen twice", () => {
    const rows = Array.from({ length: 200 }, (_, row) => row);
    const sparse = makeTable([
      numberColumn(
        "key",
        rows.map((row) => (row < 190 ? row * row : (row - 190) ** 2)),
      ),
      textColumn(
        "value",
        rows.map((row) => "abcd"[(row < 190 ? row : row - 190) % 4]!),
      ),
    ]);
    expect(findConstraints(sparse, inferSchema(sparse)).map(nameConstraint)).not.toContain("key -> value");
  });

  it("finds nothing but bounds in columns that were shuffled", () => {
    const random = makeRandom(4);
    const shuffled = makeTable(
      table.columns.map((column) => takeColumn(column, random.fork(column.name).permutation(ROWS))),
    );
    const kinds = findConstraints(shuffled, inferSchema(shuffled)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind !== "range")).toEqual([]);
  });
});
