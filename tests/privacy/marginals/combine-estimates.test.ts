import { expect, it } from "vitest";
import { combineEstimates } from "../../../src/privacy/marginals/combine-estimates.js";

it("weighs estimates by their precisions", () => {
  // precisions 1 and 1/4: (10 + 20 / 4) / 1.25 = 12, variance 1 / 1.25
  const combined = combineEstimates([
    { value: 10, variance: 1 },
    { value: 20, variance: 4 },
  ]);
  expect(combined.value).toBeCloseTo(12, 12);
  expect(combined.variance).toBeCloseTo(0.8, 12);
});
