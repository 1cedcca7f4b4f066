/**
 * The engine's training steps on this machine: completion and CTGAN at a standard size, beside their matrix products
 * alone, as JSON.
 *
 *   npx tsc -p . && node bench/engine/measure-engine.mjs [--threads 1] [--rounds 15] [--processor] [--json]
 *
 * --processor: processor time of all threads instead of elapsed time, the one to compare on a busy machine.
 */
import { cpus, loadavg } from "node:os";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import * as engine from "../../dist/cli/measure-engine.js";

/**
 * Times in milliseconds (medians over the rounds): {completion: {stepMs, batchMs, updateMs, productsMs, ratio}, ctgan:
 * {...}}; a step is batch, gradients and update.
 */
export function measureEngine({ threads = 1, rounds = 15, now = () => performance.now() } = {}) {
  return engine.measureEngine({ threads, rounds, now });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const options = {
    threads: { type: "string" },
    rounds: { type: "string" },
    processor: { type: "boolean" },
    json: { type: "boolean" },
  };
  const { values } = parseArgs({ options });
  const [threads, rounds] = [Number(values.threads ?? 1), Number(values.rounds ?? 15)];
  const times = await measureEngine({ threads, rounds, ...(values.processor && { now: processorTime }) });
  const machine = { model: cpus()[0]?.model, cores: cpus().length, load: loadavg()[0], node: process.version };
  console.log(JSON.stringify({ threads, rounds, machine, ...times }, null, values.json ? 0 : 2));
}

function processorTime() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
