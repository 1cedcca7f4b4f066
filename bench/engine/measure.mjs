import { makeRandom } from "../../dist/core/random.js";
import { makeParameters } from "../../dist/runtime/parameters.js";

/** Small random weights and inputs, and room for gradients. */
export function startingBuffers(spec) {
  const random = makeRandom(1);
  const parameters = makeParameters(spec.parameters);
  random.fillNormal(parameters.flat);
  for (let i = 0; i < parameters.flat.length; i++) parameters.flat[i] *= 0.02;
  const inputs = {};
  for (const [name, { shape }] of Object.entries(spec.inputs)) {
    inputs[name] = new Float32Array(shape.reduce((a, b) => a * b, 1));
    random.fillUniform(inputs[name]);
    if (spec.sparse?.includes(name)) inputs[name] = inputs[name].map((value) => (value < 0.02 ? 1 : 0));
  }
  return { parameters, gradients: makeParameters(spec.parameters), inputs };
}

/** Runs every task once a round, `rounds` times after a warm-up, and returns each one's median time. */
export async function interleavedMedians(rounds, tasks) {
  const times = Object.fromEntries(Object.keys(tasks).map((name) => [name, []]));
  for (let round = -5; round < rounds; round++) {
    for (const [name, task] of Object.entries(tasks)) {
      const start = performance.now();
      await task();
      if (round >= 0) times[name].push(performance.now() - start);
    }
  }
  const middle = (values) => values.sort((a, b) => a - b)[values.length >> 1];
  return Object.fromEntries(Object.entries(times).map(([name, values]) => [name, middle(values)]));
}
