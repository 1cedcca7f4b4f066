import { describe, expect, it } from "vitest";
import { makeRandom } from "../../src/core/random.js";
import { PRESETS } from "../../src/gan/presets.js";
import type { TrainedGenerator } from "../../src/gan/trained-generator.js";
import { type DrawOptions, drawChunks } from "../../src/sample/draw-chunks.js";
import {
  distance,
  fieldsOf,
  jointOf,
  LEVELS,
  randomGenerator,
  randomWeights,
  rowsOf,
} from "../gan/inference/random-generator.js";
import { drawRows, maskedBy } from "./draw-rows.js";

const ORDER = [2, 0, 3, 1];
const weights = randomWeights(fieldsOf(LEVELS));
/** One field a round, in a fixed order: rows have one exact distribution. */
const generator = randomGenerator(LEVELS, [
  { rounds: 4, order: { kind: "groups", groups: ORDER.map((field) => [field]) }, refined: false, pairError: 0 },
]);
const bias = generator.weights["completion/output.bias"]!.data;
/** Levels of one field far from equally likely: conditions then matter. */
for (let level = 0; level < bias.length; level++) {
  bias[level]! *= 8;
  weights.views["output.bias"]![level]! *= 8;
}
const defaults: DrawOptions = {
  rows: 20_000,
  rounds: "max",
  random: makeRandom(1),
  engine: "onnx",
  threads: 1,
  precision: "float32",
};
const draw = (options: Partial<DrawOptions>) => drawRows(generator, { ...defaults, ...options });

/** By chance 20,000 rows over 120 cells are about .03 away. */
const CHANCE = 0.045;

describe("sampling", () => {
  it.each(["float32", "int8"] as const)("follows the network's joint distribution (%s)", async (precision) => {
    const rows = rowsOf(await draw({ precision }));
    expect(distance(rows, await jointOf(weights, LEVELS, ORDER))).toBeLessThan(CHANCE);
    expect(distance(rows, await jointOf(randomWeights(fieldsOf(LEVELS), 2), LEVELS, ORDER))).toBeGreaterThan(0.2);
  });

  it("draws the fields of a group given the groups before only", async () => {
    const groups = [
      [2, 0],
      [3, 1],
    ];
    const grouped = randomGenerator(LEVELS, [
      { rounds: 2, order: { kind: "groups", groups }, refined: false, pairError: 0 },
    ]);
    const table = await drawRows(grouped, {
      ...{ rows: 20_000, rounds: 2, random: makeRandom(1), engine: "onnx", threads: 1, precision: "float32" },
    });
    const plain = randomWeights(fieldsOf(LEVELS));
    const [first, second] = [await jointOf(plain, LEVELS, [2]), await jointOf(plain, LEVELS, [0])];
    const independent = new Map<string, number>();
    for (const [a, p] of first)
      for (const [b, q] of second) independent.set(`${a.split(",")[2]},${b.split(",")[0]}`, p * q);
    const pairs = rowsOf(table).map((row) => `${row.split(",")[2]},${row.split(",")[0]}`);
    expect(distance(pairs, independent)).toBeLessThan(0.02);
  });

  it.each([600, 1500, 2500])("starts %i rows as it starts 4,000", async (count) => {
    const long = await draw({ rows: 4000, precision: "int8" });
    const short = await draw({ rows: count, precision: "int8" });
    expect(short.fields).toEqual(long.fields.map((field) => field.slice(0, count)));
  });

  it("gives the same rows on the cpu engine, nearly always", async () => {
    const [onnx, cpu] = [rowsOf(await draw({ rows: 500 })), rowsOf(await draw({ rows: 500, engine: "cpu" }))];
    expect(onnx.filter((row, at) => row === cpu[at]).length).toBeGreaterThan(495);
  });

  it("draws the chunks of a span as the whole sample has them", async () => {
    const whole = await draw({ rows: 4000 });
    const part = await draw({ rows: 4000, span: { first: 2, end: 4 } });
    expect(part.fields).toEqual(whole.fields.map((field) => field.slice(2048, 4000)));
  });

  it("stops when told to", async () => {
    const controller = new AbortController();
    const sampling = (async () => {
      for await (const chunk of drawChunks(generator, { ...defaults, rows: 5000, signal: controller.signal })) {
        expect(chunk.rowCount).toBe(1024);
        controller.abort();
      }
    })();
    await expect(sampling).rejects.toMatchObject({ code: "E_INTERRUPTED" });
  });
});

