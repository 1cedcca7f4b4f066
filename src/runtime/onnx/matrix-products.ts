import type { ProgramSpec, TensorSpec } from "../program.js";
import { tf } from "../tf.js";
import { fuseGraph } from "./fuse.js";
import { type GraphNode, type GraphValue, reachableNodes } from "./graph.js";
import { traceProgram } from "./trace.js";

/** One matrix product of a program: factors as they are stored, and which of them is transposed. */
interface Product {
  readonly a: readonly [number, number];
  readonly b: readonly [number, number];
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/**
 * The matrix products of a program and of its gradients, alone and on unrelated matrices: the floor of its time. Every
 * product is an output of the returned program, which has no parameters and no loss.
 */
export function matrixProductsOf(spec: ProgramSpec): ProgramSpec {
  const products = tracedProducts(spec);
  const inputs: Record<string, TensorSpec> = {};
  products.forEach(({ a, b }, index) => {
    inputs[`a${index}`] = { shape: a };
    inputs[`b${index}`] = { shape: b };
  });
  return {
    name: `matrix products of ${spec.name}`,
    parameters: {},
    inputs,
    run: (_, given) => {
      const outputs = products.map(({ transposeA, transposeB }, index): [string, tf.Tensor] => [
        `y${index}`,
        tf.matMul(given[`a${index}`] as tf.Tensor2D, given[`b${index}`] as tf.Tensor2D, transposeA, transposeB),
      ]);
      return { outputs: Object.fromEntries(outputs) };
    },
  };
}

/** Multiplications of the matrix products that a finished graph's outputs need, those of stacks of matrices included. */
export function countMultiplications(outputs: Iterable<GraphValue>): number {
  return reachableNodes(outputs).reduce((sum, node) => sum + multiplicationsOf(node), 0);
}

function multiplicationsOf(node: GraphNode): number {
  if (node.op !== "Gemm" && node.op !== "MatMul") return 0;
  const left = node.inputs[0]!.shape;
  const inner = node.op === "Gemm" ? left[isSet(node, "transA") ? 0 : 1]! : left.at(-1)!;
  return node.outputs[0]!.shape.reduce((product, length) => product * length, inner);
}

function tracedProducts(spec: ProgramSpec): Product[] {
  const { graph, outputs, gradients } = traceProgram(spec, true);
  const named = { ...outputs, ...Object.fromEntries(Object.entries(gradients).map(([name, g]) => [`d/${name}`, g])) };
  return productsOf(Object.values(fuseGraph(graph, named)));
}

function productsOf(outputs: Iterable<GraphValue>): Product[] {
  return reachableNodes(outputs)
    .filter(({ op }) => op === "Gemm")
    .map(toProduct);
}

function toProduct(node: GraphNode): Product {
  const shapeOf = (index: number) => node.inputs[index]!.shape as readonly [number, number];
  return { a: shapeOf(0), b: shapeOf(1), transposeA: isSet(node, "transA"), transposeB: isSet(node, "transB") };
}

function isSet({ attributes }: GraphNode, name: string): boolean {
  return attributes[name]?.kind === "int" && attributes[name].value === 1;
}
