import { beforeAll, describe, expect, it } from "vitest";
import { evaluateCondition } from "../../src/expressions/evaluate-expression.js";
import { columnsOfTable } from "../../src/expressions/expression-column.js";
import { parseCondition } from "../../src/expressions/parse-expression.js";
import { anchorsOf } from "../../src/facade/anchors.js";
import { type DateColumn, findColumn, fit, makeTable, type SynthModel, sample, type Table } from "../../src/index.js";
import { type Anchor, impliedCondition } from "../../src/sample/anchor.js";
import { DAY, FIRST, makeOrders } from "../constraints/orders.js";

const orders = makeOrders(1500);
let model: SynthModel;
let drawn: Table;
beforeAll(async () => {
  const near = [
    { kind: "near" as const, column: "shipped", reference: "ordered" },
    { kind: "near" as const, column: "delivered", reference: "shipped" },
  ];
  const { inferSchema } = await import("../../src/index.js");
  model = await fit(orders, {
    schema: { ...inferSchema(orders), constraints: near },
    maxSteps: 3,
    settings: [
      ["model.network.width", 16],
      ["model.adversarial.enabled", false],
    ],
  });
  drawn = await sample(model, { rows: 20_000 });
});

const values = (table: Table, name: string) => (findColumn(table, name) as DateColumn).values;
const day = (offset: number): string => new Date(FIRST + offset * DAY).toISOString().slice(0, 10);
const parse = (condition: string) => parseCondition(condition, columnsOfTable(orders));

/** The rows that meet a condition, and those that meet what it implies. */
function compare(condition: string, anchor: Anchor, drawn: Table) {
  const implied = impliedCondition(parse(condition), anchor);
  const met = evaluateCondition(parse(condition), drawn);
  return { met, implied: implied && evaluateCondition(implied, drawn) };
}

const count = (truths: Uint8Array): number => truths.reduce((sum, one) => sum + one, 0);

describe("a condition on a date that is learned as its distance from another one", () => {
  it("implies one on the other that no row that meets it breaks, and few besides hold", () => {
    const anchors = anchorsOf(model);
    expect([...anchors.keys()]).toEqual(["shipped", "delivered"]);
    for (const name of anchors.keys()) {
      for (const from of [-3, 0, 3, 8, 100, 300, 560, 590, 598, 603]) {
        const { met, implied } = compare(
          `${name} between '${day(from)}' and '${day(from + 4)}'`,
          anchors.get(name)!,
          drawn,
        );
        const isMissed = (one: number, row: number): boolean => one === 1 && implied?.[row] === 0;
        expect(met.some(isMissed), `${name} ${from}`).toBe(false);
        if (from >= 100 && from <= 300) {
          expect(count(met)).toBeGreaterThan(20);
          expect(count(implied!)).toBeLessThan(8 * count(met));
        }
      }
    }
  });

  it("implies no bound where dates beyond the extremes are folded back", async () => {
    const transforms = model.constraints!.transforms.map((one) =>
      one.kind === "difference"
        ? { ...one, limits: [one.limits[0] + 30 * DAY, one.limits[1] - 30 * DAY] as [number, number] }
        : one,
    );
    const narrow: SynthModel = { ...model, constraints: { ...model.constraints!, transforms } };
    const folded = await sample(narrow, { rows: 5000 });
    for (const [name, anchor] of anchorsOf(narrow)) {
      for (const from of [30, 36, 45, 55, 70, 540, 560, 570]) {
        const { met, implied } = compare(`${name} between '${day(from)}' and '${day(from + 2)}'`, anchor, folded);
        expect(
          met.some((one, row) => one === 1 && implied?.[row] === 0),
          `${name} ${from}`,
        ).toBe(false);
      }
    }
  });

  it("implies nothing where it asks for missing values or for more than comparisons", () => {
    const anchor = anchorsOf(model).get("delivered")!;
    for (const condition of ["delivered is null", "delivered + 1 > '2024-02-02'", "delivered is not null"]) {
      expect(impliedCondition(parse(condition), anchor), condition).toBeUndefined();
    }
  });

  it("is met exactly, by rows drawn near it", async () => {
    const where = `delivered between '${day(200)}' and '${day(201)}'`;
    const rows = await sample(model, { rows: 300, where });
    expect(rows.rowCount).toBe(300);
    for (const value of values(rows, "delivered")) expect([FIRST + 200 * DAY, FIRST + 201 * DAY]).toContain(value);
    expect(new Set(values(rows, "ordered")).size).toBeGreaterThan(100);
  });
});

describe("a condition on a column that is looked up from a text", () => {
  const rows = 600;
  const cities = ["Bern", "Graz", "Lyon", "Oslo"];
  const codes = Int32Array.from({ length: rows }, (_, row) => (row % 7 === 6 ? -1 : row % 100 === 0 ? 3 : row % 3));
  const lands = Float64Array.from(codes, (code) => (code < 0 ? Number.NaN : [41, 43, 33, 47][code]!));
  const table = makeTable([
    { kind: "text", name: "city", missingText: "", codes, dictionary: cities },
    { kind: "number", name: "prefix", missingText: "", values: lands, format: { decimals: 0 } },
    {
      kind: "number",
      name: "size",
      missingText: "",
      values: lands.map((_, row) => (row * 7) % 11),
      format: { decimals: 0 },
    },
  ]);
  const tiny = { maxSteps: 3, settings: [["model.network.width", 16]] as [string, number][] };

  it("is one on the text: rows are drawn at once, however rare they are", async () => {
    const looked = await fit(table, tiny);
    expect(looked.constraints?.transforms.map(({ kind }) => kind)).toEqual(["computed"]);
    const anchor = anchorsOf(looked).get("prefix")!;
    const ask = (condition: string) => {
      const implied = impliedCondition(parseCondition(condition, columnsOfTable(table)), anchor);
      return implied && [...evaluateCondition(implied, table)];
    };
    const isCity = (...wanted: string[]) => [...codes].map((code) => (wanted.includes(cities[code]!) ? 1 : 0));
    expect(ask("prefix = 47")).toEqual(isCity("Oslo"));
    expect(ask("prefix < 43")).toEqual(isCity("Bern", "Lyon"));
    for (const vague of ["prefix is not null", "prefix is null"]) expect(ask(vague)).toBeUndefined();
    const drawn = await sample(looked, { rows: 50, where: "prefix = 47" });
    const city = findColumn(drawn, "city");
    expect(city?.kind === "text" && [...city.codes].map((code) => city.dictionary[code])).toEqual(
      Array(50).fill("Oslo"),
    );
  });
});
