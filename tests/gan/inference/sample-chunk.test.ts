import { describe, expect, it } from "vitest";
import { makeRandom } from "../../../src/core/random.js";
import { BATCH_ROWS } from "../../../src/gan/inference/completion-engine.js";
import { embeddingGraph, headGraph, trunkGraph } from "../../../src/gan/inference/completion-graph.js";
import type { CompletionWeights } from "../../../src/gan/inference/completion-weights.js";
import {
  conditionedFields,
  type FieldCondition,
  makeConditionTable,
} from "../../../src/gan/inference/condition-table.js";
import { drawConditioned } from "../../../src/gan/inference/draw-conditioned.js";
import { drawFromShares } from "../../../src/gan/inference/draw-levels.js";
import { foldNetwork } from "../../../src/gan/inference/folded-network.js";
import { openGraphEngine } from "../../../src/gan/inference/graph-engine.js";
import { type ChunkOptions, sampleChunk } from "../../../src/gan/inference/sample-chunk.js";
import { distance, fieldsOf, jointOf, LEVELS, makeReference, randomWeights } from "./random-generator.js";

const ROWS = 20_000;

async function open(weights: CompletionWeights) {
  const network = foldNetwork(weights, false);
  const graphs = {
    trunk: trunkGraph(network, { kind: "float32" }),
    embedding: embeddingGraph(network),
    head: headGraph(network.width),
    groups: [],
  };
  return { network, engine: await openGraphEngine(network, graphs, BATCH_ROWS) };
}

describe("drawing a level", () => {
  it("inverts the cumulative sum, skips levels without a share, and survives rounding", () => {
    const shares = Float32Array.of(9, 0.25, 0, 0.5, 0.25, 9);
    const drawn = [0.1, 0.25, 0.3, 0.7, 0.8, 0.999].map((u) => drawFromShares(shares, 1, 4, u));
    expect(drawn).toEqual([0, 2, 2, 2, 3, 3]);
    expect(drawFromShares(Float32Array.of(0.5, 0.4999, 0), 0, 3, 0.99999)).toBe(1);
    expect(drawFromShares(Float32Array.of(0.5, 1e-44, 0.5, 1e-44), 0, 4, 1)).toBe(2);
  });
});

describe("conditions beyond the table", () => {
  it("keep rows as often as their own distribution has what is allowed, wholly, in part, or by another field", async () => {
    const weights = randomWeights(fieldsOf(LEVELS));
    const { network, engine } = await open(weights);
    const [p0] = await (await makeReference(weights))([-1, -1, -1, -1]);
    const byD = [undefined, Float32Array.of(1, 0, 0.5, 1), Float32Array.of(0, 1, 1, 0)];
    const rest: FieldCondition[] = [
      { field: 3, name: "d", weights: [Float32Array.of(0, 1, 0.25, 0, 0)] },
      { field: 1, name: "b", weights: byD, given: 3 },
    ];
    const table = {
      fields: [0],
      levels: Int32Array.of(0, 2),
      cumulative: Float64Array.of(p0![0]!, p0![0]! + p0![2]!),
      rest,
    };
    const first: FieldCondition = { field: 0, name: "a", weights: [Float32Array.of(1, 0, 1)] };
    const enumerated = await makeConditionTable(engine, network, [[first], rest]);
    expect([enumerated.rest, enumerated.fields.length]).toEqual([[], 3]);
    for (const one of [table, enumerated]) {
      const order = conditionedFields(one);
      const drawn = await drawConditioned(engine, network, one, ROWS, makeRandom(3));
      const rows = Array.from({ length: ROWS }, (_, row) =>
        [0, 3, 1].map((field) => drawn[order.indexOf(field)]![row]! - network.starts[field]!).join(),
      );
      const joint = new Map<string, number>();
      for (const [row, p] of await jointOf(weights, LEVELS, order)) {
        const [a, b, , d] = row.split(",").map(Number) as [number, number, number, number];
        const allowed = a === 1 ? 0 : (rest[0]!.weights[0]![d] ?? 0) * (byD[d]?.[b] ?? 1);
        if (allowed > 0) joint.set(`${a},${d},${b}`, p * allowed);
      }
      const total = [...joint.values()].reduce((sum, p) => sum + p, 0);
      expect(distance(rows, new Map([...joint].map(([row, p]) => [row, p / total])))).toBeLessThan(0.02);
    }
    await engine.dispose();
  });

  it("that next to no row meets end in an error, not in an endless search", async () => {
    const weights = randomWeights(fieldsOf(LEVELS));
    weights.views["output.bias"]!.fill(-1000, 3, 5);
    const { network, engine } = await open(weights);
    const table = {
      fields: [0],
      levels: Int32Array.of(1),
      cumulative: Float64Array.of(1),
      rest: [{ field: 1, name: "b", weights: [Float32Array.of(1, 1, 0, 0)] }],
    };
    const drawing = drawConditioned(engine, network, table, 2, makeRandom(3));
    await expect(drawing).rejects.toMatchObject({ code: "E_SAMPLE_CONDITION_RARE" });
    await engine.dispose();
  });
});

describe("copy levels", () => {
  /** The last level of field 3 means "equal to field 0". */
  const fields = fieldsOf(LEVELS).map((field, at) =>
    at === 3 ? { ...field, copies: [{ level: 4, source: 0 }] } : field,
  );
  const copyLevel = 3 + 4 + 2 + 4;

  it("are drawn only where the source is known, and only where somebody settles them", async () => {
    const { network, engine } = await open(randomWeights(fields));
    const draw = async (groups: number[][], settle?: ChunkOptions["settle"]) => {
      const order = { kind: "groups", groups } as const;
      return (await sampleChunk(engine, network, { rows: 2000, random: makeRandom(1), order, settle }))[3]!;
    };
    const keep = () => {};
    expect(await draw([[0], [3], [1], [2]], keep)).toContain(copyLevel);
    expect(await draw([[3], [0], [1], [2]], keep)).not.toContain(copyLevel);
    expect(await draw([[1], [0, 3], [2]], keep)).not.toContain(copyLevel);
    expect(await draw([[0], [3], [1], [2]])).not.toContain(copyLevel);
    await engine.dispose();
  });

  it("are ordinary levels to the fields that are drawn next", async () => {
    const weights = randomWeights(fields);
    const { network, engine } = await open(weights);
    const first = network.starts[3]!;
    const chunk = await sampleChunk(engine, network, {
      rows: ROWS,
      random: makeRandom(1),
      order: { kind: "groups", groups: [[0], [3], [1], [2]] },
      settle: (field, levels) => {
        if (field === 3) levels.set(levels.map((level) => (level === copyLevel ? first : level)));
      },
    });
    const rows = Array.from({ length: ROWS }, (_, row) => row).filter(
      (row) => chunk[0]![row] === 0 && chunk[3]![row] === first,
    );
    const shares = (await (await makeReference(weights))([0, -1, -1, 0]))[1]!;
    const expected = new Map(shares.map((share, code) => [`${code}`, share]));
    expect(rows.length).toBeGreaterThan(1000);
    expect(
      distance(
        rows.map((row) => `${chunk[1]![row]! - network.starts[1]!}`),
        expected,
      ),
    ).toBeLessThan(0.03);
    await engine.dispose();
  });
});
