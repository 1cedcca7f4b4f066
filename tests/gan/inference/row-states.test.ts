import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeRowStates } from "../../../src/gan/inference/row-states.js";

const LEVEL_COUNT = 9;

/** Rounds of one or two fields, each [rows] of levels. */
const history = fc.integer({ min: 1, max: 40 }).chain((rows) =>
  fc.record({
    rows: fc.constant(rows),
    rounds: fc.array(
      fc.array(fc.array(fc.integer({ min: 0, max: LEVEL_COUNT - 1 }), { minLength: rows, maxLength: rows }), {
        minLength: 1,
        maxLength: 2,
      }),
      { maxLength: 4 },
    ),
  }),
);

describe("states of rows", () => {
  it.each([true, false])(
    "say of every row what it has learned, and are visited once a row (shared: %s)",
    (isShared) => {
      fc.assert(
        fc.property(history, ({ rows, rounds }) => {
          const states = makeRowStates(rows, LEVEL_COUNT, isShared);
          let known: number[][] = Array.from({ length: states.count() }, () => []);
          for (const [at, round] of rounds.entries()) {
            states.learn(round.map((levels) => Int32Array.from(levels)));
            const [parents, learned] = [states.parents(), states.learned()];
            const perState = learned.length / states.count();
            known = Array.from({ length: states.count() }, (_, state) => [
              ...known[parents?.[state] ?? state]!,
              ...learned.subarray(state * perState, (state + 1) * perState),
            ]);
            const seen: number[] = [];
            states.forRows(0, states.count(), (row, state) => {
              seen.push(row);
              const truth = rounds.slice(0, at + 1).flatMap((fields) => fields.map((levels) => levels[row]!));
              expect(known[state]).toEqual(truth);
            });
            expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: rows }, (_, row) => row));
          }
        }),
      );
    },
  );

  it("are as few as there are different rows, until those are half of all", () => {
    const states = makeRowStates(8, LEVEL_COUNT, true);
    expect(states.count()).toBe(1);
    states.learn([Int32Array.of(3, 3, 3, 3, 1, 1, 1, 1)]);
    expect(states.count()).toBe(2);
    states.learn([Int32Array.of(4, 4, 5, 5, 4, 4, 5, 5)]);
    expect(states.count()).toBe(4);
    states.learn([Int32Array.of(6, 7, 6, 6, 6, 6, 6, 6)]);
    expect(states.count()).toBe(8);
  });
});
