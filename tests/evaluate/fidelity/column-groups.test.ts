import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnGroups } from "../../../src/evaluate/fidelity/column-groups.js";
import type { Column, DateColumn } from "../../../src/table/column.js";
import { numbers, scored, texts } from "../planted.js";

function groups(real: Column, sample: Column = real) {
  const table = (column: Column) => ({
    rowCount: "codes" in column ? column.codes.length : column.values.length,
    columns: [column],
  });
  const type = real.kind === "number" ? { n: "integer" as const } : {};
  const tables = scored(table(real), table(sample), undefined, type);
  const { labels, codesOf } = columnGroups(tables, 0);
  return { labels, train: codesOf(tables.train.columns[0]!), synthetic: codesOf(tables.synthetic.columns[0]!) };
}

const repeat = (value: string, times: number): string[] => new Array<string>(times).fill(value);
const range = (count: number) => Array.from({ length: count }, (_, i) => i);

describe("columnGroups of numbers", () => {
  it("has ten bins of equal weight, the outer ones open (by hand: deciles of 1 to 100)", () => {
    const { labels, train } = groups(
      numbers(
        "n",
        range(100).map((i) => i + 1),
      ),
    );
    expect(labels).toEqual(["up to 10", ...range(8).map((i) => `${10 * i + 11} to ${10 * i + 20}`), "above 90"]);
    expect([...train]).toEqual(range(100).map((i) => Math.floor(i / 10)));
  });

  it("puts a side's values beyond the training range into the outer bins and names a bin for missing ones", () => {
    const { labels, synthetic } = groups(numbers("n", range(100)), numbers("n", [-1e9, 1e9, null, 9, 10]));
    expect(labels.at(-1)).toBe("missing");
    expect([...synthetic]).toEqual([0, 9, 10, 0, 1]);
  });

  it("merges bins of tied values (by hand: nine tenths are 0)", () => {
    const { labels, train } = groups(
      numbers(
        "n",
        range(100).map((i) => (i < 90 ? 0 : i)),
      ),
    );
    expect(labels).toEqual(["up to 0", "above 0"]);
    expect(train.filter((code) => code === 1)).toHaveLength(10);
  });

  it("writes a bin of one value once, and rounds edges that lie far apart", () => {
    const { labels } = groups(
      numbers(
        "n",
        range(100).map((i) => (i % 3) + 1),
      ),
    );
    expect(labels).toEqual(["up to 1", "2", "above 2"]);
    const wide = groups(
      numbers(
        "n",
        range(1000).map((i) => i * 12.345),
        3,
      ),
    ).labels;
    expect(wide.slice(0, 3)).toEqual(["up to 1300", "1300 to 2500", "2500 to 3700"]);
  });

  it("keeps five training rows or more in each bin and has one bin where they are fewer than ten", () => {
    expect(groups(numbers("n", range(9))).labels).toEqual(["any value"]);
    expect(groups(numbers("n", [null, null, 1]), numbers("n", [4])).labels).toEqual(["any value", "missing"]);
    const column = fc.array(fc.integer({ min: -30, max: 30 }), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(column, (values) => {
        const { labels, train } = groups(numbers("n", [...values, 99]));
        const counts = labels.map((_, group) => train.filter((code) => code === group).length);
        expect(labels.length === 1 || Math.min(...counts) >= 5).toBe(true);
        expect(labels.join()).not.toContain("99");
        expect(new Set(labels).size).toBe(labels.length);
      }),
    );
  });

  it("writes dates as the column does", () => {
    const date: DateColumn = {
      kind: "date",
      name: "d",
      missingText: "",
      format: "YYYY-MM-DD",
      values: Float64Array.from({ length: 50 }, (_, row) => row * 86_400_000),
    };
    expect(groups(date).labels.slice(0, 2)).toEqual(["up to 1970-01-05", "1970-01-06 to 1970-01-10"]);
  });
});

describe("columnGroups of categories", () => {
  it("names those of five training rows or more, the most frequent first, then other and missing", () => {
    const real = texts("c", [...repeat("x", 5), ...repeat("y", 6), ...repeat("rare", 4)]);
    const { labels, train, synthetic } = groups(real, texts("c", ["new", "x", null, "y"]));
    expect(labels).toEqual(["y", "x", "other", "missing"]);
    expect([...train]).toEqual([...repeat("1", 5), ...repeat("0", 6), ...repeat("2", 4)].map(Number));
    expect([...synthetic]).toEqual([2, 1, 3, 0]);
  });

  it("has no other where nothing else occurs, ten names at most, and no name twice", () => {
    expect(groups(texts("c", [...repeat("x", 5), ...repeat("y", 5)])).labels).toEqual(["x", "y"]);
    const many = groups(
      texts(
        "c",
        range(100).map((i) => `v${i % 12}`),
      ),
    ).labels;
    expect(many).toHaveLength(11);
    const odd = texts("c", [...repeat("other", 6), ...repeat("missing", 5), ...repeat("a", 5), "b", null]);
    expect(groups(odd).labels).toEqual(["other", "missing", "a", "other values", "missing values"]);
  });
});
