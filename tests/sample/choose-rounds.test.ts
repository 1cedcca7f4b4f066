import { describe, expect, it } from "vitest";
import type { RoundsSetting } from "../../src/gan/inference/rounds-setting.js";
import { chooseRounds } from "../../src/sample/choose-rounds.js";
import { randomGenerator } from "../gan/inference/random-generator.js";

function generatorOf(fields: number, errors: Readonly<Record<number, number>>) {
  const settings = Object.entries(errors).map(([rounds, pairError]): RoundsSetting => {
    const order =
      Number(rounds) === fields ? ({ kind: "one-by-one" } as const) : ({ kind: "groups", groups: [] } as const);
    return { rounds: Number(rounds), order, refined: false, pairError };
  });
  return randomGenerator([2, 2], settings);
}

describe("choosing rounds", () => {
  const narrow = generatorOf(15, { 2: 0.03, 4: 0.02, 8: 0.0121, 15: 0.012 });
  const wide = generatorOf(1000, { 2: 0.05, 8: 0.03, 16: 0.0214, 64: 0.0202, 1000: 0.02 });

  it("takes one field a round where asked, and by itself up to 600 fields", () => {
    for (const rounds of ["max", "auto", 15, 99] as const) {
      expect(chooseRounds(narrow, rounds)!.chosen.rounds, `${rounds}`).toBe(15);
    }
    expect(chooseRounds(generatorOf(600, { 2: 0.02, 600: 0.02 }), "auto")!.chosen.rounds).toBe(600);
    expect(chooseRounds(wide, "max")!.chosen.rounds).toBe(1000);
  });

  it("takes by itself the fewest rounds that cost a wide table next to nothing", () => {
    expect(chooseRounds(wide, "auto")!.chosen.rounds).toBe(16);
    expect(chooseRounds(generatorOf(1000, { 2: 0.05, 64: 0.03, 1000: 0.02 }), "auto")!.chosen.rounds).toBe(1000);
  });

  it("takes the nearest that is prepared, the fewer of two", () => {
    expect([1, 3, 5, 6, 7].map((rounds) => chooseRounds(narrow, rounds)!.chosen.rounds)).toEqual([2, 2, 4, 4, 8]);
    expect(chooseRounds(wide, 200)!.exact.pairError).toBe(0.02);
  });

  it("refuses what is no number of rounds", () => {
    for (const rounds of [0, -1, 1.5, Number.NaN]) {
      expect(() => chooseRounds(narrow, rounds)).toThrow(expect.objectContaining({ code: "E_USAGE_ROUNDS" }));
    }
  });
});
