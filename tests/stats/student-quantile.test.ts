import { describe, expect, it } from "vitest";
import { studentQuantile } from "../../src/stats/student-quantile.js";

describe("studentQuantile", () => {
  // scipy.stats.t.ppf(.975, n)
  it.each([
    [1, 12.7062],
    [2, 4.3027],
    [10, 2.2281],
    [11, 2.201],
    [20, 2.086],
    [100, 1.984],
    [100_000, 1.96],
  ])("with %i degrees of freedom is %d", (freedom, quantile) => {
    expect(Math.abs(studentQuantile(freedom) - quantile)).toBeLessThan(0.003);
  });
});
