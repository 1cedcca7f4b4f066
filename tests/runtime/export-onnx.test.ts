import { InferenceSession, Tensor } from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { exportOnnx } from "../../src/runtime/export-onnx.js";
import { gelu } from "../../src/runtime/gelu.js";
import type { ProgramSpec } from "../../src/runtime/program.js";
import { tf } from "../../src/runtime/tf.js";
import { random, randomBuffers, runOn, worstDifference } from "./program-helpers.js";

const generator: ProgramSpec = {
  name: "generator",
  freeBatch: true,
  parameters: { x: { shape: [5, 8] }, bias: { shape: [8] }, output: { shape: [8, 3] } },
  inputs: { x: { shape: [4, 3] }, z: { shape: [4, 2] } },
  run: (p, { x, z }) => {
    const h = tf.matMul(tf.concat([x!, z!], 1) as tf.Tensor2D, p.x as tf.Tensor2D);
    const logits = tf.matMul(gelu(tf.add(h, p.bias!) as tf.Tensor2D), p.output as tf.Tensor2D);
    return { outputs: { logits, same: logits, echo: x! } };
  },
};

describe("an exported program", () => {
  const parameters = randomBuffers(generator.parameters, random("export"));

  it("runs in any ONNX runtime on any number of rows, by its own names", async () => {
    const session = await InferenceSession.create(exportOnnx(generator, parameters));
    expect([...session.inputNames].sort()).toEqual(["x", "z"]);
    expect([...session.outputNames].sort()).toEqual(["echo", "logits", "same"]);
    const [input] = session.inputMetadata.filter(({ name }) => name === "x");
    expect(input).toMatchObject({ type: "float32", shape: ["rows", 3] });
    for (const rows of [1, 9]) {
      const stream = random(`rows${rows}`);
      const x = new Float32Array(rows * 3);
      const z = new Float32Array(rows * 2);
      stream.fillNormal(x);
      stream.fillNormal(z);
      const reference = await runOn("cpu", generator, parameters, { x, z }, false);
      const results = await session.run({ x: new Tensor(x, [rows, 3]), z: new Tensor(z, [rows, 2]) });
      const outputs = Object.fromEntries(
        Object.entries(results).map(([name, { data }]) => [name, Array.from(data as Float32Array)]),
      );
      expect(results.logits!.dims).toEqual([rows, 3]);
      expect(worstDifference(outputs, reference.outputs)).toBeLessThan(1e-5);
    }
    await session.release();
  });

  it("is the same bytes for the same weights, and other bytes for others", () => {
    const bytes = exportOnnx(generator, parameters);
    expect(Buffer.compare(exportOnnx(generator, parameters), bytes)).toBe(0);
    const other = { ...parameters, bias: new Float32Array(8) };
    expect(Buffer.compare(exportOnnx(generator, other), bytes)).not.toBe(0);
  });

  it("refuses weights of the wrong length by name", () => {
    expect(() => exportOnnx(generator, { ...parameters, bias: new Float32Array(7) })).toThrow(
      "weight bias must have 8 float32 elements; got 7",
    );
  });
});
