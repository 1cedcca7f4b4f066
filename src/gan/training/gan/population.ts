import { compile } from "../../../runtime/compile.js";
import type { Parameters } from "../../../runtime/parameters.js";
import type { TrainingContext } from "../training-context.js";
import { type BatchSource, makeGanBatch } from "./gan-batch.js";
import { populationSpec } from "./generator-step.js";

/** Measures the generator's statistics (means, variances) over the population, so that a sampled row does not depend on others. */
export interface Population {
  /** Writes into `statistics` the means over so many batches, the same ones at every call; `progress` is that of the weights. */
  measure(weights: Parameters, statistics: Parameters, batches: number, progress: number): Promise<void>;
  dispose(): Promise<void>;
}

export async function openPopulation(source: BatchSource, context: TrainingContext): Promise<Population> {
  const names = Object.keys(source.networks.generator.statistics);
  if (names.length === 0) return { measure: async () => {}, dispose: async () => {} };
  const spec = populationSpec(source.networks);
  const program = await compile(spec, { engine: context.engine, threads: context.threads });
  const batch = makeGanBatch(spec.inputs, source);
  return {
    measure: async (weights, statistics, batches, progress) => {
      const random = context.random.fork("population");
      statistics.flat.fill(0);
      for (let i = 0; i < batches; i++) {
        batch.fill(progress, random);
        const outputs = await program.run(weights.views, batch.inputs);
        for (const name of names) {
          const [total, values] = [statistics.views[name]!, outputs[name]!];
          for (let j = 0; j < total.length; j++) total[j]! += values[j]! / batches;
        }
      }
    },
    dispose: () => program.dispose(),
  };
}
