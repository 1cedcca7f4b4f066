import { describe, expect, it } from "vitest";
import { makeRandom } from "../../../../src/core/random.js";
import { disclosureSchema } from "../../../../src/evaluate/contract/disclosure-schema.js";
import { evaluateDisclosure } from "../../../../src/evaluate/privacy/disclosure/evaluate-disclosure.js";
import { chooseQuasiIdentifiers } from "../../../../src/evaluate/privacy/disclosure/quasi-identifiers.js";
import { boundedMeanInterval } from "../../../../src/stats/bounded-mean-interval.js";
import { wilsonInterval } from "../../../../src/stats/wilson-interval.js";
import { makeTable, type Table, takeRows } from "../../../../src/table/table.js";
import { drawPeople, numbers, PEOPLE_COLUMNS, stack, texts } from "../tables.js";
import { HOLDOUT, RELEASED, TRAIN } from "./hand.js";

function disclose(train: Table, synthetic: Table, holdout?: Table, given?: readonly string[], seed = 1) {
  const columns = train.columns.map(({ name }) => name);
  const quasiIdentifiers = chooseQuasiIdentifiers(given, columns);
  return evaluateDisclosure({ train, synthetic, holdout }, { columns, quasiIdentifiers }, makeRandom(seed));
}

async function measured(...tables: Parameters<typeof disclose>) {
  const { disclosure } = await disclose(...tables);
  expect(disclosureSchema.parse(disclosure)).toEqual(disclosure);
  return disclosure!;
}

const rows = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

describe("a table of ten rows, by hand", () => {
  it("has its classes' figures", async () => {
    const disclosure = await measured(TRAIN, RELEASED, HOLDOUT);
    expect(disclosure.quasiIdentifiers).toEqual({ columns: ["sex", "town"], chosen: "by name" });
    expect(disclosure.kAnonymity).toMatchObject({ value: 1, n: 10, ceiling: 1 });
    // the five women of Bern are no small class
    expect(disclosure.smallClasses).toMatchObject({ value: 0.5, n: 10, ceiling: 1 });
    // the two men without a town have no real row; three real rows share each of Bern's classes, two the man's of Graz
    expect(disclosure.kMap).toEqual({ value: 2, n: 8, status: "ok" });
    expect(disclosure.smallMap).toMatchObject({ value: 0.8, ceiling: 1 });
    expect(disclosure.matches).toMatchObject({ value: 0.8, n: 10, ceiling: 1 });
    expect(disclosure.matches.low).toBeCloseTo(wilsonInterval(8, 10).low, 12);
  });

  it("has one replicated unique of four on each side: the man of Graz", async () => {
    const { uniqueInBoth } = await measured(TRAIN, RELEASED, HOLDOUT);
    expect(uniqueInBoth.attack).toMatchObject({ value: wilsonInterval(1, 4).center, n: 4 });
    expect(uniqueInBoth.control).toEqual(uniqueInBoth.attack);
    expect(uniqueInBoth.risk).toMatchObject({ value: 0, low: 0, n: 4 });
  });

  it("tells the illness as counted", async () => {
    const { secrets } = await measured(TRAIN, RELEASED, HOLDOUT);
    expect(secrets.map(({ name }) => name)).toEqual(["illness"]);
    const { lDiversity, sameSecret, attribution, certainAttribution } = secrets[0]!;
    // of the men of Bern and of Graz all have the same
    expect(lDiversity).toMatchObject({ value: 1, n: 10, ceiling: 1 });
    expect(sameSecret).toMatchObject({ value: 0.3, n: 10, ceiling: 1 });
    const center = (values: readonly number[]) => {
      const mean = values.reduce((sum, value) => sum + value / values.length, 0);
      return boundedMeanInterval({ mean, variance: 0, n: values.length }).center;
    };
    expect(attribution.attack?.value).toBeCloseTo(center([1, 0.6, 0, 0, 0, 0]), 12);
    expect(attribution.control?.value).toBeCloseTo(center([0.4, 1, 0, 1, 0, 0]), 12);
    expect(attribution.baseline?.value).toBeCloseTo(center([0.2, 0.6, 0, 0, 0, 0.2]), 12);
    expect(certainAttribution?.attack?.value).toBeCloseTo(center([1, 0, 0, 0, 0, 0]), 12);
    expect(certainAttribution?.control?.value).toBeCloseTo(center([0, 1, 0, 1, 0, 0]), 12);
  });

  it("says without held-out rows what can be said", async () => {
    const disclosure = await measured(TRAIN, RELEASED);
    expect(disclosure.kMap).toMatchObject({ value: 1, n: 8 });
    expect(disclosure.smallClasses).toMatchObject({ value: 0.5, ceiling: 1 });
    expect(disclosure.matches).not.toHaveProperty("ceiling");
    for (const attack of [disclosure.uniqueInBoth, disclosure.secrets[0]!.attribution]) {
      expect(attack.risk).toEqual({ status: "unavailable", reason: expect.stringContaining("held-out rows") });
      expect(attack.attack?.value).toBeGreaterThan(0);
      expect(attack).not.toHaveProperty("control");
    }
    const empty = await disclose(TRAIN, RELEASED, takeRows(HOLDOUT, []));
    expect(empty).toEqual(await disclose(TRAIN, RELEASED));
  });

  it("says that there is none without a quasi-identifier, and why", async () => {
    const table = makeTable([numbers("price", [1, 2]), texts("color", ["red", "blue"])]);
    expect(await disclose(table, table, table)).toEqual({
      method: { disclosure: expect.stringContaining("no quasi-identifiers") },
    });
  });
});

