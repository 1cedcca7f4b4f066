import { describe, expect, it } from "vitest";
import { adherenceFigure } from "../../../src/evaluate/fidelity/adherence.js";
import { columnDistances } from "../../../src/evaluate/fidelity/column-distances.js";
import { missingDifference } from "../../../src/evaluate/fidelity/missing-difference.js";
import { wilsonInterval } from "../../../src/stats/wilson-interval.js";
import { numbers, stream, texts } from "../planted.js";
import { type OneColumn, oneColumn, range, repeated } from "./column-samples.js";

const nulls = (count: number) => new Array<null>(count).fill(null);
const distances = ({ sides, samples }: OneColumn) => columnDistances(sides, samples, 1);
const adherence = ({ tables, samples }: OneColumn) => adherenceFigure(tables, samples, 0);

describe("columnDistances", () => {
  const random = stream("distances");
  const draw = (shift: number) =>
    numbers(
      "n",
      range(2000).map(() => random.normal() + shift),
      6,
    );

  it("has the interval of a mean for a plain shift (by hand: error 1 / sqrt(2000) standard deviations)", () => {
    const { wasserstein } = distances(oneColumn(draw(0), draw(4)));
    expect(wasserstein!.value).toBeCloseTo(4, 0);
    const error = (wasserstein!.high! - wasserstein!.low!) / 2 / 1.96;
    expect(error).toBeGreaterThan(0.4 / Math.sqrt(2000));
    expect(error).toBeLessThan(2 / Math.sqrt(2000));
  });

  it("has ceilings above 0: fresh real rows differ too", () => {
    const { wasserstein, jensenShannon } = distances(oneColumn(draw(0), draw(0), draw(0)));
    for (const figure of [wasserstein!, jensenShannon!]) {
      expect(figure.ceiling).toBeGreaterThan(0);
      expect(Math.abs(figure.value! - figure.ceiling!)).toBeLessThan(0.06);
    }
  });

  it("is in standard deviations: the same in other units", () => {
    const [real, fresh] = [draw(0), draw(0.3)];
    const scaled = (column: typeof real) => ({ ...column, values: column.values.map((value) => 1000 * value - 7) });
    const { wasserstein } = distances(oneColumn(scaled(real), scaled(fresh)));
    expect(wasserstein!.value).toBeCloseTo(distances(oneColumn(real, fresh)).wasserstein!.value!, 9);
  });

  it("is not known where a side has no value or training does not vary", () => {
    const none = distances(oneColumn(numbers("n", [1, 2, 2, 3]), numbers("n", nulls(4))));
    expect(none.wasserstein).toEqual({ status: "unavailable", reason: "a side has no known value" });
    expect(none.jensenShannon?.status).toBe("unavailable");
    const constant = distances(oneColumn(numbers("n", [5, 5, 5]), numbers("n", [5, 6]), undefined, "integer"));
    expect(constant.wasserstein).toEqual({ status: "unavailable", reason: "the training column does not vary" });
  });
});

describe("missingDifference", () => {
  it("is synthetic - real with Newcombe's interval (56/70 - 48/80: .0524 to .3339), the ceiling held-out - real", () => {
    const column = (missing: number, rows: number) => numbers("n", [...nulls(missing), ...range(rows - missing)]);
    const { tables, samples } = oneColumn(column(48, 80), column(56, 70), column(56, 70), "integer");
    const { real, synthetic, difference } = missingDifference(tables, samples, 0);
    expect([real, synthetic]).toEqual([0.6, 0.8]);
    expect(difference!.value).toBeCloseTo(0.2, 12);
    expect(difference!.low).toBeCloseTo(0.0524, 3);
    expect(difference!.high).toBeCloseTo(0.3339, 3);
    expect(difference!.ceiling).toBeCloseTo(0.2, 12);
    expect(difference!.n).toBe(70);
  });

  it("is negative where values were filled in", () => {
    const { tables, samples } = oneColumn(texts("c", ["a", "b", null, null]), texts("c", ["a", "b"]));
    const { difference } = missingDifference(tables, samples, 0);
    expect(difference!.value).toBe(-0.5);
    expect(difference!.low).toBeGreaterThanOrEqual(-1);
  });
});

describe("adherenceFigure", () => {
  it("is the share within the real range, with Wilson's interval; held-out rows leave it too (by hand)", () => {
    const figure = adherence(
      oneColumn(numbers("n", [1, 5, 5, 9]), numbers("n", [0, 1, 9, 9]), numbers("n", [5, 10, 11, 1]), "integer"),
    );
    const { low, high } = wilsonInterval(3, 4);
    expect(figure).toMatchObject({ value: 0.75, low, high, n: 4, ceiling: 0.5 });
  });

  it("counts missing values as wrong only where training has none, of categories as a value", () => {
    const full = numbers("n", [1, 2, 2, 3]);
    const gaps = numbers("n", [1, 2, 3, null]);
    expect(adherence(oneColumn(full, gaps))).toMatchObject({ value: 0.75, n: 4 });
    expect(adherence(oneColumn(gaps, full))).toMatchObject({ value: 1, n: 4 });
    expect(adherence(oneColumn(gaps, gaps))).toMatchObject({ value: 1, n: 3 });
    const letters = texts("c", [...repeated({ a: 3, b: 2 }), null]);
    expect(adherence(oneColumn(letters, texts("c", ["a", "z", null, null]))).value).toBe(0.75);
    expect(adherence(oneColumn(texts("c", ["a", "b", "a"]), letters)).value).toBeCloseTo(5 / 6, 12);
  });

  it("holds its share in the interval where all adhere, and is not known without values", () => {
    const column = numbers("n", [1, 2, 2, 3]);
    expect(adherence(oneColumn(column, column))).toMatchObject({ value: 1, high: 1 });
    expect(adherence(oneColumn(column, numbers("n", nulls(3)))).status).toBe("unavailable");
  });
});
