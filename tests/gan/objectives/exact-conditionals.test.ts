import { expect, it } from "vitest";
import { exactConditionals } from "../../../src/gan/objectives/exact-conditionals.js";
import { compile } from "../../../src/runtime/compile.js";
import type { tf } from "../../../src/runtime/tf.js";

/** Two fields of two levels; in four of five rows each is 0 nine times in ten, in the others once. */
const mixture = {
  weights: Float64Array.of(0.8, 0.2),
  probabilities: Float64Array.of(0.9, 0.1, 0.9, 0.1, 0.1, 0.9, 0.1, 0.9),
};

it("a hidden field has the probabilities that Bayes' rule gives it from the known one: (.8 x .81 + .2 x .01) / .74 = .8784", async () => {
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
    ["0.8784", "0.1216"],
    ["0.3462", "0.6538"], // (.8 x .1 x .9 + .2 x .9 x .1) / .26
    ["0.7400", "0.2600", "0.7400", "0.2600"],
  ]);
});