describe("tables at the edge", () => {
  it("has no reason to fail for one row, for nothing in common, for nothing but quasi-identifiers", async () => {
    const one = await measured(takeRows(TRAIN, [0]), takeRows(RELEASED, [0]), takeRows(HOLDOUT, [2]));
    expect(one.kMap).toEqual({ status: "unavailable", reason: expect.stringContaining("no released row") });
    expect(one.matches).toMatchObject({ value: 0, n: 1, ceiling: 0 });
    expect(one.secrets).toEqual([]);
    expect((await measured(TRAIN, RELEASED, HOLDOUT, ["sex", "town", "illness"])).secrets).toEqual([]);
  });

  it("takes constant and empty quasi-identifiers as one class", async () => {
    const table = (count: number) =>
      makeTable([
        numbers("age", Array(count).fill(null)),
        texts("sex", Array(count).fill("f")),
        numbers(
          "pay",
          rows(0, count).map((row) => row % 3),
        ),
      ]);
    const disclosure = await measured(table(12), table(9), table(12));
    expect(disclosure.kAnonymity).toMatchObject({ value: 9, ceiling: 9 });
    expect(disclosure.kMap).toMatchObject({ value: 24, n: 9 });
    expect(disclosure.secrets[0]?.lDiversity).toMatchObject({ value: 3, ceiling: 3 });
    expect(disclosure.uniqueInBoth.risk).toEqual({ status: "unavailable", reason: expect.any(String) });
  });

  it("leaves out secrets that are constant in training, and counts a missing secret as one", async () => {
    const table = makeTable([
      texts("sex", ["f", "f", "m", "m"]),
      texts("same", ["x", "x", "x", "x"]),
      texts("ill", ["yes", null, null, null]),
    ]);
    const { secrets } = await measured(table, table, table);
    expect(secrets.map(({ name }) => name)).toEqual(["ill"]);
    expect(secrets[0]).toMatchObject({ lDiversity: { value: 1 }, sameSecret: { value: 0.5 } });
  });
});

describe("people", () => {
  const train = drawPeople(2000, makeRandom(1));
  const holdout = drawPeople(2000, makeRandom(2));
  const known = ["age", "city", "job", "married"];
  const risksOf = ({ uniqueInBoth, secrets }: Awaited<ReturnType<typeof measured>>) => [
    uniqueInBoth.risk,
    ...secrets.flatMap(({ attribution, certainAttribution }) => [attribution.risk, certainAttribution!.risk]),
  ];

  it("are disclosed by their own table, in every figure", async () => {
    const disclosure = await measured(train, train, holdout, known);
    expect(disclosure.matches.value).toBe(1);
    expect(disclosure.matches.ceiling).toBeLessThan(0.9);
    expect(disclosure.uniqueInBoth.attack?.low).toBeGreaterThan(0.95);
    for (const risk of risksOf(disclosure)) expect(risk.low).toBeGreaterThan(0.1);
  });

  it("are found where a quarter of them was copied", async () => {
    const mixed = stack(takeRows(train, rows(0, 500)), drawPeople(1500, makeRandom(3)));
    const { uniqueInBoth, secrets } = await measured(train, mixed, holdout, known);
    expect(uniqueInBoth.risk.low).toBeGreaterThan(0);
    expect(secrets[0]!.certainAttribution!.risk.low).toBeGreaterThan(0);
  });

  it("are not disclosed by other people: one risk of 20 tables' is a false alarm at most", async () => {
    let alarms = 0;
    for (let seed = 0; seed < 20; seed++) {
      const disclosure = await measured(train, drawPeople(2000, makeRandom(100 + seed)), holdout, known);
      alarms += risksOf(disclosure).some(({ low }) => low! > 0) ? 1 : 0;
    }
    expect(alarms).toBeLessThanOrEqual(2);
  });

  it("have figures that depend on no order of columns and on nothing but the seed", async () => {
    const smaller = takeRows(drawPeople(2000, makeRandom(4)), rows(0, 900));
    const first = await disclose(train, smaller, holdout, known);
    expect(await disclose(train, smaller, holdout, known)).toEqual(first);
    const turned = await measured(train, smaller, holdout, [...known].reverse());
    expect({ ...turned, quasiIdentifiers: undefined }).toEqual({ ...first.disclosure, quasiIdentifiers: undefined });
    expect(PEOPLE_COLUMNS.filter((name) => !known.includes(name)).sort()).toEqual(
      turned.secrets.map(({ name }) => name).sort(),
    );
  });
});
