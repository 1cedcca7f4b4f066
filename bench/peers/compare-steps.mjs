import { measureEngine } from "../engine/measure-engine.mjs";
import { runPython } from "./peer-quality.mjs";

const OUR_STEPS = 40;
const EPOCHS = 3;

/**
 * Milliseconds of one CTGAN training step, ours and CTGAN's own, in turns: { threads, ours: [], peer: [] } for each number
 * of threads.
 */
export async function measureSteps(python, files, { threads, rounds }) {
  const measured = threads.map((count) => ({ threads: count, ours: [], peer: [] }));
  for (let round = 0; round < rounds; round++) {
    for (const entry of measured) {
      const { ctgan } = await measureEngine({ threads: entry.threads, rounds: OUR_STEPS });
      entry.ours.push(ctgan.stepMs);
      const argv = [files.train, String(entry.threads), String(EPOCHS)];
      entry.peer.push(runPython(python, "ctgan-step.py", argv).stepMs);
      console.error(`${entry.threads} threads: ${entry.ours.at(-1)} ms against ${entry.peer.at(-1)} ms`);
    }
  }
  return measured;
}
