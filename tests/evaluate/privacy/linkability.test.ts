import { describe, expect, it } from "vitest";
import { makeRandom } from "../../../src/core/random.js";
import { drawTargets } from "../../../src/evaluate/privacy/attack-targets.js";
import { splitColumns } from "../../../src/evaluate/privacy/column-splits.js";
import { attackLinkability } from "../../../src/evaluate/privacy/linkability.js";
import { makeTable, type Table } from "../../../src/table/table.js";
import { attackSides } from "./attack-sides.js";
import { numbers } from "./tables.js";

const table = (xs: number[], ys: number[]): Table => makeTable([numbers("x", xs), numbers("y", ys)]);

async function link(train: Table, synthetic: Table, holdout: Table) {
  const sides = attackSides({ train, synthetic, holdout });
  return attackLinkability(sides, drawTargets(sides, 100, makeRandom(1)), [], makeRandom(2));
}

describe("the linkability attack", () => {
  it("links a target whose two halves have the same nearest row, worked out by hand", async () => {
    const synthetic = table([0, 5, 10], [10, 0, 5]);
    // x 1 and y 9 are both nearest to the first row; x 4 to the second, y 6 to the third
    const train = table([1, 4, 0, 10], [9, 6, 10, 5]);
    const holdout = table([0, 10, 5, 0], [0, 10, 5, 5]);
    const [counts, ...more] = await link(train, synthetic, holdout);
    expect(more).toEqual([]);
    expect(counts).toMatchObject({
      known: ["x"],
      attack: { attempts: 4, successes: 3 },
      control: { attempts: 4, successes: 0 },
      baseline: { attempts: 4 },
      requested: 100,
    });
  });

  it("takes the lowest of equally near rows on both sides, so that a row that stands twice still links", async () => {
    const synthetic = table([0, 3, 3, 10], [10, 7, 7, 0]);
    const [counts] = await link(table([3, 0], [7, 10]), synthetic, table([3, 10], [0, 10]));
    expect(counts).toMatchObject({ attack: { successes: 2 }, control: { successes: 0 } });
  });

  it("guesses as well as it can in a table of one row, and nothing in one of none", async () => {
    const one = table([1], [1]);
    expect((await link(one, one, one))[0]).toMatchObject({ attack: { successes: 1 }, baseline: { successes: 1 } });
    expect(await link(one, table([], []), one)).toEqual([]);
  });
});

describe("splitColumns", () => {
  const coded = (columns: readonly (readonly number[])[]) => ({
    rowCount: columns[0]!.length,
    width: columns.length,
    values: Float64Array.from(columns[0]!.flatMap((_, row) => columns.map((column) => column[row]!))),
  });
  const five = coded([
    [1, 1, 1, 1],
    [1, 2, 3, 4],
    [1, 2, 2, 2],
    [1, 2, 3, 3],
    [1, 1, 1, 1],
  ]);

  it("deals columns in turn by distinct values, and at random", () => {
    const [dealt, ...others] = splitColumns(five, [], makeRandom(1));
    // by distinct values: 1 (4), 3 (3), 2 (2), 0, 4
    expect(dealt).toEqual({ name: "halves by distinct values", left: [1, 2, 4], right: [0, 3] });
    expect(others.map((split) => split.name)).toEqual(["random halves 1", "random halves 2"]);
    for (const { left, right } of others) expect([...left, ...right].sort()).toEqual([0, 1, 2, 3, 4]);
    expect(splitColumns(five, [], makeRandom(1))).toEqual([dealt, ...others]);
    expect(splitColumns(five, [], makeRandom(2))).not.toEqual([dealt, ...others]);
  });

  it("sets quasi-identifiers against the rest where there is a rest", () => {
    const [first, second] = splitColumns(five, [2, 0], makeRandom(1));
    expect(first).toEqual({ name: "quasi-identifiers and the rest", left: [0, 2], right: [1, 3, 4] });
    expect(second?.name).toBe("halves by distinct values");
    expect(splitColumns(five, [0, 1, 2, 3, 4], makeRandom(1))).toHaveLength(3);
  });

  it("deals many columns once: any half of them tells rows apart", () => {
    const many = coded(Array.from({ length: 51 }, () => [1, 2]));
    expect(splitColumns(many, [0], makeRandom(1)).map((split) => split.name)).toEqual([
      "quasi-identifiers and the rest",
      "halves by distinct values",
    ]);
  });

  it("gives the same split once, whichever side is named first", () => {
    const two = coded([
      [1, 2],
      [1, 1],
    ]);
    expect(splitColumns(two, [], makeRandom(1)).map((split) => split.name)).toEqual(["halves by distinct values"]);
    const known = splitColumns(two, [1], makeRandom(1));
    expect(known).toEqual([{ name: "quasi-identifiers and the rest", left: [1], right: [0] }]);
    expect(splitColumns(coded([[1, 2]]), [], makeRandom(1))).toEqual([]);
  });
});
