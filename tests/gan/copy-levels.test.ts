import { describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import type { Field } from "../../src/encode/field.js";
import { allowKnownCopies } from "../../src/gan/techniques/copy-levels.js";
import { makeLevelMap } from "../../src/gan/techniques/level-map.js";
import { fillCompletionBatch, makeCompletionBatch } from "../../src/gan/training/completion-batch.js";
import { makeLevelRows } from "../../src/gan/training/level-rows.js";
import { compile } from "../../src/runtime/compile.js";
import { tf } from "../../src/runtime/tf.js";

/** Field b has two bins and two copy levels: equal to a, equal to c. */
const fields: readonly Field[] = [
  { kind: "discrete", name: "a", levels: 2 },
  {
    kind: "discrete",
    name: "b",
    levels: 4,
    copies: [
      { level: 2, source: 0 },
      { level: 3, source: 2 },
    ],
  },
  { kind: "discrete", name: "c", levels: 2 },
];
const map = makeLevelMap(fields);

describe("copy levels", () => {
  it("are levels of the concatenation, by field", () => {
    expect(map.copies).toEqual([
      [],
      [
        { level: 4, source: 0 },
        { level: 5, source: 2 },
      ],
      [],
    ]);
  });

  it("can be drawn only where their source is known", async () => {
    const program = await compile(
      {
        name: "test",
        parameters: {},
        inputs: { x: { shape: [2, 11] } },
        run: (_, { x }) => {
          const rows = x as tf.Tensor2D;
          const zeros = tf.zeros([2, 8]) as tf.Tensor2D;
          return { outputs: { allowed: allowKnownCopies(zeros, rows, map) } };
        },
      },
      { engine: "cpu" },
    );
    const x = new Float32Array(22);
    x[8 + 2] = 1; // in the first row c is known
    const { allowed } = await program.run({}, { x });
    const open = (values: ArrayLike<number>, row: number) =>
      Array.from({ length: 8 }, (_, level) => values[row * 8 + level]!).flatMap((logit, level) =>
        logit > -50 ? [level] : [],
      );
    expect(open(allowed!, 0)).toEqual([0, 1, 2, 3, 5, 6, 7]);
    expect(open(allowed!, 1)).toEqual([0, 1, 2, 3, 6, 7]);
  });

  it("are what a hidden field is trained on where one holds and its source is known, the first of several", () => {
    const rows = makeLevelRows(
      {
        rowCount: 1,
        fields: [Uint8Array.of(1), Uint8Array.of(1), Uint8Array.of(1)],
        copies: [undefined, Uint32Array.of(0b11), undefined],
      },
      map,
    );
    const targets = new Map<string, number>();
    const random = makeRandom(1);
    for (let draw = 0; draw < 200; draw++) {
      const batch = makeCompletionBatch(map, 1);
      fillCompletionBatch(batch, rows, Uint32Array.of(0), map, random);
      const known = [...batch.x.subarray(8)].join("");
      const target = batch.target.subarray(2, 6).findIndex((weight) => weight > 0);
      if (target >= 0) targets.set(known, target);
    }
    // Known flags of a, b, c -> level of b: its bin, equal to a, equal to c.
    expect(Object.fromEntries(targets)).toEqual({ "000": 1, "100": 2, "001": 3, "101": 2 });
  });
});
