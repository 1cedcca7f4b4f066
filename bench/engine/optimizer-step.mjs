/**
 * Times one update of 560,000 weights (norm clipping, AdamW, moving average) three ways: the WebAssembly kernel, a plain
 * JavaScript loop, and the same arithmetic as one ONNX graph.
 *
 *   npx tsc -p . && node bench/engine/optimizer-step.mjs [rounds=60]
 */
import { makeRandom } from "../../dist/core/random.js";
import { compile } from "../../dist/runtime/compile.js";
import { makeAdam } from "../../dist/runtime/optimizer.js";
import { tf } from "../../dist/runtime/tf.js";
import { interleaved, printTimes } from "./measure.mjs";

const SIZE = 560_000;
const rounds = Number(process.argv[2] ?? 60);
const [BETA1, BETA2, EPSILON, DECAY, CLIP, BLEND, RATE] = [0.9, 0.99, 1e-8, 0.01, 5, 0.001, 1e-6];

const kernel = makeAdam(SIZE, { beta1: BETA1, beta2: BETA2, weightDecay: DECAY, clipNorm: CLIP, emaDecay: 1 - BLEND });
const [weights, gradients] = [buffer(1), buffer(2)];
const loop = { weights: buffer(1), first: buffer(0), second: buffer(0), average: buffer(1) };
const graph = await compile(adamSpec(), { engine: "onnx", threads: 1 });
const graphBuffers = { weights: buffer(1), first: buffer(0), second: buffer(0), average: buffer(1), gradients };

printTimes(
  await interleaved(rounds, {
    "WebAssembly kernel": async () => kernel.step(weights, gradients, RATE),
    "JavaScript loop": async () => updateInLoop(loop, gradients),
    "ONNX graph": () => graph.run({}, graphBuffers),
  }),
);

/** Normals of a seed; zeros for seed 0. */
function buffer(seed) {
  const values = new Float32Array(SIZE);
  if (seed > 0) makeRandom(seed).fillNormal(values);
  return values;
}

function updateInLoop({ weights: w, first, second, average }, g) {
  let squares = 0;
  for (let i = 0; i < SIZE; i++) squares += g[i] * g[i];
  const scale = Math.min(1, CLIP / Math.sqrt(squares));
  for (let i = 0; i < SIZE; i++) {
    const gradient = g[i] * scale;
    const m = BETA1 * first[i] + (1 - BETA1) * gradient;
    const v = BETA2 * second[i] + (1 - BETA2) * gradient * gradient;
    first[i] = m;
    second[i] = v;
    const next = w[i] * (1 - RATE * DECAY) - (RATE * m) / (Math.sqrt(v) + EPSILON);
    w[i] = next;
    average[i] += BLEND * (next - average[i]);
  }
}

function adamSpec() {
  const shape = [SIZE];
  return {
    name: "adam",
    parameters: {},
    inputs: Object.fromEntries(["weights", "gradients", "first", "second", "average"].map((name) => [name, { shape }])),
    run: (_, inputs) => {
      const scale = tf.minimum(1, tf.div(CLIP, tf.sqrt(tf.sum(tf.square(inputs.gradients)))));
      const gradient = tf.mul(inputs.gradients, scale);
      const first = tf.add(tf.mul(inputs.first, BETA1), tf.mul(gradient, 1 - BETA1));
      const second = tf.add(tf.mul(inputs.second, BETA2), tf.mul(tf.square(gradient), 1 - BETA2));
      const change = tf.div(tf.mul(first, RATE), tf.add(tf.sqrt(second), EPSILON));
      const weights = tf.sub(tf.mul(inputs.weights, 1 - RATE * DECAY), change);
      const average = tf.add(inputs.average, tf.mul(tf.sub(weights, inputs.average), BLEND));
      return { outputs: { weights, first, second, average } };
    },
  };
}
