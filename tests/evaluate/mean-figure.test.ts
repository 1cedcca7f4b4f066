import { describe, expect, it } from "vitest";
import { meanFigure, spreadOf } from "../../src/evaluate/mean-figure.js";

const figure = (value: number, half = 0.001) => ({
  value,
  low: value - half,
  high: value + half,
  status: "ok" as const,
});

describe("meanFigure", () => {
  it("leaves the figure of one run as it is", () => {
    const one = { ...figure(0.8), n: 100, ceiling: 0.9 };
    expect(meanFigure([one])).toBe(one);
    expect(spreadOf([one])).toBeUndefined();
  });

  it("has Student's interval over the runs where they differ by more than each one's own", () => {
    // mean .8, deviation .02, half width 4.303 x .02 / sqrt 3 = .0497
    const mean = meanFigure([figure(0.78), figure(0.8), figure(0.82)]);
    expect(mean.value).toBeCloseTo(0.8, 9);
    expect(mean.low).toBeCloseTo(0.7503, 4);
    expect(mean.high).toBeCloseTo(0.8497, 4);
    expect(spreadOf([figure(0.78), figure(0.8), figure(0.82)])).toBeCloseTo(0.02, 9);
  });

  it("has the runs' own interval where that is wider: two runs may be alike by chance", () => {
    const mean = meanFigure([figure(0.6, 0.1), figure(0.6, 0.1)]);
    expect([mean.low, mean.high].map((end) => Number(end?.toFixed(9)))).toEqual([0.5, 0.7]);
  });

  it("keeps shares within 0 and 1, and does not bound what goes beyond", () => {
    expect(meanFigure([figure(0.9), figure(0.98)])).toMatchObject({ high: 1 });
    expect(meanFigure([figure(-3), figure(1)]).low).toBeLessThan(-20);
  });

  it("is unavailable where a run does not have it, and says why", () => {
    const missing = { status: "unavailable" as const, reason: "no target" };
    expect(meanFigure([figure(0.8), missing])).toEqual(missing);
  });
});
