import { type GraphValue, int, ints, producer } from "../graph.js";
import type { GraphBuilder } from "../graph-builder.js";
import { broadcastShape, solid, transpose } from "./shape.js";

/** Matrix product over the last two axes, either factor transposed first. Two dimensions become Gemm. */
export function matMul(
  graph: GraphBuilder,
  a: GraphValue,
  b: GraphValue,
  isATransposed: boolean,
  isBTransposed: boolean,
): GraphValue {
  if (a.shape.length === 2 && b.shape.length === 2) {
    return gemm(graph, untransposed(a, isATransposed), untransposed(b, isBTransposed));
  }
  const left = solid(graph, isATransposed ? swapLast(graph, a) : a);
  const right = solid(graph, isBTransposed ? swapLast(graph, b) : b);
  const lead = broadcastShape(left.shape.slice(0, -2), right.shape.slice(0, -2));
  const shape = [...lead, left.shape.at(-2)!, right.shape.at(-1)!];
  return graph.node("MatMul", [left, right], [{ shape, type: a.type }])[0]!;
}

interface Factor {
  readonly value: GraphValue;
  readonly isTransposed: boolean;
}

function gemm(graph: GraphBuilder, a: Factor, b: Factor): GraphValue {
  const rows = a.value.shape[a.isTransposed ? 1 : 0]!;
  const columns = b.value.shape[b.isTransposed ? 0 : 1]!;
  const attributes = { transA: int(a.isTransposed ? 1 : 0), transB: int(b.isTransposed ? 1 : 0) };
  const inputs = [solid(graph, a.value), solid(graph, b.value)];
  return graph.node("Gemm", inputs, [{ shape: [rows, columns], type: a.value.type }], attributes)[0]!;
}

function untransposed(value: GraphValue, isTransposed: boolean): Factor {
  const inner = producer(value, "Transpose")?.inputs[0];
  return inner === undefined ? { value, isTransposed } : { value: inner, isTransposed: !isTransposed };
}

function swapLast(graph: GraphBuilder, x: GraphValue): GraphValue {
  const axes = x.shape.map((_, axis) => axis);
  return transpose(graph, x, [...axes.slice(0, -2), axes.at(-1)!, axes.at(-2)!]);
}

/** A reduction; `axesAsInput` for the operators that take their axes so in opset 17. */
export function reduce(
  graph: GraphBuilder,
  op: string,
  x: GraphValue,
  axes: readonly number[],
  isKept: boolean,
): GraphValue {
  if (axes.length === 0) return x;
  const shape = isKept
    ? x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
    : x.shape.filter((_, axis) => !axes.includes(axis));
  const keepdims = int(isKept ? 1 : 0);
  const output = [{ shape, type: x.type }];
  const value = solid(graph, x);
  if (op === "ReduceSum") return graph.node(op, [value, graph.int64(axes)], output, { keepdims })[0]!;
  return graph.node(op, [value], output, { keepdims, axes: ints(axes) })[0]!;
}
