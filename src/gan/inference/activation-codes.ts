import { makeRandom } from "../../core/random.js";
import type { ActivationCode } from "../../runtime/onnx/forward-graph.js";
import { BATCH_ROWS } from "./completion-engine.js";
import { headGraph, trunkGraph } from "./completion-graph.js";
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

/**
 * Codes for the left operands of the network's products: the range of what they were while one batch of rows
 * was sampled in float32. Fixed before sampling and always from the same rows, so that a row depends on no other row and not
 * on the seed.
 */
export async function fitActivationCodes(network: FoldedNetwork, order: SamplingOrder): Promise<ActivationCodes> {
  const products = network.blocks.flatMap((_, block) => [`product${2 * block}`, `product${2 * block + 1}`]);
  const names = [...products, "features"];
  const lowest = names.map(() => 0);
  const highest = names.map(() => 0);
  const graphs = { trunk: trunkGraph(network, { kind: "observed" }), head: headGraph(network.width), groups: [] };
  const engine = await openGraphEngine(network, graphs, BATCH_ROWS, {
    names,
    observe: (operands) => {
      for (const [at, values] of operands.entries()) {
        for (const value of values) {
          if (value < lowest[at]!) lowest[at] = value;
          if (value > highest[at]!) highest[at] = value;
        }
      }
    },
  });
  await sampleChunk(engine, network, { rows: BATCH_ROWS, random: makeRandom(0), order });
  await engine.dispose();
  const codes = names.map((_, at) => {
    const scale = Math.fround((highest[at]! - lowest[at]!) / 255 || 1);
    return { scale, zero: Math.min(255, Math.round(-lowest[at]! / scale)) };
  });
  return { products: codes.slice(0, -1), features: codes[codes.length - 1]! };
}
