import { describe, expect, it } from "vitest";
import { columnCoverage, coverageFigure, scoreCoverage } from "../../../src/evaluate/fidelity/coverage.js";
import type { Figure } from "../../../src/evaluate/report-schema.js";
import { numbers, stream, texts } from "../planted.js";
import { type OneColumn, oneColumn, range, repeated } from "./column-samples.js";

const figure = ({ sides, samples }: OneColumn): Figure => coverageFigure(sides.map(columnCoverage), samples, 7);
const whole = ({ sides, samples }: OneColumn) => scoreCoverage([sides.map(columnCoverage)], samples, 7);
const category = (real: Record<string, number>, sample: Record<string, number>) =>
  oneColumn(texts("c", repeated(real)), texts("c", repeated(sample)), undefined, "category");
const number = (real: Iterable<number | null>, sample: Iterable<number | null>, held?: Iterable<number>) =>
  oneColumn(numbers("n", real), numbers("n", sample), held === undefined ? undefined : numbers("n", held), "integer");

describe("coverage of categories", () => {
  it("counts those of five real rows and more where both tables are as long (by hand: of a, b, c only a occurs)", () => {
    const found = figure(category({ a: 60, b: 30, c: 5, d: 4, e: 1 }, { a: 99, e: 1 }));
    expect(found.value).toBeCloseTo(1 / 3, 12);
    expect(found.n).toBe(3);
  });

  it("expects more of a longer table, less of a shorter one (by hand: 3^-3 < .05 < 3^-2, 1.1^-31 > .05 > 1.1^-32)", () => {
    const real = { a: 465, b: 32, c: 31, d: 3, e: 2 };
    expect(figure(category(real, { a: 1066 })).n).toBe(4);
    expect(figure(category(real, { a: 53 })).n).toBe(2);
  });

  it("calls rare what less than a hundredth of the rows have (by hand: c and d of 1000)", () => {
    const { categories, rareCategories, tails } = whole(category({ a: 972, b: 10, c: 9, d: 9 }, { a: 999, d: 1 }));
    expect([categories.value, categories.n]).toEqual([0.5, 4]);
    expect([rareCategories.value, rareCategories.n]).toEqual([0.5, 2]);
    expect(tails.status).toBe("unavailable");
  });

  it("is 1, or all but, for a fresh sample of many rare categories", () => {
    const random = stream("zipf");
    const draw = () => range(5000).map(() => `v${Math.floor(Math.exp(random.uniform() * 7))}`);
    const { value, ceiling, n } = figure(oneColumn(texts("c", draw()), texts("c", draw()), texts("c", draw())));
    expect(n).toBeGreaterThan(100);
    expect(value).toBeGreaterThan(0.97);
    expect(ceiling).toBeGreaterThan(0.97);
  });

  it("is not known where no category is frequent enough, or a side has no value", () => {
    const reason = expect.stringContaining("frequent enough");
    expect(figure(category({ a: 4, b: 4 }, { a: 8 }))).toEqual({ status: "unavailable", reason });
    const empty = oneColumn(texts("c", repeated({ a: 50, b: 50 })), texts("c", [null, null]));
    expect(figure(empty)).toEqual({ status: "unavailable", reason });
  });
});

describe("coverage of tails", () => {
  it("is 1 for the same values, 0 for values of the middle", () => {
    expect(figure(number(range(1000), range(1000))).value).toBeCloseTo(1, 12);
    expect(
      figure(
        number(
          range(1000),
          range(500).map((i) => i + 250),
        ),
      ).value,
    ).toBe(0);
  });

  it("loses the slices that clipping empties (by hand: two of five at either end)", () => {
    const clipped = range(1000).map((i) => Math.min(979, Math.max(20, i)));
    expect(figure(number(range(1000), clipped)).value).toBeCloseTo(0.6, 12);
  });

  it("takes no end for a tail where values pile up (by hand: half are 0, so the upper end alone counts)", () => {
    const real = range(1000).map((i) => Math.max(0, i - 500));
    const low = real.map((value) => (value === 0 ? 100 : value));
    expect(figure(number(real, low)).value).toBeCloseTo(1, 12);
    const flags = range(1000).map((i) => i % 2);
    expect(figure(number(flags, flags)).status).toBe("unavailable");
  });

  it("is not known with fewer than 100 real values or none on a side", () => {
    expect(figure(number(range(99), range(99))).status).toBe("unavailable");
    expect(figure(number(range(200), [null, null])).status).toBe("unavailable");
  });

  it("of fresh rows is near its ceiling, with an interval", () => {
    const random = stream("normal");
    const draw = () => range(2000).map(() => Math.round(1e6 * random.normal()));
    const found = figure(number(draw(), draw(), draw()));
    expect(found.value).toBeGreaterThan(0.85);
    expect(Math.abs(found.value! - found.ceiling!)).toBeLessThan(0.08);
    expect(found.low).toBeLessThan(found.value!);
  });
});
