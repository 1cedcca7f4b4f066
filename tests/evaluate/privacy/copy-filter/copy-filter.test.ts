import { describe, expect, it } from "vitest";
import { makeRandom } from "../../../../src/core/random.js";
import { makeCopyFilter } from "../../../../src/evaluate/privacy/copy-filter/copy-filter.js";
import type { FilterLeak } from "../../../../src/evaluate/privacy/copy-filter/filter-leak.js";
import {
  FEWEST_PLACES,
  requirePlaces,
  requireSmallLeak,
} from "../../../../src/evaluate/privacy/copy-filter/require-small-leak.js";
import { makeTable, type Table, takeRows } from "../../../../src/table/table.js";
import { drawPeople, numbers, PEOPLE_COLUMNS, perturb, stack, texts } from "../tables.js";

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at);
const train = drawPeople(2000, makeRandom(1));
const holdout = drawPeople(1000, makeRandom(2));
const fresh = drawPeople(2000, makeRandom(3));
const filterOf = (distance: number, tables: { train: Table; holdout: Table } = { train, holdout }) =>
  makeCopyFilter({ ...tables, columns: PEOPLE_COLUMNS, distance });

/** Tables of one number column. */
const line = (values: readonly number[]) => makeTable([numbers("x", values)]);
const lineFilter = (values: readonly number[], distance: number) =>
  makeCopyFilter({ train: line(values), holdout: line([0, 100]), columns: ["x"], distance });

describe("keep", () => {
  it("drops every planted copy and no other row", async () => {
    const drawn = stack(takeRows(fresh, range(0, 950)), takeRows(train, range(0, 50)));
    expect([...(await filterOf(0).keep(drawn))]).toEqual(range(0, 950));
  });

  it("drops what is within the distance, at it included", async () => {
    // Gower's distance of x = 50.5 and 50 on a range of 100 is .005
    const drawn = line([50, 50.5, 49.5, 50.6, 80]);
    expect([...(await lineFilter([50], 0).keep(drawn))]).toEqual([1, 2, 3, 4]);
    expect([...(await lineFilter([50], 0.005).keep(drawn))]).toEqual([3, 4]);
    expect([...(await lineFilter([50], 0.006).keep(drawn))]).toEqual([4]);
    const near = perturb(takeRows(train, range(0, 50)), 0.001, makeRandom(4));
    expect((await filterOf(0).keep(near)).length).toBe(50);
    expect((await filterOf(0.002).keep(near)).length).toBeLessThan(5);
  });

  it("never drops a row of a crowd: five training rows of the same values stay, four do not", async () => {
    const drawn = line([10, 20, 30]);
    const copies = (value: number, count: number) => new Array<number>(count).fill(value);
    for (const distance of [0, 0.001]) {
      const filter = lineFilter([...copies(10, 5), ...copies(20, 4), ...copies(30, 257)], distance);
      expect([...(await filter.keep(drawn))]).toEqual([0, 2]);
    }
  });

  it("is not moved by a twin: a second training row of the same values changes nothing", async () => {
    const drawn = line([10, 20, 30]);
    expect(await lineFilter([10, 20], 0).keep(drawn)).toEqual(await lineFilter([10, 10, 20], 0).keep(drawn));
  });
});

