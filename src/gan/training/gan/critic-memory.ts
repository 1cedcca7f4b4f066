import { compile } from "../../../runtime/compile.js";
import type { Buffers, ProgramSpec } from "../../../runtime/program.js";
import { tf } from "../../../runtime/tf.js";
import { aucBetween } from "../../../stats/auc-between.js";
import type { GanNetworks } from "../../architectures/gan-networks.js";
import { makeRowConditions } from "../../techniques/training-conditions.js";
import type { TrainingContext } from "../training-context.js";
import { noiseInputs } from "./critic-step.js";
import { type BatchSource, makeGanBatch } from "./gan-batch.js";
import type { GanData } from "./gan-data.js";
import { conditionParts } from "./generate-rows.js";
import { realInputs } from "./generator-step.js";

/** Batches of either kind; packs are fewer than rows, and ask for more. */
const BATCHES = 1;
const MAX_BATCHES = 4;

/** Measures whether the critic tells training rows from validation rows: what it has learned by heart. */
export interface CriticMemory {
  /** AUC of its scores, the same rows at every call; undefined without validation rows. */
  measure(critic: Buffers, progress: number): Promise<number | undefined>;
  dispose(): Promise<void>;
}

export async function openCriticMemory(
  source: BatchSource,
  data: GanData,
  context: TrainingContext,
): Promise<CriticMemory> {
  const { networks } = source;
  if (data.validation.rowCount === 0) return { measure: async () => undefined, dispose: async () => {} };
  const spec = scoreSpec(networks);
  const program = await compile(spec, { engine: context.engine, threads: context.threads });
  const sides = [data.train, data.validation].map((train) => {
    const conditions = makeRowConditions(networks.conditions, train);
    return makeGanBatch(spec.inputs, { networks, train, conditions });
  });
  const batches = Math.min(MAX_BATCHES, BATCHES * networks.shape.config.techniques.pack);
  return {
    measure: async (critic, progress) => {
      const scores: [training: number[], validation: number[]] = [[], []];
      for (const [side, batch] of sides.entries()) {
        const random = context.random.fork(`memory${side}`);
        for (let i = 0; i < batches; i++) {
          batch.fill(progress, random);
          const { score } = await program.run(critic, batch.inputs);
          scores[side]!.push(...score!);
        }
      }
      return aucBetween(...scores);
    },
    dispose: () => program.dispose(),
  };
}

/** Scores of real rows, [packs]. */
function scoreSpec(networks: GanNetworks): ProgramSpec {
  const { critic, shape } = networks;
  return {
    name: `${shape.config.architecture}-critic-scores`,
    parameters: critic.specs,
    inputs: { ...realInputs(networks), ...critic.schedule?.specs },
    run: (parameters, inputs) => {
      const condition = conditionParts(inputs, "realCondition", networks);
      const pass = critic.run(parameters, inputs.real as tf.Tensor2D, condition, noiseInputs(inputs, "real"));
      return { outputs: { score: tf.reshape(pass.score, [-1]) } };
    },
  };
}
