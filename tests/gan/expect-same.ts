import { expect } from "vitest";
import type { EngineName, ProgramSpec, TensorMap, TensorSpecs } from "../../src/runtime/program.js";
import { tf } from "../../src/runtime/tf.js";
import { random, randomBuffers, runOn, worstDifference } from "../runtime/program-helpers.js";

export interface Pair {
  readonly parameters: TensorSpecs;
  readonly inputs?: TensorSpecs;
  readonly fast: (p: TensorMap, i: TensorMap) => tf.Tensor;
  /** The same from plain operations, differentiated by the tape. */
  readonly plain: (p: TensorMap, i: TensorMap) => tf.Tensor;
}

/** Both computations give the same values and gradients, on the reference and on the compiled engine. */
export async function expectSame(pair: Pair): Promise<void> {
  const specOf = (compute: Pair["fast"]): ProgramSpec => ({
    name: "pair",
    parameters: pair.parameters,
    inputs: pair.inputs ?? {},
    run: (p, i) => {
      const y = compute(p, i);
      const weights = tf.reshape(tf.sin(tf.range(1, y.size + 1, 1, "float32")), y.shape);
      return { outputs: { y }, loss: tf.sum(tf.mul(y, weights)) };
    },
  });
  const stream = random("pair");
  const parameters = randomBuffers(pair.parameters, stream);
  const inputs = randomBuffers(pair.inputs ?? {}, stream);
  const expected = await runOn("cpu", specOf(pair.plain), parameters, inputs);
  for (const engine of ["cpu", "onnx"] satisfies EngineName[]) {
    const found = await runOn(engine, specOf(pair.fast), parameters, inputs);
    expect(worstDifference(found.outputs, expected.outputs), engine).toBeLessThan(2e-5);
    expect(worstDifference(found.gradients, expected.gradients), engine).toBeLessThan(1e-4);
  }
}