describe("measureLeak", () => {
  it("finds places that chance does not fill, and an empty one tells next to nothing", async () => {
    const leak = await filterOf(0).measureLeak(fresh, makeRandom(5));
    expect(leak).toMatchObject({ places: 1000, filled: { value: 0 }, densest: { places: 100 } });
    // Wilson's upper end of 0 in 100: 3.8416 / 103.8416
    expect(leak.densest.high).toBeCloseTo(0.037, 3);
    expect(leak.likelihoodRatio).toBeCloseTo(1 / (1 - 0.036995), 4);
    expect(() => requireSmallLeak(leak)).not.toThrow();
  });

  it("counts the places that released rows fill", async () => {
    const released = stack(takeRows(fresh, range(0, 1900)), takeRows(holdout, range(0, 100)));
    const leak = await filterOf(0).measureLeak(released, makeRandom(5));
    expect(leak.filled.value).toBe(0.1);
    expect(() => requireSmallLeak(leak)).toThrowError(expect.objectContaining({ code: "E_FILTER_LEAKS" }));
  });

  it("looks at dense places by themselves: what is rare over all can be usual there", async () => {
    // 1,000 held-out rows, 900 far from everything and 100 amid released rows, every second one of these filled
    const far = range(0, 900).map((at) => 10_000 + 50 * at);
    const amid = range(0, 100).map((at) => at);
    const released = range(0, 100).flatMap((at) => (at % 2 === 0 ? [at, at + 0.5] : [at + 0.5]));
    const tables = { train: line([-5000]), holdout: line([...far, ...amid]) };
    const filter = makeCopyFilter({ ...tables, columns: ["x"], distance: 0 });
    const leak = await filter.measureLeak(line(released), makeRandom(6));
    expect(leak.filled.value).toBe(0.05);
    expect(leak.densest.value).toBe(0.5);
    expect(leak.likelihoodRatio).toBeGreaterThan(2);
  });

  it("gives the same for the same stream, whichever rows are looked at", async () => {
    const many = drawPeople(6000, makeRandom(7));
    const filter = filterOf(0.01, { train, holdout: many });
    const leak = await filter.measureLeak(fresh, makeRandom(8));
    expect(leak.places).toBe(5000);
    expect(await filter.measureLeak(fresh, makeRandom(8))).toEqual(leak);
  });
});

describe("requireSmallLeak", () => {
  const harmless: FilterLeak = {
    places: 730,
    filled: { value: 0, high: 0.005 },
    densest: { value: 0, high: 0.04999, places: 73 },
    likelihoodRatio: 1.0526,
  };

  it.each([
    ["places filled by chance too often", { filled: { value: 0.045, high: 0.051 } }],
    ["dense places filled too often", { densest: { value: 0.04, high: 0.0501, places: 73 } }],
  ])("refuses %s", (_, change) => {
    expect(() => requireSmallLeak(harmless)).not.toThrow();
    const hint = expect.stringContaining("leave the filter out");
    expect(() => requireSmallLeak({ ...harmless, ...change })).toThrowError(
      expect.objectContaining({ code: "E_FILTER_LEAKS", kind: "data", hint }),
    );
  });

  it("is passed by 73 places of which none is filled, and not by 72", async () => {
    const empty = async (count: number) => {
      const tables = { train: line([-1]), holdout: line(range(0, 10 * count)) };
      const filter = makeCopyFilter({ ...tables, columns: ["x"], distance: 0 });
      return filter.measureLeak(line([0.5]), makeRandom(12));
    };
    const [enough, few] = [await empty(73), await empty(72)];
    expect(enough.places).toBe(FEWEST_PLACES);
    expect(() => requireSmallLeak(enough)).not.toThrow();
    expect(() => requireSmallLeak(few)).toThrowError();
  });
});

describe("requirePlaces", () => {
  it("wants 730 held-out rows that stand by themselves", () => {
    expect(() => requirePlaces({ heldOut: 800, lone: 730 })).not.toThrow();
    expect(() => requirePlaces({ heldOut: 800, lone: 729 })).toThrowError(
      expect.objectContaining({ code: "E_FILTER_TOO_FEW_ROWS", message: expect.stringContaining("729 held-out rows") }),
    );
  });

  it("refuses a table of few categories, where equal rows are the rule", async () => {
    const random = makeRandom(9);
    const draw = (count: number) =>
      makeTable(
        ["a", "b"].map((name) =>
          texts(
            name,
            range(0, count).map(() => `${name}${random.integer(3)}`),
          ),
        ),
      );
    const categories = makeCopyFilter({ train: draw(1000), holdout: draw(1000), columns: ["a", "b"], distance: 0 });
    const places = await categories.countPlaces();
    expect(places).toEqual({ heldOut: 1000, lone: 0 });
    expect(() => requirePlaces(places)).toThrowError(expect.objectContaining({ code: "E_FILTER_LEAKS" }));
  });
});

describe("copiesMoreThanChance", () => {
  it("is true of a table with 2 % copies, not of one without", async () => {
    const drawn = stack(takeRows(fresh, range(0, 980)), takeRows(train, range(0, 20)));
    // half of the training rows, as many as are held out, hold half of the copies: 10 to none
    expect(await filterOf(0).copiesMoreThanChance(drawn, makeRandom(11))).toBe(true);
    expect(await filterOf(0).copiesMoreThanChance(fresh, makeRandom(11))).toBe(false);
    expect(await filterOf(0.03).copiesMoreThanChance(fresh, makeRandom(11))).toBe(false);
  });
});
