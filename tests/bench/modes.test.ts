import { describe, expect, it } from "vitest";
import { drawModes, MODE_TABLES, scoreModes } from "../../bench/tables/modes.mjs";
import { makeRandom } from "../../src/core/random.js";

describe("the tables of modes", () => {
  it("have eight and 25 modes, all of them drawn, with the share of rows that three deviations of a plane's Gaussian hold", () => {
    for (const [table, modes] of [
      [MODE_TABLES.ring, 8],
      [MODE_TABLES.grid, 25],
    ] as const) {
      const scores = scoreModes(table, drawModes(table, 5000, makeRandom(1)));
      expect(scores).toMatchObject({ modes, modesOfAll: modes });
      expect(scores.highQuality).toBeCloseTo(1 - Math.exp(-4.5), 2); // 98.9 %
    }
  });

  it("count a mode only by rows near its centre", () => {
    const { ring } = MODE_TABLES;
    const [first, second] = [ring.centres[0]!, ring.centres[1]!];
    const between = [(first[0] + second[0]) / 2, (first[1] + second[1]) / 2] as const;
    expect(scoreModes(ring, [first, first, second, between])).toEqual({ modes: 2, modesOfAll: 2, highQuality: 0.75 });
    expect(scoreModes(ring, [[first[0] + 0.029, first[1]]]).modes).toBe(1);
    expect(scoreModes(ring, [[first[0] + 0.031, first[1]]]).modes).toBe(0);
  });
});
