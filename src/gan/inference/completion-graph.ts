import { type ActivationCode, type ForwardGraph, makeForwardGraph } from "../../runtime/onnx/forward-graph.js";
import type { FoldedNetwork } from "./folded-network.js";

/** How the products of the blocks are computed. */
export type TrunkPrecision =
  | { readonly kind: "float32" }
  /** Float32, and the products' left operands are outputs `product0`, `product1`, ...: what codes are fitted on. */
  | { readonly kind: "observed" }
  /** Eight bits; one code a product, in order. */
  | { readonly kind: "int8"; readonly codes: readonly ActivationCode[] };

/**
 * The network up to the features that the heads read. `former` [rows, H] is the residual stream's start at the round before,
 * `learned` int32 [rows, m] the levels that are known since (L adds nothing), `z` [rows, Z] there where the network has a
 * latent -> `start` [rows, H] of this round without z, and `features` [rows, H].
 */
export function trunkGraph(network: FoldedNetwork, precision: TrunkPrecision): Uint8Array {
  const graph = makeForwardGraph("completion-trunk");
  const products = makeProducts(graph, precision);
  const ones = new Float32Array(network.width).fill(1);
  const embedding = graph.matrix(withZeroRow(network.embedding, network.width), network.starts.at(-1)! + 1);
  const start = graph.add(
    graph.input("former", network.width),
    graph.sumOfRows(embedding, graph.indexInput("learned")),
  );
  let h = start;
  if (network.fromLatent !== undefined) {
    const z = graph.input("z", network.latent);
    h = graph.gemm(z, graph.matrix(network.fromLatent, network.latent), h);
  }
  for (const { up, upBias, down, downBias } of network.blocks) {
    const raised = products.of(graph.rootMeanSquareNorm(h, ones), up, upBias);
    h = graph.add(h, products.of(graph.gelu(raised), down, downBias));
  }
  const features = graph.gelu(graph.rootMeanSquareNorm(h, network.outputGain), network.outputShift);
  return graph.serialize({ start, features, ...products.observed });
}

function withZeroRow(table: Float32Array, width: number): Float32Array {
  const longer = new Float32Array(table.length + width);
  longer.set(table);
  return longer;
}

/** A field's share of the last layer: `features` [rows, H], `weight` [H, levels], `bias` [levels] -> `shares` [rows, levels]. */
export function headGraph(width: number): Uint8Array {
  const graph = makeForwardGraph("completion-head");
  const logits = graph.gemm(graph.input("features", width), graph.input("weight"), graph.vectorInput("bias"));
  return graph.serialize({ shares: graph.softmax(logits) });
}

function makeProducts(graph: ForwardGraph, precision: TrunkPrecision) {
  const observed: Record<string, string> = {};
  let count = 0;
  const of = (x: string, weight: Float32Array, bias: Float32Array): string => {
    const index = count++;
    if (precision.kind === "int8") return graph.quantizedProduct(x, weight, bias, precision.codes[index]!);
    if (precision.kind === "observed") observed[`product${index}`] = x;
    return graph.product(x, weight, bias);
  };
  return { of, observed };
}
