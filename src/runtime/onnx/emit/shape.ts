import * as tf from "@tensorflow/tfjs-core";
import { type GraphValue, int, ints, isSameShape, producer, uniformOf } from "../graph.js";
import type { GraphBuilder } from "../graph-builder.js";
import { bakedBatch, inferableShape, isBatchDimension } from "./batch.js";

/** The same values in another shape; chains collapse and no-ops vanish. */
export function reshape(graph: GraphBuilder, x: GraphValue, shape: readonly number[]): GraphValue {
  if (isSameShape(x.shape, shape)) return x;
  const number = uniformOf(x);
  if (number !== undefined) return graph.uniform(number, shape, x.type);
  const inner = producer(x, "Reshape")?.inputs[0];
  if (inner !== undefined) return reshape(graph, inner, shape);
  const kept = keptReduction(graph, x, shape);
  if (kept !== undefined) return kept;
  const target = inferableShape(graph, "Reshape", shape);
  return graph.node("Reshape", [x, target], [{ shape, type: x.type }])[0]!;
}

/** Axes permuted; chains collapse, and permutations that move no element are reshapes. */
export function transpose(graph: GraphBuilder, x: GraphValue, permutation: readonly number[]): GraphValue {
  const shape = permutation.map((axis) => x.shape[axis]!);
  const moving = permutation.filter((axis) => x.shape[axis] !== 1);
  if (moving.every((axis, index) => index === 0 || moving[index - 1]! < axis)) return reshape(graph, x, shape);
  const number = uniformOf(x);
  if (number !== undefined) return graph.uniform(number, shape, x.type);
  const inner = producer(x, "Transpose");
  const former = inner?.attributes.perm;
  if (inner !== undefined && former?.kind === "ints") {
    return transpose(
      graph,
      inner.inputs[0]!,
      permutation.map((axis) => former.value[axis]!),
    );
  }
  return graph.node("Transpose", [x], [{ shape, type: x.type }], { perm: ints(permutation) })[0]!;
}

/** Broadcast to `shape`. */
export function expand(graph: GraphBuilder, x: GraphValue, shape: readonly number[]): GraphValue {
  if (isSameShape(x.shape, shape)) return x;
  const number = uniformOf(x);
  if (number !== undefined) return graph.uniform(number, shape, x.type);
  return expandNode(graph, x, shape);
}

/**
 * A value that an operator can take as it is: uniform constants whose shape counts free rows become nodes.
 */
export function solid(graph: GraphBuilder, x: GraphValue): GraphValue {
  const number = uniformOf(x);
  if (number === undefined || !x.shape.some((size) => isBatchDimension(graph, size))) return x;
  return expandNode(graph, graph.uniform(number, [], x.type), x.shape);
}

/** What was broadcast to make `x`: the smallest value that stands for it. */
export function unexpanded(graph: GraphBuilder, x: GraphValue): GraphValue {
  const number = uniformOf(x);
  if (number !== undefined) return graph.uniform(number, [], x.type);
  return producer(x, "Expand")?.inputs[0] ?? x;
}

function expandNode(graph: GraphBuilder, x: GraphValue, shape: readonly number[]): GraphValue {
  const node = graph.node("Expand", [x, expandTarget(graph, x, shape)], [{ shape, type: x.type }]);
  return node[0]!;
}

function expandTarget(graph: GraphBuilder, x: GraphValue, shape: readonly number[]): GraphValue {
  const lead = shape.length - x.shape.length;
  // Expand broadcasts both ways: 1 leaves a dimension that x already has.
  const sizes = shape.map((size, axis) => (x.shape[axis - lead] === size ? 1 : size));
  if (!sizes.some((size) => isBatchDimension(graph, size))) return graph.int64(sizes);
  const parts = sizes.map((size) => {
    if (!isBatchDimension(graph, size)) return graph.int64([size]);
    if (size !== graph.batchRows) throw bakedBatch("BroadcastTo");
    return rowCount(graph);
  });
  if (parts.length === 1) return parts[0]!;
  return graph.node("Concat", parts, [{ shape: [parts.length], type: "int64" }], { axis: int(0) })[0]!;
}

/** The number of rows of a run, as an int64 value of shape [1]. */
function rowCount(graph: GraphBuilder): GraphValue {
  const rows = graph.rowsInput;
  if (rows === undefined) throw bakedBatch("BroadcastTo");
  const shape = graph.node("Shape", [rows], [{ shape: [rows.shape.length], type: "int64" }])[0]!;
  return graph.node("Slice", [shape, graph.int64([0]), graph.int64([1])], [{ shape: [1], type: "int64" }])[0]!;
}

/** Reducing and then restoring axes of length 1 is reducing with them kept. */
function keptReduction(graph: GraphBuilder, x: GraphValue, shape: readonly number[]): GraphValue | undefined {
  if (x.source.kind !== "node" || !x.source.node.op.startsWith("Reduce")) return undefined;
  const { op, inputs, attributes } = x.source.node;
  const reduced = reducedAxes(x);
  if (reduced === undefined) return undefined;
  const kept = inputs[0]!.shape.map((size, axis) => (reduced.includes(axis) ? 1 : size));
  if (!isSameShape(kept, shape)) return undefined;
  return graph.node(op, inputs, [{ shape, type: x.type }], { ...attributes, keepdims: int(1) })[0]!;
}

function reducedAxes(x: GraphValue): readonly number[] | undefined {
  if (x.source.kind !== "node") return undefined;
  const { inputs, attributes } = x.source.node;
  const axes = attributes.axes;
  if (axes?.kind === "ints") return axes.value;
  const source = inputs[1]?.source;
  return source?.kind === "constant" ? Array.from(source.data as BigInt64Array, Number) : undefined;
}

/** Shape of a broadcast of two shapes; throws as TensorFlow.js does when they do not fit. */
export function broadcastShape(a: readonly number[], b: readonly number[]): number[] {
  return tf.broadcast_util.assertAndGetBroadcastShape([...a], [...b]);
}
