import { describe, expect, it } from "vitest";
import { logSumExp, sigmoid, softmaxRows } from "../../src/stats/softmax.js";

describe("softmaxRows", () => {
  it("gives each row's shares of exp(score) (by hand: odds 1 to 3, and three alike)", () => {
    const shares = softmaxRows([Float64Array.of(0, 2), Float64Array.of(Math.log(3), 2), Float64Array.of(-800, 2)], 2);
    [0.25, 0.75, 0, 1 / 3, 1 / 3, 1 / 3].forEach((share, at) => {
      expect(shares[at]).toBeCloseTo(share, 12);
    });
  });

  it("does not overflow", () => {
    expect(logSumExp([Float64Array.of(1000), Float64Array.of(1000)], 0)).toBeCloseTo(1000 + Math.log(2), 12);
    expect(softmaxRows([Float64Array.of(1000), Float64Array.of(-1000)], 1)).toEqual(Float64Array.of(1, 0));
    expect([sigmoid(-800), sigmoid(0), sigmoid(800)]).toEqual([0, 0.5, 1]);
  });
});
