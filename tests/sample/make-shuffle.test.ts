import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import { makeShuffle } from "../../src/sample/make-shuffle.js";

describe("a shuffle without memory", () => {
  it("is a permutation for any count", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 700 }), fc.nat(99), (count, seed) => {
        const shuffle = makeShuffle(count, makeRandom(seed));
        const places = Array.from({ length: count }, (_, place) => shuffle(place));
        expect(new Set(places).size).toBe(count);
        expect(Math.max(...places)).toBeLessThan(count);
      }),
    );
  });

  it("mixes: half of the first half of the places ends up in each half, and seeds differ", () => {
    const shuffle = makeShuffle(10_000, makeRandom(1));
    const low = Array.from({ length: 5000 }, (_, place) => shuffle(place)).filter((place) => place < 5000).length;
    // Standard deviation 25 of a random permutation.
    expect(Math.abs(low - 2500)).toBeLessThan(125);
    const other = makeShuffle(10_000, makeRandom(2));
    expect(
      Array.from({ length: 100 }, (_, place) => shuffle(place) === other(place)).filter(Boolean).length,
    ).toBeLessThan(5);
  });
});
