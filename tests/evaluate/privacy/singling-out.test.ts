import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeRandom } from "../../../src/core/random.js";
import type { AttributeTable } from "../../../src/evaluate/privacy/attribute-table.js";
import { multivariatePredicates } from "../../../src/evaluate/privacy/multivariate-predicates.js";
import {
  atLeast,
  atMost,
  equalTo,
  indexPredicates,
  type Predicate,
  predicateKey,
} from "../../../src/evaluate/privacy/predicate.js";
import { attackSinglingOut } from "../../../src/evaluate/privacy/singling-out.js";

const MISSING = Number.POSITIVE_INFINITY;

function attributes(columns: number[][], kind: "number" | "category" = "number"): AttributeTable {
  return {
    rowCount: columns[0]?.length ?? 0,
    columns: columns.map((values, at) => ({ name: `c${at}`, kind, range: 1, values: Float64Array.from(values) })),
  };
}

describe("a predicate", () => {
  const table = attributes([
    [1, 2, 2, MISSING],
    [5, 5, 6, 7],
  ]);
  const singlesOut = indexPredicates(table);

  it("singles out the row that alone fulfils it", () => {
    expect(singlesOut([equalTo(0, 1)])).toBe(true);
    expect(singlesOut([equalTo(0, 2)])).toBe(false);
    expect(singlesOut([equalTo(0, 3)])).toBe(false);
    expect(singlesOut([equalTo(0, 2), equalTo(1, 6)])).toBe(true);
    expect(singlesOut([{ ...equalTo(1, 5), negated: true }])).toBe(false);
    expect(singlesOut([{ ...equalTo(1, 5), negated: true }, atMost(1, 6)])).toBe(true);
  });

  it("asks for a missing value by equality alone: at least and at most leave it out", () => {
    expect(singlesOut([equalTo(0, MISSING)])).toBe(true);
    expect(singlesOut([atLeast(0, 2)])).toBe(false);
    expect(singlesOut([atLeast(0, 2), atLeast(1, 7)])).toBe(false);
    expect(singlesOut([atMost(0, 1)])).toBe(true);
  });

  it("is counted as by looking at every row", () => {
    const cell = fc.constantFrom(0, 1, 2, 3, MISSING);
    const condition = fc
      .tuple(fc.integer({ min: 0, max: 1 }), cell, fc.constantFrom("=", "!=", "<=", ">="))
      .map(([column, value, comparison]) => {
        if (comparison === "=") return equalTo(column, value);
        if (comparison === "!=") return { ...equalTo(column, value), negated: true };
        return comparison === "<=" ? atMost(column, value) : atLeast(column, value);
      });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 25 }),
        fc.array(condition, { minLength: 1, maxLength: 3 }),
        (rows, predicate: Predicate) => {
          const holding = rows.filter((row) =>
            predicate.every((c) => (row[c.column]! >= c.low && row[c.column]! <= c.high) !== c.negated),
          );
          const indexed = indexPredicates(attributes([rows.map((r) => r[0]), rows.map((r) => r[1])]));
          expect(indexed(predicate)).toBe(holding.length === 1);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("the singling-out attack", () => {
  it("makes univariate predicates of lone values, lone extremes and a lone missing value only", async () => {
    // c0: 1 and 9 are lone and the extremes, 5 is not lone, one is missing: = 1, = 9, = missing, <= 1, >= 9
    const source = attributes([[1, 5, 5, 9, MISSING]]);
    const counts = await attackSinglingOut({ train: source, synthetic: source, holdout: source }, 100, makeRandom(1));
    expect(counts[0]).toMatchObject({
      name: "univariate",
      attack: { attempts: 5, successes: 5 },
      control: { attempts: 5, successes: 5 },
      requested: 100,
    });
  });

  it("makes no univariate predicate where no value is alone", async () => {
    const source = attributes([[1, 1, 2, 2]]);
    const tables = { train: source, synthetic: source, holdout: source };
    expect(await attackSinglingOut(tables, 10, makeRandom(1))).toEqual([]);
  });

  it("makes multivariate predicates of a row's values: above the median at least, else at most, categories and gaps equal", async () => {
    // medians 3.5 and 25 (mean of the middle two): every row is told by its two columns, ten tries each find all
    const table: AttributeTable = {
      rowCount: 4,
      columns: [
        { name: "x", kind: "number", range: 9, values: Float64Array.of(1, 3, 4, 9) },
        { name: "y", kind: "number", range: 30, values: Float64Array.of(10, 20, 30, 40) },
        { name: "z", kind: "category", range: 0, values: Float64Array.of(0, 1, 0, MISSING) },
      ],
    };
    const found = await multivariatePredicates(table, 100, makeRandom(1));
    const keys = found.map((predicate) => predicateKey(predicate)).sort();
    // (3, 20, 1) and (9, 40, missing) are alone in their categories, (1, 10, 0) at the bottom, (4, 30, 0) at the top of theirs
    const expected = [
      [atMost(0, 1), atMost(1, 10), equalTo(2, 0)],
      [atMost(0, 3), atMost(1, 20), equalTo(2, 1)],
      [atLeast(0, 4), atLeast(1, 30), equalTo(2, 0)],
      [atLeast(0, 9), atLeast(1, 40), equalTo(2, MISSING)],
    ];
    expect(keys).toEqual(expected.map((predicate) => predicateKey(predicate)).sort());
    expect(await multivariatePredicates({ ...table, columns: table.columns.slice(0, 1) }, 9, makeRandom(1))).toEqual(
      [],
    );
  });
});
