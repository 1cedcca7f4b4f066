import { makeRandom } from "../../dist/core/random.js";
import { makeParameters } from "../../dist/runtime/parameters.js";

/** Small random weights and inputs, and room for gradients. */
export function startingBuffers(spec) {
  const random = makeRandom(1);
  const parameters = makeParameters(spec.parameters);
  random.fillNormal(parameters.flat);
  for (let i = 0; i < parameters.flat.length; i++) parameters.flat[i] *= 0.02;
  const inputs = {};
  for (const [name, { shape, type }] of Object.entries(spec.inputs)) {
    const size = shape.reduce((a, b) => a * b, 1);
    if (type === "int32") {
      inputs[name] = Int32Array.from({ length: size }, (_, i) => i % 100);
      continue;
    }
    inputs[name] = new Float32Array(size);
    random.fillUniform(inputs[name]);
    if (spec.sparse?.includes(name)) inputs[name] = inputs[name].map((value) => (value < 0.02 ? 1 : 0));
  }
  return { parameters, gradients: makeParameters(spec.parameters), inputs };
}

/**
 * Runs every task once a round, `rounds` times after a warm-up. Per task, in milliseconds: the median and the minimum of
 * the wall time and the median of the processor time (of all threads; on a busy machine the one to compare).
 */
export async function interleaved(rounds, tasks) {
  const times = Object.fromEntries(Object.keys(tasks).map((name) => [name, { wall: [], processor: [] }]));
  for (let round = -5; round < rounds; round++) {
    for (const [name, task] of Object.entries(tasks)) {
      const used = process.cpuUsage();
      const start = performance.now();
      await task();
      const wall = performance.now() - start;
      const { user, system } = process.cpuUsage(used);
      if (round < 0) continue;
      times[name].wall.push(wall);
      times[name].processor.push((user + system) / 1000);
    }
  }
  return Object.fromEntries(
    Object.entries(times).map(([name, { wall, processor }]) => [
      name,
      { median: quantile(wall, 0.5), minimum: quantile(wall, 0), processor: quantile(processor, 0.5) },
    ]),
  );
}

/** One line a task. */
export function printTimes(times) {
  for (const [name, { median, minimum, processor }] of Object.entries(times)) {
    const columns = [
      `median ${median.toFixed(2)}`,
      `minimum ${minimum.toFixed(2)}`,
      `processor ${processor.toFixed(2)}`,
    ];
    console.log(`${name.padEnd(36)} ${columns.map((column) => column.padStart(18)).join("")} ms`);
  }
}

function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))];
}
