import { makeParameters, type Parameters } from "../../../runtime/parameters.js";
import { makeSampleMeter, type SampleMeasures } from "../../diagnostics/measure-sample.js";
import { openGanSampler } from "../../inference/gan-rows.js";
import type { TrainingContext } from "../training-context.js";
import type { BatchSource } from "./gan-batch.js";
import type { GanData } from "./gan-data.js";
import { openPopulation } from "./population.js";

/** Batches over which statistics are taken: at a look, and for the weights that are kept. */
const LOOK_BATCHES = 8;
const FINAL_BATCHES = 40;

/** Judges weights of the generator by rows drawn from them, with the same noise at every look. */
export interface GanJudge {
  /** Undefined without validation rows. `progress` of the training, 0..1. */
  judge(
    weights: Parameters,
    at: { readonly step: number; readonly progress: number },
  ): Promise<SampleMeasures | undefined>;
  /** The population's statistics under these weights. */
  statisticsOf(weights: Parameters, progress: number): Promise<Parameters>;
  dispose(): Promise<void>;
}

export async function openJudge(source: BatchSource, data: GanData, context: TrainingContext): Promise<GanJudge> {
  const { networks } = source;
  const population = await openPopulation(source, context);
  const statistics = makeParameters(networks.generator.statistics);
  const judged = makeParameters(networks.generator.specs);
  const engine = { engine: context.engine, threads: context.threads };
  const sampler = await openGanSampler({ networks, views: { ...judged.views, ...statistics.views } }, engine);
  const meter = data.validation.rowCount === 0 ? undefined : makeSampleMeter(data, context.random.fork("meter"));
  return {
    judge: async (weights, { step, progress }) => {
      if (meter === undefined) return undefined;
      judged.flat.set(weights.flat);
      await population.measure(judged, statistics, LOOK_BATCHES, progress);
      const drawn = await sampler.draw(meter.rows, context.random.fork("look"));
      for (const overlay of meter.overlay("gan", step, drawn)) context.overlay(overlay);
      return meter.measure(drawn);
    },
    statisticsOf: async (weights, progress) => {
      await population.measure(weights, statistics, FINAL_BATCHES, progress);
      return statistics;
    },
    dispose: async () => {
      await population.dispose();
      await sampler.dispose();
    },
  };
}
