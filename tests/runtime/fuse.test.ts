import { describe, expect, it } from "vitest";
import { fuseGraph } from "../../src/runtime/onnx/fuse.js";
import { reachableNodes } from "../../src/runtime/onnx/graph.js";
import { traceProgram } from "../../src/runtime/onnx/trace.js";
import type { ProgramSpec, TensorMap } from "../../src/runtime/program.js";
import { tf } from "../../src/runtime/tf.js";
import { random, randomBuffers, runOn, worstDifference } from "./program-helpers.js";

type Matrices = Readonly<Record<string, tf.Tensor2D>>;

const specOf = (run: (m: Matrices) => TensorMap): ProgramSpec => ({
  name: "fused",
  parameters: {
    a: { shape: [4, 3] },
    b: { shape: [3, 5] },
    c: { shape: [4, 5] },
    row: { shape: [5] },
    column: { shape: [4, 1] },
  },
  inputs: {},
  run: (p) => ({ outputs: run(p as Matrices) }),
});

/** What is written, and the operators that are left of it. */
const CASES: Readonly<Record<string, readonly [(m: Matrices) => TensorMap, readonly string[]]>> = {
  "a bias joins its product": [({ a, b, row }) => ({ y: tf.add(tf.matMul(a!, b!), row!) }), ["Gemm"]],
  "a residual joins its product": [({ a, b, c }) => ({ y: tf.add(c!, tf.matMul(a!, b!)) }), ["Gemm"]],
  "a product that is read twice stays": [
    ({ a, b, c }) => {
      const product = tf.matMul(a!, b!);
      return { y: tf.add(product, c!), z: tf.exp(product) };
    },
    ["Add", "Exp", "Gemm"],
  ],
  "a transposed factor is an attribute": [({ b, c }) => ({ y: tf.matMul(c!, tf.transpose(b!)) }), ["Gemm"]],
  "a factor before a product is its alpha": [
    ({ a, b, row }) => ({ y: tf.add(tf.matMul(tf.mul(a!, 0.5), tf.neg(b!)), row!) }),
    ["Gemm"],
  ],
  "a factor moves to the smaller operand": [({ c, column }) => ({ y: tf.mul(tf.mul(c!, 3), column!) }), ["Mul", "Mul"]],
  "a factor stays on the smaller operand": [({ c, column }) => ({ y: tf.mul(tf.mul(column!, 3), c!) }), ["Mul", "Mul"]],
  "factors of one product meet": [
    ({ a, b, c }) => ({ y: tf.mul(tf.mul(tf.mul(c!, 3), tf.exp(c!)), 2), z: tf.matMul(a!, b!) }),
    ["Exp", "Gemm", "Mul", "Mul"],
  ],
  "a sum comes before a factor": [({ c }) => ({ y: tf.sum(tf.neg(c!), 0) }), ["Mul", "ReduceSum"]],
  "adding the opposite is subtracting": [({ c, row }) => ({ y: tf.add(c!, tf.neg(row!)) }), ["Sub"]],
  "equal operations are done once": [({ c }) => ({ y: tf.mul(tf.exp(c!), tf.exp(c!)) }), ["Exp", "Mul"]],
  "what does nothing vanishes": [
    ({ c }) => ({ y: tf.exp(tf.reshape(tf.add(tf.mul(tf.reshape(c!, [20]), 1), tf.zeros([20])), [4, 5])) }),
    ["Exp"],
  ],
  "a broadcast is left to the operator": [
    ({ c, row }) => ({ y: tf.mul(c!, tf.broadcastTo(tf.neg(row!), [4, 5])) }),
    ["Mul", "Neg", "Reshape"],
  ],
};

describe("a traced graph is rewritten and means the same", () => {
  for (const [name, [run, operators]] of Object.entries(CASES)) {
    it(name, async () => {
      const spec = specOf(run);
      const { graph, outputs } = traceProgram(spec, false);
      const nodes = reachableNodes(Object.values(fuseGraph(graph, outputs)));
      expect(nodes.map(({ op }) => op).sort()).toEqual(operators);
      const parameters = randomBuffers(spec.parameters, random(name));
      const reference = await runOn("cpu", spec, parameters, {}, false);
      const traced = await runOn("onnx", spec, parameters, {}, false);
      expect(worstDifference(traced.outputs, reference.outputs)).toBeLessThan(1e-5);
    });
  }
});