describe("conditions", () => {
  const mask = (levels: number, ...codes: number[]) =>
    Uint8Array.from({ length: levels }, (_, at) => +codes.includes(at));

  it("are met by every row, in every number of rounds, with conditions fixed, several or all levels", async () => {
    const groups = [
      [1, 2],
      [0, 3],
    ];
    const settings = randomGenerator(LEVELS, [
      { rounds: 2, order: { kind: "groups", groups }, refined: false, pairError: 0 },
      { rounds: 4, order: { kind: "one-by-one" }, refined: false, pairError: 0 },
    ]);
    for (const rounds of [2, "max"] as const) {
      const table = await drawRows(settings, {
        ...{ rows: 3000, rounds, random: makeRandom(4), engine: "onnx", threads: 1 },
        strata: maskedBy([mask(3, 1), mask(4, 0, 1, 2, 3), mask(2, 0, 1), mask(5, 0, 4)], 3000),
      });
      expect(new Set(table.fields[0])).toEqual(new Set([1]));
      expect(new Set(table.fields[1]).size).toBe(4);
      expect(new Set(table.fields[3])).toEqual(new Set([0, 4]));
    }
  });

  it("give the joint distribution of the rows that meet them", async () => {
    const allowed = [mask(3, 0, 2), undefined, mask(2, 1), mask(5, 1, 2)];
    const rows = rowsOf(await draw({ strata: maskedBy(allowed, 20_000) }));
    const joint = await conditionalJoint(allowed);
    expect(distance(rows, joint)).toBeLessThan(CHANCE);
  });

  it("refuse a field without an allowed level, and what cannot happen", async () => {
    await expect(draw({ strata: maskedBy([mask(3)], 10) })).rejects.toMatchObject({ code: "E_SAMPLE_CONDITION_EMPTY" });
    const never = randomGenerator(LEVELS);
    never.weights["completion/output.bias"]!.data.fill(-1000, 0, 2);
    const sampling = drawRows(never, {
      ...{ rows: 10, rounds: "max", random: makeRandom(1), engine: "onnx", threads: 1 },
      strata: maskedBy([mask(3, 0, 1), undefined, undefined, undefined], 10),
    });
    await expect(sampling).rejects.toMatchObject({ code: "E_SAMPLE_CONDITION_IMPOSSIBLE" });
  });

  it("are not for models of kind gan", async () => {
    const gan = {
      ...randomGenerator(LEVELS),
      config: PRESETS.ctgan.model,
      weights: { "generator/x": { shape: [1], data: new Float32Array(1) } },
      state: { conditions: { kind: "none" }, plan: {} },
    };
    const sampling = drawRows(gan as unknown as TrainedGenerator, {
      ...{ rows: 1, rounds: "max", random: makeRandom(1), engine: "onnx", threads: 1 },
      strata: maskedBy([mask(3, 0)], 1),
    });
    await expect(sampling).rejects.toMatchObject({ code: "E_SAMPLE_CONDITION_PRESET" });
  });
});

/** The network's joint, by the order in which conditioned fields are drawn, cut to the allowed rows. */
async function conditionalJoint(allowed: readonly (Uint8Array | undefined)[]) {
  const candidates = await Promise.all([
    jointOf(weights, LEVELS, [2, 0, 3, 1]),
    jointOf(weights, LEVELS, [2, 3, 0, 1]),
  ]);
  const masses = await Promise.all([jointOf(weights, LEVELS, [2, 0]), jointOf(weights, LEVELS, [2, 3])]);
  const massOf = (joint: ReadonlyMap<string, number>) => sum(meeting(joint, allowed));
  const joint = massOf(masses[0]!) <= massOf(masses[1]!) ? candidates[0]! : candidates[1]!;
  const met = meeting(joint, allowed);
  return new Map([...met].map(([row, p]) => [row, p / sum(met)]));
}

function meeting(joint: ReadonlyMap<string, number>, allowed: readonly (Uint8Array | undefined)[]) {
  const meets = (row: string) =>
    row.split(",").every((code, field) => code === "-1" || allowed[field] === undefined || allowed[field][+code] === 1);
  return new Map([...joint].filter(([row]) => meets(row)));
}

function sum(joint: ReadonlyMap<string, number>): number {
  return [...joint.values()].reduce((total, p) => total + p, 0);
}
