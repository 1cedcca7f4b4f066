import { describe, expect, it } from "vitest";
import { findPatterns } from "../../../../src/evaluate/fidelity/detection/find-patterns.js";
import type { Pattern } from "../../../../src/evaluate/report-schema.js";
import type { ColumnType } from "../../../../src/schema/table-schema.js";
import type { Column } from "../../../../src/table/column.js";
import { makeTable, type Table } from "../../../../src/table/table.js";
import { numbers, people, scored, stream, texts, withColumn } from "../../planted.js";

function find(train: Table, synthetic: Table, holdout?: Table, types: Readonly<Record<string, ColumnType>> = {}) {
  const tables = scored(train, synthetic, holdout, types);
  return findPatterns(
    tables,
    tables.columns.map(({ name }) => name),
    { random: stream("patterns") },
  );
}

/** Changes some rows' values, given as the column holds them. */
function planted(table: Table, name: string, rows: (row: number) => boolean, value: number | string): Table {
  return withColumn(table, name, (column: Column): Column => {
    if (column.kind === "number") {
      return { ...column, values: column.values.map((old, row) => (rows(row) ? (value as number) : old)) };
    }
    if (!("dictionary" in column)) return column;
    const known = column.dictionary.indexOf(value as string);
    const dictionary = known < 0 ? [...column.dictionary, value as string] : column.dictionary;
    const code = known < 0 ? column.dictionary.length : known;
    return { ...column, dictionary, codes: column.codes.map((old, row) => (rows(row) ? code : old)) } as Column;
  });
}

const everyFiftieth = (row: number): boolean => row % 50 === 0;
const text = ({ conditions }: Pattern): string =>
  conditions.map(({ column, relation, values }) => [column, relation, ...values].join(" ")).join(" and ");

describe("findPatterns", () => {
  const train = people(4000, "train");
  const fresh = people(4000, "fresh");

  it("names an impossible combination in 2 % of the rows, with its columns and its shares", async () => {
    const broken = planted(planted(fresh, "age", everyFiftieth, 19), "job", everyFiftieth, "judge");
    const { patterns, cells } = await find(train, broken);
    const [first] = patterns;
    expect(first!.conditions.map(({ column }) => column)).toEqual(["age", "job"]);
    expect(text(first!)).toContain("job is judge");
    expect(first!.synthetic.value).toBeGreaterThan(0.01);
    expect(first!.synthetic.low).toBeLessThan(0.02);
    expect(first!.synthetic.high).toBeGreaterThan(0.02);
    expect(first!.real.value ?? 0).toBeLessThan(0.005);
    expect(cells.map((cell) => cell.conditions.map(({ column }) => column).join())).toContain("age,job");
  });

  it("names a value that is written too often, and leaves out what follows from it", async () => {
    const { patterns, cells } = await find(
      train,
      planted(fresh, "age", (row) => row % 10 === 0, 40),
    );
    expect(patterns[0]!.conditions[0]!.column).toBe("age");
    expect(cells.length).toBeLessThan(6);
  });

  it("finds missing values that are too many, and says so", async () => {
    const { patterns } = await find(
      train,
      planted(fresh, "income", (row) => row % 8 === 0, Number.NaN),
    );
    expect(text(patterns[0]!)).toContain("income is missing");
  });

  it("finds a relation that no column shows by itself (exclusive or)", async () => {
    const random = stream("xor");
    const make = (isEven: boolean): Table => {
      const a = Array.from({ length: 3000 }, () => (random.uniform() < 0.5 ? "x" : "y"));
      const b = a.map((value) => (isEven && random.uniform() < 0.5 ? value : random.uniform() < 0.5 ? "x" : "y"));
      return makeTable([
        texts("a", a),
        texts("b", b),
        numbers(
          "c",
          Array.from(a, () => random.normal()),
          3,
        ),
      ]);
    };
    const { patterns, cells } = await find(make(false), make(true));
    expect(patterns[0]!.conditions.map(({ column }) => column)).toEqual(["a", "b"]);
    expect(cells[0]!.conditions.map(({ column }) => column)).toEqual(["a", "b"]);
  });

  it("finds next to nothing between independent samples of one source: none in 18 of 20", async () => {
    let empty = 0;
    for (let seed = 0; seed < 20; seed++) {
      const { cells, patterns } = await find(people(1500, `real ${seed}`), people(1500, `sample ${seed}`));
      empty += cells.length + patterns.length === 0 ? 1 : 0;
    }
    expect(empty).toBeGreaterThanOrEqual(18);
  });

  it("compares with held-out rows where there are some", async () => {
    const wrong = planted(train, "age", (row) => row % 10 === 0, 19);
    expect((await find(train, fresh, people(4000, "held out"))).patterns).toEqual([]);
    expect((await find(wrong, wrong, people(4000, "held out"))).patterns.length).toBeGreaterThan(0);
  });

  it("names no category that fewer than five training rows have, and no training extreme", async () => {
    const four = planted(train, "job", (row) => row < 4, "astronaut");
    const many = planted(fresh, "job", (row) => row % 10 === 0, "astronaut");
    const { cells, patterns } = await find(
      four,
      planted(many, "age", (row) => row % 20 === 0, 78),
    );
    const ages = train.columns[0]!.kind === "number" ? train.columns[0]!.values : [];
    const edges = [...cells, ...patterns].flatMap(({ conditions }) =>
      conditions.filter(({ column }) => column === "age").flatMap(({ values }) => values),
    );
    expect(JSON.stringify([cells, patterns])).not.toContain("astronaut");
    expect(edges).not.toContain(String(Math.max(...ages)));
  });

  it("gives no share of one to four real rows", async () => {
    const broken = planted(planted(fresh, "age", everyFiftieth, 19), "job", everyFiftieth, "judge");
    const leaky = planted(
      planted(train, "age", (row) => row < 6, 19),
      "job",
      (row) => row < 6,
      "judge",
    );
    const { patterns, cells } = await find(leaky, broken);
    for (const { real } of [...patterns, ...cells]) {
      if (real.value === undefined) expect(real.reason).toMatch(/fewer than 5/);
      else expect([1, 2, 3, 4]).not.toContain(Math.round(real.value * real.n!));
    }
  });

  it("has nothing to say of one row, one column, constants, or a column without values", async () => {
    const constants = (rows: number, value: number | null) =>
      makeTable([numbers("a", Array<null>(rows).fill(value as null)), texts("b", Array<string>(rows).fill("x"))]);
    for (const table of [constants(1, 1), constants(200, 7), constants(200, null)]) {
      const found = await find(table, table, undefined, { a: "decimal", b: "category" });
      expect(found).toEqual({ cells: [], patterns: [] });
    }
    const ages = makeTable(train.columns.slice(0, 1));
    expect(await find(ages, makeTable(fresh.columns.slice(0, 1)))).toEqual({ cells: [], patterns: [] });
  });

  it("stops when it is aborted", async () => {
    const tables = scored(train, fresh);
    const running = findPatterns(tables, ["age"], { random: stream("x"), signal: AbortSignal.abort() });
    await expect(running).rejects.toMatchObject({ code: "E_INTERRUPTED" });
  });
});
