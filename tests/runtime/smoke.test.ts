import { expect, it } from "vitest";
import { compile } from "../../src/runtime/compile.js";
import { makeAdam } from "../../src/runtime/optimizer.js";
import { makeParameters } from "../../src/runtime/parameters.js";
import { tf } from "../../src/runtime/tf.js";

it("fits a line", async () => {
  const specs = { w: { shape: [3, 1] }, b: { shape: [1] } };
  const program = await compile(
    {
      name: "line",
      parameters: specs,
      inputs: { x: { shape: [4, 3] }, y: { shape: [4, 1] } },
      run: (p, i) => {
        const out = tf.add(tf.matMul(i.x!, p.w!), p.b!);
        const loss = tf.mean(tf.squaredDifference(out, i.y!));
        return { outputs: { loss, out }, loss };
      },
    },
    { engine: (process.env.ENGINE ?? "onnx") as "cpu" },
  );
  const p = makeParameters(specs);
  const g = makeParameters(specs);
  const adam = makeAdam(4, { beta1: 0.9, beta2: 0.99, emaDecay: 0.9 });
  let loss = 0;
  for (let i = 0; i < 300; i++) {
    const o = await program.run(
      p.views,
      { x: new Float32Array([1, 2, 3, 4, 5, 6, 7, 8, 10, 1, 0, 1]), y: new Float32Array([1, 2, 3, 4]) },
      g.views,
    );
    adam.step(p.flat, g.flat, 0.05);
    loss = o.loss![0]!;
  }
  console.log(loss, p.flat, tf.memory().numTensors, program.outputSpecs);
  expect(loss).toBeLessThan(0.1);
});
