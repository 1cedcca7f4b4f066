import { describe, expect, it } from "vitest";
import { summarizeCategories, summarizeNumbers, TOO_FEW } from "../../../src/evaluate/fidelity/column-summary.js";
import { cumulativeShares } from "../../../src/evaluate/fidelity/cumulative-shares.js";
import type { Column, DateColumn } from "../../../src/table/column.js";
import { numbers, stream } from "../planted.js";
import { oneColumn, range } from "./column-samples.js";

const DAY = 86_400_000;

function describeNumbers(real: Column, synthetic: Column, holdout?: Column) {
  const { tables } = oneColumn(real, synthetic, holdout, real.kind === "number" ? "decimal" : undefined);
  const sortedOf = (side: typeof tables.train) => {
    const column = side.columns[0]!;
    if (column.kind !== "number") throw new TypeError("not numbers");
    return column.values.filter((value) => !Number.isNaN(value)).sort();
  };
  const held = tables.holdout === undefined ? undefined : sortedOf(tables.holdout);
  const sides = { train: sortedOf(tables.train), synthetic: sortedOf(tables.synthetic), holdout: held };
  const lines = summarizeNumbers(tables.columns[0]!, sides);
  return {
    cumulative: cumulativeShares(tables.columns[0]!, sides),
    lines,
    line: (name: string) => lines.find((line) => line.name === name)!,
  };
}

const dates = (days: readonly number[]): DateColumn => ({
  kind: "date",
  name: "d",
  missingText: "",
  format: "YYYY-MM-DD",
  values: Float64Array.from(days, (day) => day * DAY),
});

describe("cumulativeShares", () => {
  it("is the share of values up to each point (by hand: 0 to 99, and the same less 10, each twice)", () => {
    const twice = numbers(
      "n",
      range(200).map((i) => Math.floor(i / 2) - 10),
    );
    const { cumulative } = describeNumbers(numbers("n", range(100)), twice);
    cumulative!.at.forEach((point, i) => {
      expect(cumulative!.labels[i]).toBe(String(point));
      expect(cumulative!.real[i]).toBeCloseTo((point + 1) / 100, 12);
      expect(cumulative!.synthetic[i]).toBeCloseTo(Math.min(1, (point + 11) / 100), 12);
    });
    expect(cumulative!.at[0]).toBe(5);
    expect(cumulative!.at.at(-1)).toBe(94);
  });

  it("has at most 60 ascending points, shows the bulk and the tail of a skewed column and no extreme", () => {
    const random = stream("skewed");
    const skewed = () => numbers("n", [...range(3000).map(() => Math.exp(2 * random.normal())), 987_654], 4);
    const { cumulative } = describeNumbers(skewed(), skewed(), skewed());
    const { at, labels, real, holdout } = cumulative!;
    expect(at.length).toBeLessThanOrEqual(60);
    expect(at.length).toBeGreaterThan(30);
    expect(new Set(labels).size).toBe(at.length);
    for (const [i, point] of at.entries()) if (i > 0) expect(point).toBeGreaterThan(at[i - 1]!);
    expect(real.every((share, i) => i === 0 || share >= real[i - 1]!)).toBe(true);
    expect(real[0]).toBeLessThan(0.01);
    expect(real.at(-1)).toBeGreaterThan(0.99);
    expect(real.at(-1)).toBeLessThan(1);
    expect(holdout).toHaveLength(at.length);
    expect(labels.join()).not.toContain("987");
  });

  it("writes dates as the column does, at whole days", () => {
    const { cumulative } = describeNumbers(dates(range(400)), dates(range(300)));
    expect(cumulative!.labels[0]).toBe("1970-01-06");
    for (const point of cumulative!.at) expect(point % DAY).toBe(0);
    expect(new Set(cumulative!.labels).size).toBe(cumulative!.labels.length);
  });

  it("is left out with fewer than 50 training values, of a constant, and where the synthetic side has none", () => {
    expect(describeNumbers(numbers("n", range(49)), numbers("n", range(80))).cumulative).toBeUndefined();
    expect(describeNumbers(numbers("n", range(80)), numbers("n", [null])).cumulative).toBeUndefined();
    const same = numbers("n", [...new Array<number>(99).fill(3), 4]);
    expect(describeNumbers(same, same).cumulative).toBeUndefined();
    const held = describeNumbers(numbers("n", range(80)), numbers("n", range(80)), numbers("n", [null]));
    expect(held.cumulative).not.toHaveProperty("holdout");
  });
});

describe("summarizeNumbers", () => {
  it("has counts, mean, deviation and quantiles (by hand: 1 to 101, sample deviation sqrt(101 * 102 / 12))", () => {
    const { lines, line } = describeNumbers(
      numbers(
        "n",
        range(101).map((i) => i + 1),
      ),
      numbers("n", [...range(50).map((i) => i % 2), null]),
    );
    expect(lines.map(({ real }) => real)).toEqual(["101", "101", "51.0", "29.3", "6", "26", "51", "76", "96"]);
    expect(line("known values").synthetic).toBe("50");
    expect(line("distinct values").synthetic).toBe("2");
    expect(line("mean").synthetic).toBe("0.500");
    expect(line("mean")).not.toHaveProperty("holdout");
  });

  it("prints no quantile of fewer than 50 values, no mean of fewer than five, nothing of none", () => {
    const { line } = describeNumbers(numbers("n", range(49)), numbers("n", [1, 2, 3, 4]), numbers("n", [null]));
    expect(line("median")).toMatchObject({ real: TOO_FEW, synthetic: TOO_FEW, holdout: TOO_FEW });
    expect(line("mean")).toMatchObject({ real: "24.0", synthetic: TOO_FEW, holdout: TOO_FEW });
    expect(line("known values").holdout).toBe("0");
  });

  it("writes dates as the column does and their deviation in days", () => {
    const { line } = describeNumbers(dates(range(365)), dates(range(365)));
    expect(line("mean").real).toBe("1970-07-02");
    expect(line("95 % quantile").real).toBe("1970-12-12");
    expect(line("standard deviation").real).toBe("105.5 days");
  });
});

describe("summarizeCategories", () => {
  it("has counts, the most frequent one's share and the entropy, and names no category (by hand)", () => {
    const sides = {
      train: Float64Array.of(2, 1, 1, 0),
      synthetic: Float64Array.of(0, 4, 0, 0),
      holdout: new Float64Array(4),
    };
    expect(summarizeCategories(sides)).toEqual([
      { name: "known values", real: "4", synthetic: "4", holdout: "0" },
      { name: "distinct values", real: "3", synthetic: "1", holdout: "0" },
      { name: "share of the most frequent value", real: "50.0 %", synthetic: "100.0 %", holdout: TOO_FEW },
      { name: "entropy", real: "1.50 bits", synthetic: "0.00 bits", holdout: TOO_FEW },
    ]);
  });
});
