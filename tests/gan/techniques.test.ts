import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import { drawLevels } from "../../src/gan/inference/draw-levels.js";
import {
  conditionFields,
  makeConditionSampler,
  makeConditionSpace,
  makeRowsByLevel,
} from "../../src/gan/techniques/condition-sampler.js";
import { makeEarlyStop } from "../../src/gan/techniques/early-stop.js";
import { groupFields, pairwiseInformation } from "../../src/gan/techniques/field-groups.js";
import { makeLevelMap } from "../../src/gan/techniques/level-map.js";
import { fillCompletionBatch, makeCompletionBatch } from "../../src/gan/training/completion-batch.js";
import { isLook, learningRateAt } from "../../src/gan/training/learning-rate.js";
import { makeLevelRows } from "../../src/gan/training/level-rows.js";
import { makeRowOrder } from "../../src/gan/training/row-order.js";
import { plantedFields, plantedTable } from "./planted-table.js";

const map = makeLevelMap(plantedFields);

describe("field groups", () => {
  const rows = makeLevelRows(plantedTable(4000, 1), map);

  it("finds the planted dependence and none between independent fields", () => {
    const information = pairwiseInformation(rows, map);
    // H(a) - H(a | b) with P(a = b) = .925, the rest spread over 3: log 4 + .925 log .925 + .075 log .025 nats.
    const expected = Math.log(4) + 0.925 * Math.log(0.925) + 0.075 * Math.log(0.025);
    expect(information[0 * 3 + 1]).toBeCloseTo(expected, 1);
    expect(Math.abs(information[0 * 3 + 2]!)).toBeLessThan(0.003);
  });

  it("never fills two dependent fields in one pass when it can be avoided", () => {
    for (let seed = 0; seed < 5; seed++) {
      const groups = groupFields(rows, map, 2, makeRandom(seed));
      expect(groups.flat().sort()).toEqual([0, 1, 2]);
      expect(groups.find((group) => group.includes(0))).not.toContain(1);
    }
  });

  it("partitions all fields into rounds of growing size", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 12 }), fc.integer({ min: 1, max: 5 }), (fields, rounds) => {
        const many = Array.from({ length: fields }, (_, i) => ({ kind: "discrete" as const, name: `${i}`, levels: 2 }));
        const random = makeRandom(fields * 31 + rounds);
        const columns = many.map(() => Uint8Array.from({ length: 50 }, () => random.integer(2)));
        const manyMap = makeLevelMap(many);
        const table = makeLevelRows({ rowCount: 50, fields: columns }, manyMap);
        const groups = groupFields(table, manyMap, rounds, random);
        expect(groups.flat().sort((a, b) => a - b)).toEqual(many.map((_, i) => i));
        expect(groups.length).toBe(Math.min(rounds, fields));
        const sizes = groups.map((group) => group.length);
        expect(sizes.every((size, i) => size > 0 && (i === 0 || size >= sizes[i - 1]! - 1))).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});

describe("completion batches", () => {
  it("hide each field as often as the order-agnostic objective asks, and weigh rows alike", () => {
    const data = makeLevelRows(plantedTable(50, 2), map);
    const batch = makeCompletionBatch(map, 3000);
    const rows = Uint32Array.from({ length: 3000 }, (_, i) => i % 50);
    fillCompletionBatch(batch, data, rows, map, makeRandom(5));
    const knownOfField = [0, 0, 0];
    for (let row = 0; row < 3000; row++) {
      const weights = batch.weights.subarray(row * 3, row * 3 + 3);
      expect(weights.reduce((a, b) => a + b)).toBeCloseTo(3, 5);
      for (let field = 0; field < 3; field++) {
        const flag = batch.x[row * (map.levels + 3) + map.levels + field]!;
        const level = data.levels[rows[row]! * 3 + field]!;
        expect(flag).toBe(weights[field] === 0 ? 1 : 0);
        expect(batch.x[row * (map.levels + 3) + level]).toBe(flag);
        expect(batch.target[row * map.levels + level]).toBe(weights[field]);
        knownOfField[field]! += flag;
      }
    }
    // Known fields are 0, 1 or 2 of 3 with equal chance: each field is known in 1/3 of the rows.
    for (const known of knownOfField) expect(known / 3000).toBeCloseTo(1 / 3, 1);
  });
});

