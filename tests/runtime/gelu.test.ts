import { describe, expect, it } from "vitest";
import { gelu } from "../../src/runtime/gelu.js";
import type { ProgramSpec } from "../../src/runtime/program.js";
import { tf } from "../../src/runtime/tf.js";
import { runOn } from "./program-helpers.js";

/** .5 x (1 + tanh(sqrt(2 / pi) (x + .044715 x^3))), as published (arXiv:1606.08415, section 2). */
const published = (x: number): number => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));

describe("gelu", () => {
  const x = Float32Array.of(-9, -3, -1.5, -0.7, -0.1, 0, 0.2, 0.8, 1.4, 3, 9);
  const spec: ProgramSpec = {
    name: "gelu",
    parameters: { x: { shape: [x.length] } },
    inputs: {},
    run: (p) => {
      const y = gelu(p.x!);
      return { outputs: { y }, loss: tf.sum(y) };
    },
  };

  for (const engine of ["cpu", "onnx"] as const) {
    it(`on ${engine} is the published function, and its gradient that function's slope`, async () => {
      const { outputs, gradients } = await runOn(engine, spec, { x }, {});
      x.forEach((value, i) => {
        const slope = (published(value + 1e-5) - published(value - 1e-5)) / 2e-5;
        expect(outputs.y![i]).toBeCloseTo(published(value), 5);
        expect(gradients.x![i]).toBeCloseTo(slope, 5);
      });
    });
  }
});
