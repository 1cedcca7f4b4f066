import { scale } from "./emit/elementwise.js";
import { float, type GraphNode, type GraphValue, isSameShape, producer, reachableNodes, uniformOf } from "./graph.js";
import type { GraphBuilder } from "./graph-builder.js";

type Values = Readonly<Record<string, GraphValue>>;

/**
 * Rewrites a finished graph where knowing every use of a value allows a cheaper form, each of which saves a pass over the
 * data: a sum with a matrix product becomes the product's third operand; constant factors move to the smaller operand,
 * past reductions and into the products' alpha. Only values that nobody else reads are rewritten. Returns the outputs of
 * the new graph.
 */
export function fuseGraph(graph: GraphBuilder, outputs: Values): Values {
  const nodes = reachableNodes(Object.values(outputs));
  const uses = countUses(nodes, Object.values(outputs));
  const replaced = new Map<GraphValue, GraphValue>();
  const current = (value: GraphValue): GraphValue => replaced.get(value) ?? value;
  for (const node of nodes) {
    const inputs = node.inputs.map((input) => (input === undefined ? undefined : current(input)));
    const rewritten = rewrite({ graph, node, inputs, uses });
    const isChanged = inputs.some((input, index) => input !== node.inputs[index]);
    if (rewritten !== undefined) replace(replaced, uses, node.outputs, [rewritten]);
    else if (isChanged) {
      const { op, outputs: specs, attributes, domain } = node;
      replace(replaced, uses, node.outputs, graph.node(op, inputs, specs, attributes, domain));
    }
  }
  return Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, current(value)]));
}

interface Place {
  readonly graph: GraphBuilder;
  readonly node: GraphNode;
  /** The node's inputs, rewritten. */
  readonly inputs: readonly (GraphValue | undefined)[];
  readonly uses: ReadonlyMap<GraphValue, number>;
}

function rewrite(place: Place): GraphValue | undefined {
  switch (place.node.op) {
    case "Add":
      return foldBias(place) ?? foldNegation(place);
    case "Mul":
      return moveFactor(place);
    case "ReduceSum":
    case "ReduceMean":
      return reduceFirst(place);
    case "Gemm":
      return foldAlpha(place);
    default:
      return undefined;
  }
}

function replace(
  replaced: Map<GraphValue, GraphValue>,
  uses: Map<GraphValue, number>,
  former: readonly GraphValue[],
  made: readonly GraphValue[],
): void {
  former.forEach((value, index) => {
    const result = made[index]!;
    replaced.set(value, result);
    // Two values may become one; then both have its uses.
    uses.set(result, (result === value ? 0 : (uses.get(result) ?? 0)) + (uses.get(value) ?? 0));
  });
}

function countUses(nodes: readonly GraphNode[], outputs: readonly GraphValue[]): Map<GraphValue, number> {
  const uses = new Map<GraphValue, number>();
  const count = (value: GraphValue | undefined): void => {
    if (value !== undefined) uses.set(value, (uses.get(value) ?? 0) + 1);
  };
  for (const node of nodes) node.inputs.forEach(count);
  outputs.forEach(count);
  return uses;
}

/** Add(Gemm(a, b), c) -> Gemm(a, b, c), where c broadcasts to the product's shape. */
function foldBias({ graph, node, inputs, uses }: Place): GraphValue | undefined {
  const output = node.outputs[0]!;
  for (const [product, bias] of bothWays(inputs)) {
    const gemm = producer(product, "Gemm");
    const isFree = gemm !== undefined && gemm.inputs.length === 2 && uses.get(product) === 1;
    if (!isFree || !isSameShape(product.shape, output.shape) || bias.type !== "float32") continue;
    const spec = { shape: output.shape, type: output.type };
    return graph.node("Gemm", [...gemm.inputs, bias], [spec], gemm.attributes)[0]!;
  }
  return undefined;
}

/** a + (-b) -> a - b. */
function foldNegation({ graph, node, inputs, uses }: Place): GraphValue | undefined {
  const { shape, type } = node.outputs[0]!;
  for (const [a, b] of bothWays(inputs)) {
    const negated = producer(b, "Neg")?.inputs[0];
    if (negated !== undefined && uses.get(b) === 1) return graph.node("Sub", [a, negated], [{ shape, type }])[0]!;
  }
  return undefined;
}

/** (c x) y -> x (c y) where y is smaller, else c (x y): later products may take up the factor. */
function moveFactor({ graph, node, inputs, uses }: Place): GraphValue | undefined {
  const { shape, type } = node.outputs[0]!;
  for (const [scaled, other] of bothWays(inputs)) {
    const found = uses.get(scaled) === 1 ? scaledBy(scaled) : undefined;
    if (found === undefined) continue;
    const { x, factor } = found;
    const second = uniformOf(other);
    if (second !== undefined && isSameShape(x.shape, shape)) return scale(graph, x, Math.fround(factor * second));
    if (sizeOf(x) < sizeOf(other)) continue;
    if (sizeOf(other) < sizeOf(x)) return graph.node("Mul", [x, scale(graph, other, factor)], [{ shape, type }])[0]!;
    return scale(graph, graph.node("Mul", [x, other], [{ shape, type }])[0]!, factor);
  }
  return undefined;
}

/** The sum of c x is c times the sum of x. */
function reduceFirst({ graph, node, inputs, uses }: Place): GraphValue | undefined {
  const [scaled, ...rest] = inputs as readonly [GraphValue, ...GraphValue[]];
  const found = uses.get(scaled) === 1 ? scaledBy(scaled) : undefined;
  if (found === undefined) return undefined;
  const { shape, type } = node.outputs[0]!;
  return scale(graph, graph.node(node.op, [found.x, ...rest], [{ shape, type }], node.attributes)[0]!, found.factor);
}

/** A constant factor of either matrix becomes the product's alpha. */
function foldAlpha({ graph, node, inputs, uses }: Place): GraphValue | undefined {
  const factors = [...inputs] as GraphValue[];
  let alpha = node.attributes.alpha?.kind === "float" ? node.attributes.alpha.value : 1;
  for (const index of [0, 1]) {
    const found = uses.get(factors[index]!) === 1 ? scaledBy(factors[index]!) : undefined;
    if (found === undefined || sizeOf(found.x) !== sizeOf(factors[index]!)) continue;
    factors[index] = found.x;
    alpha *= found.factor;
  }
  if (factors.every((value, index) => value === inputs[index])) return undefined;
  const { shape, type } = node.outputs[0]!;
  return graph.node("Gemm", factors, [{ shape, type }], { ...node.attributes, alpha: float(Math.fround(alpha)) })[0]!;
}

/** `value` as a constant times a float tensor of the same shape. */
function scaledBy(value: GraphValue): { readonly x: GraphValue; readonly factor: number } | undefined {
  if (value.type !== "float32") return undefined;
  const negated = producer(value, "Neg")?.inputs[0];
  if (negated !== undefined) return { x: negated, factor: -1 };
  const product = producer(value, "Mul");
  if (product === undefined) return undefined;
  for (const [x, constant] of bothWays(product.inputs)) {
    const factor = uniformOf(constant);
    if (factor !== undefined && isSameShape(x.shape, value.shape)) return { x, factor };
  }
  return undefined;
}

function bothWays(inputs: readonly (GraphValue | undefined)[]): readonly (readonly [GraphValue, GraphValue])[] {
  const [a, b] = inputs as readonly [GraphValue, GraphValue];
  return [
    [a, b],
    [b, a],
  ];
}

function sizeOf({ shape }: GraphValue): number {
  return shape.reduce((product, length) => product * length, 1);
}
