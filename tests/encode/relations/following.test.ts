import { describe, expect, it } from "vitest";
import { makeRandom } from "../../../src/core/random.js";
import type { NumberLevel } from "../../../src/encode/fit-number-levels.js";
import { levelsOfNumbers, type QuantileBinsEncoding } from "../../../src/encode/quantile-bins.js";
import { encodeCopies } from "../../../src/encode/relations/encode-copies.js";
import { fieldRelations } from "../../../src/encode/relations/field-relations.js";
import { findRelations } from "../../../src/encode/relations/find-relations.js";
import { makeNumberPlacer } from "../../../src/encode/relations/number-placer.js";
import type { Relation } from "../../../src/encode/relations/relation.js";

function makeEncoding(name: string, levels: NumberLevel[]): QuantileBinsEncoding {
  const output = { kind: "number", missingText: "", decimals: 0 } as const;
  return { kind: "quantile-bins", name, output, lattice: { step: 1, divisor: 1 }, levels, missing: true, fallback: 0 };
}

/** A bin around 0, the value 5, a bin above it. */
const LEVELS: NumberLevel[] = [[-2.5, 2.5], 5, [7.5, 999.5]];
const EQUAL: Relation = { kind: "equal", column: "a", source: "b", share: 0.1 };
const BELOW: Relation = { kind: "near", column: "a", source: "b", share: 0.1, low: 0.99, high: 1 };
const ABOVE: Relation = { kind: "near", column: "a", source: "b", share: 0.1, low: 1, high: 1.01 };

describe("what follows", () => {
  it("is no 0, no value with a level of its own, nothing missing; equality is not near", () => {
    const [a, b] = [makeEncoding("a", LEVELS), makeEncoding("b", LEVELS)];
    const values = Float64Array.of(1, 0, 5, 200, Number.NaN, 199, 201, 190);
    const sources = Float64Array.of(1, 0, 5, 200, Number.NaN, 200, 200, 200);
    const relations = fieldRelations([a, b], [EQUAL, BELOW, ABOVE]);
    const codes = [levelsOfNumbers(a, values), levelsOfNumbers(b, sources)];
    const [bits, none] = encodeCopies(relations, codes, [values, sources]);
    expect([...bits!]).toEqual([1, 0, 0, 1, 0, 2, 4, 0]);
    expect(none).toBeUndefined();
  });

  it("is looked for among the same values", () => {
    const random = makeRandom(1);
    const draw = (): number => 8 + random.integer(900);
    // A tenth of the rows are both 0, a tenth both 5, and a tenth equal where it counts.
    const pairs = Array.from({ length: 5000 }, (_, row) => {
      const same = draw();
      return (
        [
          [0, 0],
          [5, 5],
          [same, same],
        ][row % 10] ?? [draw(), draw()]
      );
    });
    const columnsOf = (rows: number[][]) =>
      ["a", "b"].map((name, i) => ({
        encoding: makeEncoding(name, LEVELS),
        values: Float64Array.from(rows, (pair) => pair[i]!),
      }));
    expect(findRelations(columnsOf(pairs), makeRandom(2))).toEqual([
      // A tenth, and 1 of 900 of the independent pairs.
      { kind: "equal", column: "a", source: "b", share: 0.101 },
      { kind: "equal", column: "b", source: "a", share: 0.101 },
    ]);
    const without = pairs.filter((_, row) => row % 10 !== 2);
    expect(findRelations(columnsOf(without), makeRandom(2))).toEqual([]);
  });

  it("is drawn on the lattice inside its class, never equal to the source, and clipped to the column's range", () => {
    const columns = [makeEncoding("a", LEVELS), makeEncoding("b", [300, 2000, 50])];
    const encoding = { version: 1, columns, relations: [EQUAL, BELOW, ABOVE] } as const;
    const place = (level: number, source: number): number[] => {
      const placer = makeNumberPlacer(encoding, 200, makeRandom(3));
      placer.place(1, 0, new Uint32Array(200).fill(source));
      const codes = new Uint32Array(200).fill(level);
      placer.place(0, 0, codes);
      const numbers = placer.numbers()[0]!;
      expect([...codes]).toEqual([...levelsOfNumbers(columns[0]!, numbers)]);
      return [...new Set(numbers)].sort((x, y) => x - y);
    };
    expect(place(4, 0)).toEqual([300]);
    expect(place(5, 0)).toEqual([297, 298, 299]);
    expect(place(6, 0)).toEqual([301, 302, 303]);
    expect(place(4, 1)).toEqual([999]);
    // No whole number lies between 49.5 and 50: the source itself is the nearest.
    expect(place(5, 2)).toEqual([50]);
  });
});
