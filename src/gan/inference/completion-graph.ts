import {
  type ActivationCode,
  type ForwardGraph,
  type ForwardValue,
  makeForwardGraph,
} from "../../runtime/onnx/forward-graph.js";
import type { FoldedNetwork } from "./folded-network.js";

/** How the products of the blocks are computed. */
export type TrunkPrecision =
  | { readonly kind: "float32" }
  /** Float32, and the blocks' products' left operands are outputs `product0`, `product1`, ...: what codes are fitted on. */
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
  const start = addEmbeddings(graph, network);
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

/** The first of the trunk's layers on its own, for more levels than it takes at once: `former`, `learned` -> `start`. */
export function embeddingGraph(network: FoldedNetwork): Uint8Array {
  const graph = makeForwardGraph("completion-embedding");
  return graph.serialize({ start: addEmbeddings(graph, network) });
}

function addEmbeddings(graph: ForwardGraph, { embedding, starts, width }: FoldedNetwork): ForwardValue {
  const table = graph.matrix(withZeroRow(embedding, width), starts[starts.length - 1]! + 1);
  return graph.add(graph.input("former", width), graph.sumOfRows(table, graph.indexInput("learned")));
}

function withZeroRow(table: Float32Array, width: number): Float32Array {
  const longer = new Float32Array(table.length + width);
  longer.set(table);
  return longer;
}

/** A field's share of the last layer: `features` [rows, H], `weight` [H, levels], `bias` [levels] -> `shares0` [rows, levels]. */
export function headGraph(width: number): Uint8Array {
  const graph = makeForwardGraph("completion-head");
  const logits = graph.gemm(graph.input("features", width), graph.input("weight"), graph.vectorInput("bias"));
  return graph.serialize({ shares0: graph.softmax(logits) });
}

/**
 * The share of several fields in one run, their weights inside: `features` [rows, H], `bias` [levels of all] -> `shares0`,
 * `shares1`, ... [rows, levels of one].
 *
 * @param code how features are written with eight bits; undefined for float32
 */
export function groupHeadGraph(network: FoldedNetwork, fields: readonly number[], code?: ActivationCode): Uint8Array {
  const graph = makeForwardGraph("completion-group-head");
  const heads = fields.map((field) => network.heads[field]!);
  const sizes = heads.map(({ bias }) => bias.length);
  const weight = sideBySide(
    heads.map((head) => head.weight),
    sizes,
    network.width,
  );
  const features = graph.input("features", network.width);
  const none = new Float32Array(weight.length / network.width);
  const product =
    code === undefined ? graph.product(features, weight, none) : graph.quantizedProduct(features, weight, none, code);
  const logits = graph.splitColumns(graph.add(product, graph.vectorInput("bias")), sizes);
  return graph.serialize(Object.fromEntries(logits.map((one, at) => [`shares${at}`, graph.softmax(one)])));
}

function sideBySide(matrices: readonly Float32Array[], columns: readonly number[], rows: number): Float32Array {
  const width = columns.reduce((sum, count) => sum + count, 0);
  const joined = new Float32Array(rows * width);
  let start = 0;
  for (const [at, matrix] of matrices.entries()) {
    const own = columns[at]!;
    for (let row = 0; row < rows; row++) joined.set(matrix.subarray(row * own, (row + 1) * own), row * width + start);
    start += own;
  }
  return joined;
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
