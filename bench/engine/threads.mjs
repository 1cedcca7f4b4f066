/**
 * Times training steps of growing size with one thread and with two, taking turns: where does a second thread pay?
 * (The engine runs small programs on one thread whatever it is asked; see docs/decisions/0008-threads.md.)
 *
 *   npx tsc -p . && node bench/engine/threads.mjs [rounds=40]
 */
import { compile } from "../../dist/runtime/compile.js";
import { layerNorm } from "../../dist/runtime/layer-norm.js";
import { countMultiplications } from "../../dist/runtime/onnx/matrix-products.js";
import { traceProgram } from "../../dist/runtime/onnx/trace.js";
import { tf } from "../../dist/runtime/tf.js";
import { interleaved, startingBuffers } from "./measure.mjs";

const rounds = Number(process.argv[2] ?? 40);
const SIZES = [
  [50, 32],
  [100, 32],
  [500, 32],
  [100, 128],
  [250, 128],
  [500, 128],
  [500, 256],
];

for (const [rows, width] of SIZES) {
  const spec = networkSpec(rows, width);
  const tasks = {};
  for (const threads of [1, 2]) tasks[threads] = await prepare(spec, threads);
  const times = await interleaved(rounds, tasks);
  const ofBoth = (kind) =>
    [times[1][kind], times[2][kind], times[1][kind] / times[2][kind]].map((x) => Number(x.toFixed(3)));
  console.log(
    JSON.stringify({
      rows,
      width,
      multiplications: multiplications(spec),
      // One thread, two threads, gain; the minimum is what an idle machine would take.
      medianMs: ofBoth("median"),
      minimumMs: ofBoth("minimum"),
    }),
  );
}

async function prepare(spec, threads) {
  const program = await compile(spec, { engine: "onnx", threads });
  const { parameters, gradients, inputs } = startingBuffers(spec);
  return () => program.run(parameters.views, inputs, gradients.views);
}

/** Two hidden layers with layer normalization, a squared loss. */
function networkSpec(rows, width) {
  const square = { shape: [width, width] };
  const vector = { shape: [width] };
  return {
    name: "network",
    parameters: { first: square, gain: vector, shift: vector, second: square, third: square },
    inputs: { x: { shape: [rows, width] }, y: { shape: [rows, width] } },
    run: (p, { x, y }) => {
      const h = layerNorm(tf.matMul(x, p.first), p.gain, p.shift);
      const z = tf.matMul(tf.relu(tf.matMul(tf.relu(h), p.second)), p.third);
      const loss = tf.mean(tf.squaredDifference(z, y));
      return { outputs: { loss }, loss };
    },
  };
}

function multiplications(spec) {
  const { outputs, gradients } = traceProgram(spec, true);
  return countMultiplications([...Object.values(outputs), ...Object.values(gradients)]);
}
