import { join } from "node:path";
import { type StandardStep, standardCompletionStep, standardCtganSteps } from "../gan/training/standard-steps.js";
import { compile } from "../runtime/compile.js";
import { matrixProductsOf } from "../runtime/onnx/matrix-products.js";
import type { Buffers, ProgramSpec } from "../runtime/program.js";

export interface EngineOptions {
  readonly threads: number;
  /** Measured rounds; each runs everything once. */
  readonly rounds: number;
  /** Milliseconds. */
  readonly now: () => number;
  /** A folder for onnxruntime's profiles, `<step>_*.json`; slows the steps a little. */
  readonly profileFolder?: string;
}

/** Medians over the rounds, in milliseconds. */
export interface StepTimes {
  /** Batch, gradients and update. */
  readonly stepMs: number;
  readonly batchMs: number;
  readonly updateMs: number;
  /** The step's matrix products alone. */
  readonly productsMs: number;
  /** stepMs / productsMs. */
  readonly ratio: number;
}

export interface EngineTimes {
  readonly completion: StepTimes;
  readonly ctgan: StepTimes;
}

const WARM_UP_ROUNDS = 3;

/** Times the standard training steps and their matrix products alone, taking turns. */
export async function measureEngine(options: EngineOptions): Promise<EngineTimes> {
  const [completion, ctgan] = [[standardCompletionStep()], [...standardCtganSteps()]];
  const steps = [...completion, ...ctgan];
  const runs = await Promise.all(steps.map((step) => prepareStep(step, options)));
  for (let round = -WARM_UP_ROUNDS; round < options.rounds; round++) {
    for (const run of runs) await run.once(round >= 0);
  }
  await Promise.all(runs.map((run) => run.dispose()));
  return {
    completion: summarize(runs.slice(0, completion.length)),
    ctgan: summarize(runs.slice(completion.length)),
  };
}

type Part = "step" | "batch" | "update" | "products";

interface MeasuredStep {
  readonly times: Readonly<Record<Part, number[]>>;
  readonly once: (isCounted: boolean) => Promise<void>;
  readonly dispose: () => Promise<void>;
}

async function prepareStep(step: StandardStep, options: EngineOptions): Promise<MeasuredStep> {
  const { now, threads, profileFolder } = options;
  const profile = profileFolder === undefined ? {} : { profileTo: join(profileFolder, step.spec.name) };
  const program = await compile(step.spec, { engine: "onnx", threads, ...profile });
  const productsSpec = matrixProductsOf(step.spec);
  const products = await compile(productsSpec, { engine: "onnx", threads });
  const factors = unevenBuffers(productsSpec);
  const times: Record<Part, number[]> = { step: [], batch: [], update: [], products: [] };
  return {
    times,
    once: async (isCounted) => {
      const startedAt = now();
      const batch = step.nextBatch();
      const filledAt = now();
      await program.run(step.parameters.views, batch, step.gradients.views);
      const ranAt = now();
      step.update();
      const updatedAt = now();
      await products.run({}, factors);
      const endedAt = now();
      if (!isCounted) return;
      times.step.push(updatedAt - startedAt);
      times.batch.push(filledAt - startedAt);
      times.update.push(updatedAt - ranAt);
      times.products.push(endedAt - updatedAt);
    },
    dispose: async () => {
      await program.dispose();
      await products.dispose();
    },
  };
}

/** The same for several programs that make up one step. */
function summarize(runs: readonly MeasuredStep[]): StepTimes {
  const median = (part: Part): number => runs.reduce((sum, { times }) => sum + medianOf(times[part]), 0);
  const [stepMs, productsMs] = [median("step"), median("products")];
  return { stepMs, batchMs: median("batch"), updateMs: median("update"), productsMs, ratio: stepMs / productsMs };
}

function medianOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)]!;
}

/** Factors between -1 and 1 that are not all alike. */
function unevenBuffers(spec: ProgramSpec): Buffers {
  const entries = Object.entries(spec.inputs).map(([name, { shape }]) => {
    const size = shape.reduce((product, length) => product * length, 1);
    return [name, Float32Array.from({ length: size }, (_, i) => Math.sin(i))] as const;
  });
  return Object.fromEntries(entries);
}
