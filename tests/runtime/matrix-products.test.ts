import { describe, expect, it } from "vitest";
import { countMultiplications, matrixProductsOf } from "../../src/runtime/onnx/matrix-products.js";
import { traceProgram } from "../../src/runtime/onnx/trace.js";
import type { ProgramSpec } from "../../src/runtime/program.js";
import { tf } from "../../src/runtime/tf.js";
import { random, randomBuffers, runOn } from "./program-helpers.js";

/** Rows 4, layers 3 -> 5 -> 2, the second product's right factor transposed. */
const network: ProgramSpec = {
  name: "network",
  parameters: { first: { shape: [3, 5] }, second: { shape: [2, 5] } },
  inputs: { x: { shape: [4, 3] } },
  run: ({ first, second }, { x }) => {
    const hidden = tf.relu(tf.matMul(x as tf.Tensor2D, first as tf.Tensor2D));
    const y = tf.matMul(hidden as tf.Tensor2D, second as tf.Tensor2D, false, true);
    return { outputs: { y }, loss: tf.sum(tf.square(y)) };
  },
};

describe("a program's matrix products", () => {
  it("are those of both layers forward, of both weights' gradients and of the hidden layer's", () => {
    // Forward 4x3x5 and 4x5x2; weights 3x4x5 and 2x4x5; hidden 4x2x5. No gradient of the input is needed.
    const { outputs, gradients } = traceProgram(network, true);
    const results = [...Object.values(outputs), ...Object.values(gradients)];
    expect(countMultiplications(results)).toBe(60 + 40 + 60 + 40 + 40);
    const { inputs } = matrixProductsOf(network);
    expect(Object.keys(inputs)).toHaveLength(10);
  });

  it("are counted in stacks of matrices too: 7 times 2x3x4", () => {
    const stacked: ProgramSpec = {
      name: "stacked",
      parameters: { w: { shape: [2, 3] }, x: { shape: [7, 3, 4] } },
      inputs: {},
      run: ({ w, x }) => ({ outputs: { y: tf.matMul(w as tf.Tensor2D, x as tf.Tensor3D) } }),
    };
    expect(countMultiplications(Object.values(traceProgram(stacked, false).outputs))).toBe(7 * 2 * 3 * 4);
  });

  it("run alone, each an output of its own shape", async () => {
    const spec = matrixProductsOf(network);
    const { outputs } = await runOn("onnx", spec, {}, randomBuffers(spec.inputs, random("products")), false);
    expect(
      Object.values(outputs)
        .map(({ length }) => length)
        .sort((a, b) => a - b),
    ).toEqual([8, 10, 15, 20, 20]);
  });
});
