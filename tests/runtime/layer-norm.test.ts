import { describe, expect, it } from "vitest";
import { layerNorm } from "../../src/runtime/layer-norm.js";
import type { EngineName, ProgramSpec, TensorMap } from "../../src/runtime/program.js";
import { tf } from "../../src/runtime/tf.js";
import { random, randomBuffers, runOn, worstDifference } from "./program-helpers.js";

/** The definition, differentiated by the tape. */
function plain(x: tf.Tensor2D, gain: tf.Tensor, shift: tf.Tensor): tf.Tensor {
  const centred = tf.sub(x, tf.mean(x, 1, true));
  const variance = tf.mean(tf.square(centred), 1, true);
  return tf.add(tf.mul(tf.mul(centred, tf.rsqrt(tf.add(variance, 1e-5))), gain), shift);
}

function specOf(normalize: typeof plain, offset: number): ProgramSpec {
  return {
    name: "norm",
    parameters: { x: { shape: [7, 9] }, gain: { shape: [9] }, shift: { shape: [9] } },
    inputs: {},
    run: ({ x, gain, shift }: TensorMap) => {
      const y = normalize(tf.add(x!, offset) as tf.Tensor2D, gain!, shift!);
      const weights = tf.reshape(tf.sin(tf.range(1, y.size + 1, 1, "float32")), y.shape);
      return { outputs: { y }, loss: tf.sum(tf.mul(y, weights)) };
    },
  };
}

describe("layer normalization", () => {
  for (const engine of ["cpu", "onnx"] satisfies EngineName[]) {
    it(`on ${engine} is its definition, and its gradient the tape's, also of rows far from 0`, async () => {
      for (const offset of [0, 10]) {
        const spec = specOf(plain, offset);
        const parameters = randomBuffers(spec.parameters, random("norm"));
        const expected = await runOn("cpu", spec, parameters, {});
        const found = await runOn(engine, specOf(layerNorm, offset), parameters, {});
        expect(worstDifference(found.outputs, expected.outputs)).toBeLessThan(1e-4);
        expect(worstDifference(found.gradients, expected.gradients)).toBeLessThan(2e-4);
      }
    });
  }
});
