import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { projectOntoSimplex } from "../../../src/privacy/marginals/project-onto-simplex.js";

const counts = fc.array(fc.double({ min: -1000, max: 1000, noNaN: true }), { minLength: 1, maxLength: 20 });
const totals = fc.double({ min: 0, max: 5000, noNaN: true });

describe("projectOntoSimplex", () => {
  it("has known answers", () => {
    expect([...projectOntoSimplex([3, 1, -1], 2)]).toEqual([2, 0, 0]);
    expect([...projectOntoSimplex([5, 4, 0], 6)]).toEqual([3.5, 2.5, 0]);
    expect([...projectOntoSimplex([1, 1], 10)]).toEqual([5, 5]);
    expect([...projectOntoSimplex([-3, -5], 0)]).toEqual([0, 0]);
  });

  it("is never negative, sums to the total, and leaves what is so already", () => {
    fc.assert(
      fc.property(counts, totals, (values, total) => {
        const projected = projectOntoSimplex(values, total);
        expect(Math.min(...projected)).toBeGreaterThanOrEqual(0);
        expect(projected.reduce((sum, value) => sum + value, 0)).toBeCloseTo(total, 5);
        const again = projectOntoSimplex(projected, total);
        projected.forEach((value, i) => {
          expect(again[i]).toBeCloseTo(value, 6);
        });
      }),
    );
  });

  it("is nearer than other counts of the same total", () => {
    const distance = (a: ArrayLike<number>, b: ArrayLike<number>) =>
      Array.from(a).reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0);
    fc.assert(
      fc.property(
        counts,
        totals,
        fc.infiniteStream(fc.double({ min: 0.01, max: 1, noNaN: true })),
        (values, total, shares) => {
          const weights = values.map(() => shares.next().value as number);
          const sum = weights.reduce((all, weight) => all + weight, 0);
          const other = weights.map((weight) => (total * weight) / sum);
          expect(distance(projectOntoSimplex(values, total), values)).toBeLessThanOrEqual(
            distance(other, values) + 1e-6,
          );
        },
      ),
    );
  });
});
