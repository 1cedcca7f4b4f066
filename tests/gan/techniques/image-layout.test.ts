import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeRandom } from "../../../src/core/random.js";
import type { EncodedTable, Field } from "../../../src/encode/field.js";
import { type ImageLayout, layOutColumns } from "../../../src/gan/techniques/image-layout.js";

/** Six fields of four levels: 0 and 4 are equal, the others independent of all; 5 is a scalar that 2 tells. */
const fields: readonly Field[] = [
  ...Array.from({ length: 5 }, (_, at): Field => ({ kind: "discrete", name: `f${at}`, levels: 4 })),
  { kind: "scalar", name: "number" },
];

function planted(rowCount: number): EncodedTable {
  const random = makeRandom(3);
  const data = Array.from({ length: 5 }, () => Uint8Array.from({ length: rowCount }, () => random.integer(4)));
  data[4] = data[0]!.slice();
  const number = Float32Array.from(data[2]!, (code) => code / 2 - 0.8 + random.uniform() / 10);
  return { rowCount, fields: [...data, number] };
}

function distance({ side, pixels }: ImageLayout, a: number, b: number): number {
  const at = (column: number) => [Math.floor(pixels[column]! / side), pixels[column]! % side] as const;
  const [[top, left], [down, right]] = [at(a), at(b)];
  return Math.hypot(top - down, left - right);
}

describe("columns laid out on an image", () => {
  const layout = layOutColumns(fields, planted(500), 4);

  it("stand on pixels of their own of the smallest image whose side is a multiple", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 12 }),
        fc.constantFrom(2, 4, 8),
        (levels, multiple) => {
          const discrete = levels.map((count, at): Field => ({ kind: "discrete", name: `f${at}`, levels: count }));
          const table = { rowCount: 3, fields: levels.map(() => new Uint8Array(3)) };
          const { side, pixels } = layOutColumns(discrete, table, multiple);
          const width = levels.reduce((sum, count) => sum + count, 0);
          expect(side % multiple).toBe(0);
          expect(side ** 2).toBeGreaterThanOrEqual(width);
          expect((side - multiple) ** 2).toBeLessThan(width);
          expect(pixels).toHaveLength(width);
          expect(new Set(pixels).size).toBe(width);
          expect(Math.max(...pixels)).toBeLessThan(side ** 2);
          expect(Math.min(...pixels)).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });

  it("have a field's columns side by side", () => {
    for (let field = 0; field < 5; field++) {
      for (let level = 1; level < 4; level++) {
        expect(distance(layout, 4 * field + level - 1, 4 * field + level)).toBe(1);
      }
    }
  });

  it("have a planted associated pair next to each other, where the order of the fields has it apart", () => {
    const nearest = (a: number, b: number) =>
      Math.min(...[0, 3].flatMap((i) => [0, 3].map((j) => distance(layout, 4 * a + i, 4 * b + j))));
    expect(nearest(0, 4)).toBe(1);
    expect(Math.max(nearest(0, 1), nearest(0, 3), nearest(4, 1), nearest(4, 3))).toBeGreaterThan(1);
  });

  it("have a scalar next to the field that tells it", () => {
    expect(Math.min(distance(layout, 8, 20), distance(layout, 11, 20))).toBe(1);
  });

  it("are laid out alike twice, as plain JSON", () => {
    expect(JSON.parse(JSON.stringify(layOutColumns(fields, planted(500), 4)))).toEqual(layout);
  });
});