describe("row order", () => {
  it("visits every row once before any row twice", () => {
    const order = makeRowOrder(7, makeRandom(1));
    const batch = new Uint32Array(7);
    order.next(batch);
    expect([...batch].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
    const small = new Uint32Array(3);
    order.next(small);
    expect(new Set(small).size).toBe(3);
  });
});

describe("learning rate", () => {
  const schedule = { peak: 0.01, warmupSteps: 10, decayShare: 0.5, steps: 100 };
  it("warms up, holds, and falls to nothing", () => {
    expect(learningRateAt(0, schedule)).toBeCloseTo(0.001);
    expect(learningRateAt(30, schedule)).toBe(0.01);
    expect(learningRateAt(75, schedule)).toBeCloseTo(0.005);
    expect(learningRateAt(100, schedule)).toBe(0);
  });
});

describe("looks at the validation rows", () => {
  it("are evenly spaced and end with the last step", () => {
    const steps = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    expect(steps.filter((step) => isLook(step, 10, 3))).toEqual([4, 7, 10]);
    expect(steps.filter((step) => isLook(step, 10, 40))).toEqual(steps);
  });
});

describe("early stop", () => {
  it("is over after so many looks without a best, and keeps the best look", () => {
    const stop = makeEarlyStop(2);
    expect([stop.look(10, 3), stop.look(20, 2), stop.look(30, 2.5)]).toEqual([true, true, false]);
    expect(stop.isOver()).toBe(false);
    expect(stop.look(40, Number.NaN)).toBe(false);
    expect(stop.isOver()).toBe(true);
    expect(stop.best()).toEqual({ step: 20, loss: 2 });
  });
});

describe("condition sampler", () => {
  const fields = [
    { kind: "discrete" as const, name: "color", levels: 2 },
    { kind: "discrete" as const, name: "amount mode", levels: 3 },
    { kind: "scalar" as const, name: "amount" },
  ];
  const encoded = {
    rowCount: 10,
    fields: [Uint8Array.from([1, 0, 0, 0, 0, 0, 0, 0, 0, 0]), new Uint8Array(10), new Float32Array(10)],
  };

  it("conditions on discrete columns, never on a number's mode", () => {
    expect(conditionFields(fields)).toEqual([0]);
  });

  it("draws levels by their weight and real rows that hold them", () => {
    const space = makeConditionSpace(fields, encoded);
    const random = makeRandom(1);
    const share = (weigh: (share: number) => number) => {
      const sampler = makeConditionSampler(space, weigh);
      return (
        Array.from({ length: 4000 }, () => sampler.draw(random).level).filter((level) => level === 1).length / 4000
      );
    };
    expect(share((s) => s)).toBeCloseTo(0.1, 1);
    // log(2) / (log(2) + log(10)) for counts 1 and 9.
    expect(share((s) => Math.log(s * 10 + 1))).toBeCloseTo(Math.log(2) / (Math.log(2) + Math.log(10)), 1);
    expect(makeRowsByLevel(space, encoded).draw({ column: 0, level: 1 }, random)).toBe(0);
  });
});

describe("drawing levels", () => {
  it("follows softmax within the span and ignores everything outside", () => {
    const logits = Float32Array.from({ length: 20000 * 4 }, (_, i) => [50, 0, Math.log(3), 50][i % 4]!);
    const codes = new Uint8Array(20000);
    drawLevels(logits, { stride: 4, start: 1, levels: 2 }, codes, makeRandom(2));
    expect(codes.reduce((sum, code) => sum + code, 0) / 20000).toBeCloseTo(0.75, 1);
  });
});
