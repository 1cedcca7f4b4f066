import { describe, expect, it } from "vitest";
import { wilsonInterval } from "../../src/stats/wilson-interval.js";

describe("wilsonInterval", () => {
  it("gives [.0767, .1294] for 50 of 500 (worked out by hand; R: prop.test(50, 500, correct = FALSE))", () => {
    const { center, error, low, high } = wilsonInterval(50, 500);
    expect(center).toBeCloseTo(51.9208 / 503.8416, 12);
    expect(error).toBeCloseTo(0.026373, 5);
    expect([low, high].map((x) => x.toFixed(4))).toEqual(["0.0767", "0.1294"]);
  });

  it("starts at 0 for no success and ends at 1 for nothing else", () => {
    expect(wilsonInterval(0, 100).low).toBeCloseTo(0, 12);
    expect(wilsonInterval(0, 100).high).toBeCloseTo(3.8416 / 103.8416, 10);
    expect(wilsonInterval(100, 100).high).toBeCloseTo(1, 12);
  });

  it("is 0..1 without trials", () => {
    const { low, high } = wilsonInterval(0, 0);
    expect([low, high]).toEqual([0, 1]);
  });
});
