import { join } from "node:path";
import { type StandardStep, standardCompletionStep, standardCtganSteps } from "../gan/training/standard-steps.js";
import { compile } from "../runtime/compile.js";
import { matrixProductsOf } from "../runtime/onnx/matrix-products.js";
import type { Buffers, ProgramSpec } from "../runtime/program.js";

export interface EngineOptions {
  readonly threads: number;
  /** Measured rounds; each runs every step a few times in a row, as training does, then its products. */
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

const WARM_UP_ROUNDS = 1;
/** Runs in a row; the first, which finds the caches full of something else, is not counted. */
const RUNS_A_ROUND = 4;

/** Times the standard training steps and their matrix products alone, taking turns. */
export async function measureEngine(options: EngineOptions): Promise<EngineTimes> {
  const measure = (steps: readonly StandardStep[]) => Promise.all(steps.map((step) => prepareStep(step, options)));
  const completion = await measure([standardCompletionStep()]);
  const ctgan = await measure(standardCtganSteps());
  for (let round = -WARM_UP_ROUNDS; round < options.rounds; round++) {
    for (const programs of [completion, ctgan]) await measureRound(programs, round >= 0);
  }
  for (const { dispose } of [...completion, ...ctgan]) await dispose();
  return { completion: summarize(completion), ctgan: summarize(ctgan) };
}

async function measureRound(programs: readonly MeasuredStep[], isCounted: boolean): Promise<void> {
  for (const kind of ["runStep", "runProducts"] as const) {
    for (let run = 0; run < RUNS_A_ROUND; run++) {
      for (const program of programs) await program[kind](isCounted && run > 0);
    }
  }
}

type Part = "step" | "batch" | "update" | "products";

interface MeasuredStep {
  readonly times: Readonly<Record<Part, number[]>>;
  readonly runStep: (isCounted: boolean) => Promise<void>;
  readonly runProducts: (isCounted: boolean) => Promise<void>;
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
    runStep: async (isCounted) => {
      const startedAt = now();
      const batch = step.nextBatch();
      const filledAt = now();
      await program.run(step.parameters.views, batch, step.gradients.views);
      const ranAt = now();
      step.update();
      const updatedAt = now();
      if (!isCounted) return;
      times.step.push(updatedAt - startedAt);
      times.batch.push(filledAt - startedAt);
      times.update.push(updatedAt - ranAt);
    },
    runProducts: async (isCounted) => {
      const startedAt = now();
      await products.run({}, factors);
      if (isCounted) times.products.push(now() - startedAt);
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
