import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeRandom } from "../../../src/core/random.js";
import { fitActivationCodes } from "../../../src/gan/inference/activation-codes.js";
import type { CompletionEngine } from "../../../src/gan/inference/completion-engine.js";
import {
  embeddingGraph,
  groupHeadGraph,
  headGraph,
  type TrunkPrecision,
  trunkGraph,
} from "../../../src/gan/inference/completion-graph.js";
import { type FoldedNetwork, foldNetwork } from "../../../src/gan/inference/folded-network.js";
import { openGraphEngine } from "../../../src/gan/inference/graph-engine.js";
import { openProgramEngine } from "../../../src/gan/inference/program-engine.js";
import type { ActivationCode } from "../../../src/runtime/onnx/forward-graph.js";
import { fieldsOf, LEVELS, makeReference, randomWeights } from "./random-generator.js";

const weights = randomWeights(fieldsOf(LEVELS));

/** One field by the graph that takes its weights as inputs, the others by a graph of their own. */
const GROUPS = [[2], [3, 0, 1]];

const open = (network: FoldedNetwork, precision: TrunkPrecision, code?: ActivationCode) => {
  const head = groupHeadGraph(network, GROUPS[1]!, code);
  const groups = [{ fields: GROUPS[1]!, head }];
  return openGraphEngine(
    network,
    {
      trunk: trunkGraph(network, precision),
      embedding: embeddingGraph(network),
      head: headGraph(network.width),
      groups,
    },
    8,
  );
};

/** Shares of every field of one row, learned in two steps, as sampling does. */
async function sharesOf(engine: CompletionEngine, network: FoldedNetwork, codes: readonly number[], z?: Float32Array) {
  const known = codes.flatMap((code, field) => (code < 0 ? [] : [network.starts[field]! + code]));
  let former = network.start;
  for (const part of [known.slice(0, 1), known.slice(1)]) {
    const start = new Float32Array(network.width);
    const learned = Int32Array.from(part.length > 0 ? part : [network.starts.at(-1)!]);
    await engine.features({ rows: 1, former, learned, z, start });
    former = start;
  }
  const shares: number[][] = [];
  for (const fields of GROUPS) {
    const biases = fields.map((field) => network.heads[field]!.bias);
    const made = await engine.shares(fields, biases);
    for (const [at, field] of fields.entries()) shares[field] = [...made[at]!.subarray(0, biases[at]!.length)];
  }
  return shares;
}

const someCodes = fc.tuple(...LEVELS.map((levels) => fc.integer({ min: -1, max: levels - 1 })));

function furthest(a: readonly number[][], b: readonly number[][]): number {
  return Math.max(...a.flatMap((own, field) => own.map((share, level) => Math.abs(share - b[field]![level]!))));
}

describe("engines of a folded network", () => {
  it.each(["graph", "program"])("the %s gives the network's own conditionals, with z and without", async (kind) => {
    const reference = await makeReference(weights);
    for (const withLatent of [false, true]) {
      const network = foldNetwork(weights, withLatent);
      const engine =
        kind === "graph"
          ? await open(network, { kind: "float32" })
          : await openProgramEngine(network, { engine: "cpu" });
      const z = withLatent ? new Float32Array(weights.shape.latent) : undefined;
      if (z !== undefined) makeRandom(5).fillNormal(z);
      await fc.assert(
        fc.asyncProperty(someCodes, async (codes) => {
          expect(furthest(await sharesOf(engine, network, codes, z), await reference(codes, z))).toBeLessThan(1e-5);
        }),
        { numRuns: 15 },
      );
      await engine.dispose();
    }
  });

  it("adds up what is learned of many fields at once as it does of few", async () => {
    const levels = Array.from({ length: 40 }, (_, field) => 2 + (field % 3));
    const wide = randomWeights(fieldsOf(levels));
    const network = foldNetwork(wide, false);
    const graphs = {
      trunk: trunkGraph(network, { kind: "float32" }),
      embedding: embeddingGraph(network),
      head: headGraph(network.width),
      groups: [],
    };
    const engine = await openGraphEngine(network, graphs, 8);
    const known = levels.map((_, field) => network.starts[field]! + (field % 2));
    const start = new Float32Array(network.width);
    for (const from of [0, 10, 20, 30]) {
      const learned = Int32Array.from(known.slice(from, from + 10));
      await engine.features({
        rows: 1,
        former: from === 0 ? network.start : start.slice(),
        learned,
        z: undefined,
        start,
      });
    }
    const atOnce = new Float32Array(network.width);
    const learned = Int32Array.from(known);
    await engine.features({ rows: 1, former: network.start, learned, z: undefined, start: atOnce });
    for (const [i, value] of atOnce.entries()) expect(value).toBeCloseTo(start[i]!, 4);
    await engine.dispose();
  });

  it("eight bits shift a conditional by less than .01 on average", async () => {
    const network = foldNetwork(weights, false);
    const codes = await fitActivationCodes(network, { kind: "one-by-one" });
    expect(codes.products).toHaveLength(2 * weights.shape.blocks);
    const exact = await open(network, { kind: "float32" });
    const coded = await open(network, { kind: "int8", codes: codes.products }, codes.features);
    const random = makeRandom(7);
    let shift = 0;
    for (let row = 0; row < 100; row++) {
      const known = LEVELS.map((levels) => random.integer(levels + 1) - 1);
      const [a, b] = [(await sharesOf(exact, network, known)).flat(), (await sharesOf(coded, network, known)).flat()];
      shift += a.reduce((sum, share, at) => sum + Math.abs(share - b[at]!) / 2, 0) / LEVELS.length / 100;
    }
    expect(shift).toBeLessThan(0.01);
    expect(shift).toBeGreaterThan(1e-4);
    await exact.dispose();
    await coded.dispose();
  });
});
