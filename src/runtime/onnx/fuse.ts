import { type GraphNode, type GraphValue, isSameShape, producer, reachableNodes } from "./graph.js";
import type { GraphBuilder } from "./graph-builder.js";

type Values = Readonly<Record<string, GraphValue>>;

/**
 * Rewrites a finished graph where knowing every use of a value allows a cheaper form: a sum with the result of a matrix
 * product that nobody else reads becomes the product's third operand. Returns the outputs of the new graph.
 */
export function fuseGraph(graph: GraphBuilder, outputs: Values): Values {
  const nodes = reachableNodes(Object.values(outputs));
  const uses = countUses(nodes, Object.values(outputs));
  const replaced = new Map<GraphValue, GraphValue>();
  const current = (value: GraphValue): GraphValue => replaced.get(value) ?? value;
  for (const node of nodes) {
    const inputs = node.inputs.map((input) => (input === undefined ? undefined : current(input)));
    const fused = foldBias(graph, node, inputs, uses);
    const isChanged = inputs.some((input, index) => input !== node.inputs[index]);
    if (fused !== undefined) replace(replaced, uses, node.outputs, [fused]);
    else if (isChanged) {
      const { op, outputs: specs, attributes, domain } = node;
      replace(replaced, uses, node.outputs, graph.node(op, inputs, specs, attributes, domain));
    }
  }
  return Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, current(value)]));
}

function replace(
  replaced: Map<GraphValue, GraphValue>,
  uses: Map<GraphValue, number>,
  former: readonly GraphValue[],
  made: readonly GraphValue[],
): void {
  former.forEach((value, index) => {
    replaced.set(value, made[index]!);
    uses.set(made[index]!, uses.get(value) ?? 0);
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
function foldBias(
  graph: GraphBuilder,
  node: GraphNode,
  inputs: readonly (GraphValue | undefined)[],
  uses: ReadonlyMap<GraphValue, number>,
): GraphValue | undefined {
  if (node.op !== "Add") return undefined;
  const [left, right] = inputs as readonly [GraphValue, GraphValue];
  const output = node.outputs[0]!;
  for (const [product, bias] of [
    [left, right],
    [right, left],
  ] as const) {
    const gemm = producer(product, "Gemm");
    const isFree = gemm !== undefined && gemm.inputs.length === 2 && uses.get(product) === 1;
    if (!isFree || !isSameShape(product.shape, output.shape) || bias.type !== "float32") continue;
    const spec = { shape: output.shape, type: output.type };
    return graph.node("Gemm", [...gemm.inputs, bias], [spec], gemm.attributes)[0]!;
  }
  return undefined;
}
