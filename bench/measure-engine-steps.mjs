import { measureEngine } from "./engine/measure-engine.mjs";

const ROUNDS = 30;

/** The engine's training steps with one thread and, where there are more, with `threads`: { name, value, unit }. */
export async function measureEngineSteps({ threads }) {
  const parts = [];
  for (const count of new Set([1, threads])) {
    const { completion, ctgan } = await measureEngine({ threads: count, rounds: ROUNDS });
    const suffix = count === 1 ? "1 thread" : `${count} threads`;
    parts.push(
      { name: `completion step, ${suffix}`, value: completion.stepMs, unit: "ms" },
      { name: `its matrix products alone, ${suffix}`, value: completion.productsMs, unit: "ms" },
      { name: `completion step over its products, ${suffix}`, value: completion.ratio, unit: "times" },
      { name: `CTGAN step, ${suffix}`, value: ctgan.stepMs, unit: "ms" },
    );
  }
  return parts;
}
