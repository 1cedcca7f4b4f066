import { makeRandom } from "../../core/random.js";
import type { ActivationCode } from "../../runtime/onnx/forward-graph.js";
import { BATCH_ROWS } from "./completion-engine.js";
import { embeddingGraph, headGraph, trunkGraph } from "./completion-graph.js";
import type { FoldedNetwork } from "./folded-network.js";
import { openGraphEngine } from "./graph-engine.js";
import { type SamplingOrder, sampleChunk } from "./sample-chunk.js";

/** How the left operands of a network's products are written with eight bits. */
export interface ActivationCodes {
  /** Of the blocks, one a product. */
  readonly products: readonly ActivationCode[];
  /** Of the output layer. */
  readonly features: ActivationCode;
}

/** Rows times rounds that codes are fitted on, where that leaves rows enough. */
const MAX_EVALUATIONS = 8192;
const MIN_ROWS = 32;

/**
 * Codes for the left operands of the network's products: their ranges while one batch of rows is sampled in float32 (256
 * rows, down to 32 in many rounds), and what rounding to the codes changes on average. Fixed before sampling and always from the same rows, so that a row depends
 * on no other row and not on the seed.
 */
export async function fitActivationCodes(network: FoldedNetwork, order: SamplingOrder): Promise<ActivationCodes> {
  const products = network.blocks.flatMap((_, block) => [`product${2 * block}`, `product${2 * block + 1}`]);
  const names = [...products, "features"];
  const ranges = names.map(() => ({ low: 0, high: 0 }));
  await observeTrunk(network, order, names, (values, at) => widen(ranges[at]!, values));
  const codes = ranges.map(({ low, high }) => {
    const scale = Math.fround((high - low) / 255 || 1);
    const [means, codedMeans] = [new Float64Array(network.width), new Float64Array(network.width)];
    return { scale, zero: Math.min(255, Math.round(-low / scale)), means, codedMeans };
  });
  const rows = await observeTrunk(network, order, names, (values, at) => addSums(codes[at]!, values));
  for (const { means, codedMeans } of codes) {
    for (let i = 0; i < network.width; i++) {
      means[i]! /= rows;
      codedMeans[i]! /= rows;
    }
  }
  return { products: codes.slice(0, -1), features: codes[codes.length - 1]! };
}

/** Samples a batch of rows in float32; `observe` sees each operand [rows, H] of each evaluation. Returns the rows seen. */
async function observeTrunk(
  network: FoldedNetwork,
  order: SamplingOrder,
  names: readonly string[],
  observe: (values: Float32Array, operand: number) => void,
): Promise<number> {
  const graphs = {
    trunk: trunkGraph(network, { kind: "observed" }),
    embedding: embeddingGraph(network),
    head: headGraph(network.width),
    groups: [],
  };
  let rows = 0;
  const engine = await openGraphEngine(network, graphs, BATCH_ROWS, {
    names,
    observe: (operands) => {
      rows += operands[0]!.length / network.width;
      for (const [operand, values] of operands.entries()) observe(values, operand);
    },
  });
  const rounds = order.kind === "groups" ? order.groups.length : network.heads.length;
  const affordable = Math.max(MIN_ROWS, Math.floor(MAX_EVALUATIONS / rounds));
  await sampleChunk(engine, network, { rows: Math.min(BATCH_ROWS, affordable), random: makeRandom(0), order });
  await engine.dispose();
  return rows;
}

function widen(range: { low: number; high: number }, values: Float32Array): void {
  for (let i = 0; i < values.length; i++) {
    if (values[i]! < range.low) range.low = values[i]!;
    if (values[i]! > range.high) range.high = values[i]!;
  }
}

function addSums({ scale, zero, means, codedMeans }: ActivationCode, values: Float32Array): void {
  const width = means.length;
  for (let i = 0; i < values.length; i++) {
    const code = Math.max(0, Math.min(255, Math.round(values[i]! / scale) + zero));
    means[i % width]! += values[i]!;
    codedMeans[i % width]! += (code - zero) * scale;
  }
}
