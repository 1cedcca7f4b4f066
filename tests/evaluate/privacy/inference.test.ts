import { describe, expect, it } from "vitest";
import { makeRandom } from "../../../src/core/random.js";
import type { AttackCounts } from "../../../src/evaluate/privacy/attack-risk.js";
import { drawTargets } from "../../../src/evaluate/privacy/attack-targets.js";
import { attackInference } from "../../../src/evaluate/privacy/inference.js";
import { makeTable, type Table } from "../../../src/table/table.js";
import { attackSides } from "./attack-sides.js";
import { numbers, texts } from "./tables.js";

type Row = readonly [x: number | null, y: number | null, color: string | null];

function table(rows: readonly Row[]): Table {
  return makeTable([
    numbers(
      "x",
      rows.map(([x]) => x),
    ),
    numbers(
      "y",
      rows.map(([, y]) => y),
    ),
    texts(
      "color",
      rows.map(([, , color]) => color),
    ),
  ]);
}

function infer(train: Row[], synthetic: Row[], holdout: Row[], known: number[] = []): Promise<AttackCounts[]> {
  const sides = attackSides({ train: table(train), synthetic: table(synthetic), holdout: table(holdout) });
  return attackInference(sides, drawTargets(sides, 100, makeRandom(1)), known, makeRandom(2));
}

const successes = ({ name, attack, control }: AttackCounts) => [name, attack.successes, control.successes];

describe("the inference attack", () => {
  // x and y reach from 10 to 110 in the real rows: distances are differences / 100
  const synthetic: Row[] = [
    [10, 10, "red"],
    [110, 110, "blue"],
  ];

  it("guesses every column from the nearest row on all others, worked out by hand", async () => {
    const train: Row[] = [
      // x from y, red: the first row says 10, within 5 % of 10.4; y: 10 against 20 is not; color: red
      [10.4, 20, "red"],
      // x from y, blue: the second row says 110 against 108; y: likewise; color: blue
      [108, 109, "blue"],
    ];
    const holdout: Row[] = [
      // x from y, blue: .0 + 1 to the first row, 1 + 0 to the second: equally near, the lower one says 10; y: likewise; color: red
      [10, 10, "blue"],
      // x from y, red: the lower of 1 + 0 and 0 + 1 says 10 against 110; y: likewise; color: blue
      [110, 110, "red"],
    ];
    const counts = await infer(train, synthetic, holdout);
    expect(counts.map(successes)).toEqual([
      ["x", 2, 1],
      ["y", 1, 1],
      ["color", 2, 0],
    ]);
    expect(counts.every((count) => count.attack.attempts === 2 && count.control.attempts === 2)).toBe(true);
    expect(counts.every((count) => count.requested === 100 && count.known === undefined)).toBe(true);
  });

  it("guesses a missing value to be missing, and takes it as known where it is not the secret", async () => {
    const source: Row[] = [
      [null, 10, "red"],
      [50, 110, "blue"],
    ];
    const train: Row[] = [
      [null, 12, "red"],
      [null, 110, "blue"],
    ];
    const holdout: Row[] = [
      [10, 10, "red"],
      [110, 110, "blue"],
    ];
    const counts = await infer(train, source, holdout);
    // x: missing is right for the first training row alone; the others are told missing for 10, 50 for missing, 50 for 110.
    // (missing, ?, blue): 0 + 1 to the first row, 1 + 0 to the second, so the lower one; (10, ?, red): 1 + 0 against .4 + 1.
    // Likewise (missing, 110, ?) is told red.
    expect(counts.map(successes)).toEqual([
      ["x", 1, 0],
      ["y", 0, 2],
      ["color", 1, 2],
    ]);
  });

  it("is made again by somebody who knows the quasi-identifiers alone, on the other columns", async () => {
    const train: Row[] = [
      [10, 110, "red"],
      [110, 10, "blue"],
    ];
    const counts = await infer(train, synthetic, train, [0]);
    expect(counts.map(({ name, known }) => [name, known])).toEqual([
      ["x", undefined],
      ["y", undefined],
      ["color", undefined],
      ["y", ["x"]],
      ["color", ["x"]],
    ]);
    // by x alone the color is right and y wrong
    expect(counts.slice(3).map(successes)).toEqual([
      ["y", 0, 0],
      ["color", 2, 2],
    ]);
  });

  it("guesses nothing from nothing", async () => {
    const one = makeTable([numbers("x", [1, 2])]);
    const sides = attackSides({ train: one, synthetic: one, holdout: one });
    expect(await attackInference(sides, drawTargets(sides, 5, makeRandom(1)), [], makeRandom(1))).toEqual([]);
    expect(await infer([[1, 1, "red"]], [], [[1, 1, "red"]])).toEqual([]);
  });

  it("attacks equally many of both sides, though one has more rows", async () => {
    const many = Array.from({ length: 30 }, (_, i): Row => [i, i, "red"]);
    const counts = await infer(many, many, many.slice(0, 7));
    for (const { attack, control, baseline } of counts) {
      expect([attack.attempts, control.attempts, baseline.attempts]).toEqual([7, 7, 7]);
    }
  });
});
