import { type Attributes, float, type GraphValue, isSameShape, producer, uniformOf, type ValueType } from "../graph.js";
import type { GraphBuilder } from "../graph-builder.js";
import { broadcastShape, expand, unexpanded } from "./shape.js";

/** An operator of one value, computed before broadcasting. */
export function unary(graph: GraphBuilder, op: string, x: GraphValue, attributes: Attributes = {}): GraphValue {
  const core = unexpanded(graph, x);
  const result = graph.node(op, [core], [{ shape: core.shape, type: x.type }], attributes)[0]!;
  return expand(graph, result, x.shape);
}

/** A broadcasting operator of two values, computed on the smallest shapes that give the result. */
export function binary(
  graph: GraphBuilder,
  op: string,
  a: GraphValue,
  b: GraphValue,
  type: ValueType = a.type,
): GraphValue {
  const shape = broadcastShape(a.shape, b.shape);
  const folded = foldUniforms(graph, op, a, b, shape) ?? foldNeutral(op, a, b, shape);
  if (folded !== undefined) return folded;
  const left = unexpanded(graph, a);
  const right = unexpanded(graph, b);
  const scaled = foldScales(graph, op, left, right);
  if (scaled !== undefined) return expand(graph, scaled, shape);
  const computed = broadcastShape(left.shape, right.shape);
  const result = graph.node(op, [left, right], [{ shape: computed, type }])[0]!;
  return expand(graph, result, shape);
}

/** The number `value` in the type of `like`, as a scalar. */
export function scalar(graph: GraphBuilder, value: number, type: ValueType = "float32"): GraphValue {
  return graph.uniform(value, [], type);
}

export function cast(graph: GraphBuilder, x: GraphValue, type: ValueType): GraphValue {
  if (x.type === type) return x;
  const number = uniformOf(x);
  if (number !== undefined && type === "float32") return graph.uniform(number, x.shape, type);
  const core = unexpanded(graph, x);
  const to = { float32: 1, int32: 6, int64: 7, bool: 9 }[type];
  const result = graph.node("Cast", [core], [{ shape: core.shape, type }], { to: { kind: "int", value: to } })[0]!;
  return expand(graph, result, x.shape);
}

/** `whenTrue` where the condition holds, else `whenFalse`. */
export function where(
  graph: GraphBuilder,
  condition: GraphValue,
  whenTrue: GraphValue,
  whenFalse: GraphValue,
): GraphValue {
  const shape = broadcastShape(broadcastShape(condition.shape, whenTrue.shape), whenFalse.shape);
  const cores = [condition, whenTrue, whenFalse].map((value) => unexpanded(graph, value));
  const computed = cores.reduce<number[]>((joined, core) => broadcastShape(joined, core.shape), []);
  const result = graph.node("Where", cores, [{ shape: computed, type: whenTrue.type }])[0]!;
  return expand(graph, result, shape);
}

/** x times a constant. */
export function scale(graph: GraphBuilder, x: GraphValue, factor: number): GraphValue {
  return binary(graph, "Mul", x, scalar(graph, factor));
}

export const alpha = (value: number): Attributes => ({ alpha: float(value) });

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b) => a / b,
};

/** Arithmetic of two uniform float constants is done here, in float32. */
function foldUniforms(
  graph: GraphBuilder,
  op: string,
  a: GraphValue,
  b: GraphValue,
  shape: readonly number[],
): GraphValue | undefined {
  const left = uniformOf(a);
  const right = uniformOf(b);
  const operation = ARITHMETIC[op];
  if (left === undefined || right === undefined || operation === undefined || a.type !== "float32") return undefined;
  return graph.uniform(Math.fround(operation(Math.fround(left), Math.fround(right))), shape, "float32");
}

/** x + 0, x - 0, x * 1 and x / 1 are x. */
function foldNeutral(op: string, a: GraphValue, b: GraphValue, shape: readonly number[]): GraphValue | undefined {
  const neutral = { Add: 0, Sub: 0, Mul: 1, Div: 1 }[op];
  if (neutral === undefined) return undefined;
  if (uniformOf(b) === neutral && isSameShape(a.shape, shape)) return a;
  const isSymmetric = op === "Add" || op === "Mul";
  return isSymmetric && uniformOf(a) === neutral && isSameShape(b.shape, shape) ? b : undefined;
}

/** c1 * (c2 * x) is one product. */
function foldScales(graph: GraphBuilder, op: string, a: GraphValue, b: GraphValue): GraphValue | undefined {
  if (op !== "Mul" || a.type !== "float32") return undefined;
  const [factor, scaled] = uniformOf(a) === undefined ? [uniformOf(b), a] : [uniformOf(a), b];
  const inner = producer(scaled, "Mul");
  if (factor === undefined || inner === undefined) return undefined;
  const [left, right] = inner.inputs as readonly [GraphValue, GraphValue];
  const [former, x] = uniformOf(left) === undefined ? [uniformOf(right), left] : [uniformOf(left), right];
  if (former === undefined) return undefined;
  return binary(graph, "Mul", x, scalar(graph, Math.fround(Math.fround(factor) * Math.fround(former))));
}
