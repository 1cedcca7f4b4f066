/**
 * The engine's training steps on this machine: completion and CTGAN at a standard size, beside their matrix products
 * alone, as JSON.
 *
 *   npx tsc -p . && node bench/engine/measure-engine.mjs [--threads 1] [--rounds 40] [--json]
 */
import { cpus, loadavg } from "node:os";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import * as engine from "../../dist/cli/measure-engine.js";

/**
 * Times in milliseconds (medians over the rounds): {completion: {stepMs, batchMs, updateMs, productsMs, ratio}, ctgan:
 * {...}}; a step is batch, gradients and update.
 */
export function measureEngine({ threads = 1, rounds = 40 } = {}) {
  return engine.measureEngine({ threads, rounds, now: () => performance.now() });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const options = { threads: { type: "string" }, rounds: { type: "string" }, json: { type: "boolean" } };
  const { values } = parseArgs({ options });
  const [threads, rounds] = [Number(values.threads ?? 1), Number(values.rounds ?? 40)];
  const times = await measureEngine({ threads, rounds });
  const machine = { model: cpus()[0]?.model, cores: cpus().length, load: loadavg()[0], node: process.version };
  console.log(JSON.stringify({ threads, rounds, machine, ...times }, null, values.json ? 0 : 2));
}
