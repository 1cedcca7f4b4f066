import { expect, it } from "vitest";
import { exactConditionals } from "../../../src/gan/objectives/exact-conditionals.js";
import { compile } from "../../../src/runtime/compile.js";
import type { tf } from "../../../src/runtime/tf.js";

/** Two fields of two levels; half the rows are (0, 0) nine times in ten each, the others the reverse. */
const mixture = {
  weights: Float64Array.of(0.5, 0.5),
  probabilities: Float64Array.of(0.9, 0.1, 0.9, 0.1, 0.1, 0.9, 0.1, 0.9),
};

it("a hidden field has the probabilities that Bayes' rule gives it from the known one: .9 x .9 + .1 x .1 = .82", async () => {
  const spec = {
    name: "conditionals",
    parameters: {},
    inputs: { known: { shape: [3, 4] } },
    run: (_: unknown, { known }: Readonly<Record<string, tf.Tensor>>) => ({
      outputs: { probabilities: exactConditionals(known as tf.Tensor2D, mixture) },
    }),
  };
  const program = await compile(spec, { engine: "onnx" });
  const known = Float32Array.of(1, 0, 0, 0, /**/ 0, 0, 0, 1, /**/ 0, 0, 0, 0);
  const { probabilities } = await program.run({}, { known });
  const hidden = [probabilities!.subarray(2, 4), probabilities!.subarray(4, 6), probabilities!.subarray(8, 12)];
  expect(hidden.map((row) => Array.from(row, (value) => value.toFixed(4)))).toEqual([
    ["0.8200", "0.1800"],
    ["0.1800", "0.8200"],
    ["0.5000", "0.5000", "0.5000", "0.5000"],
  ]);
});
