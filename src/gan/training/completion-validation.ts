import type { RandomStream } from "../../core/random.js";
import { compile } from "../../runtime/compile.js";
import type { Buffers, ProgramSpec, TensorSpecs } from "../../runtime/program.js";
import { tf } from "../../runtime/tf.js";
import { completionLogits } from "../networks/completion-network.js";
import { maskedCrossEntropy } from "../objectives/masked-cross-entropy.js";
import { allowKnownCopies } from "../techniques/copy-levels.js";
import type { LevelMap } from "../techniques/level-map.js";
import {
  type CompletionBatch,
  type CompletionTensors,
  completionBatchSpecs,
  fillCompletionBatch,
  makeCompletionBatch,
} from "./completion-batch.js";
import type { CompletionData } from "./completion-data.js";
import type { LevelRows } from "./level-rows.js";
import type { TrainingContext } from "./training-context.js";

/** Masked cells that a look at the validation set rests on, about half of them hidden. */
const MASKED_CELLS = 100_000;
const MIN_MASKED_ROWS = 1000;
const MAX_MASKED_ROWS = 8000;
const BATCH_ROWS = 500;

/** How well a network completes rows it never saw, and how much better those it was trained on. */
export interface CompletionJudgement {
  /** Mean completion loss of validation rows, in nats a row. */
  readonly validationLoss: number;
  /** By how much the loss of training rows, under the same masks, is lower: what was learned by heart, in nats a row. */
  readonly memorized: number;
}

/** Judges weights by validation rows and as many training rows, under masks that stay the same from look to look. */
export interface CompletionValidation {
  judge(parameters: Buffers): Promise<CompletionJudgement>;
  dispose(): Promise<void>;
}

export async function makeCompletionValidation(
  data: Pick<CompletionData, "train" | "validation" | "map">,
  network: { readonly blocks: number; readonly specs: TensorSpecs },
  context: TrainingContext,
): Promise<CompletionValidation> {
  const { map } = data;
  const masks = () => context.random.fork("validation-masks");
  const validation = fixedBatches(data.validation, map, masks());
  const train = fixedBatches(data.train, map, masks());
  const program = await compile(lossSpec(map, network), { engine: context.engine, threads: context.threads });
  const meanLoss = async (parameters: Buffers, batches: readonly CompletionBatch[]): Promise<number> => {
    let sum = 0;
    for (const batch of batches) sum += (await program.run(parameters, batch)).loss![0]!;
    return sum / batches.length;
  };
  return {
    async judge(parameters) {
      const validationLoss = await meanLoss(parameters, validation);
      return { validationLoss, memorized: validationLoss - (await meanLoss(parameters, train)) };
    },
    dispose: () => program.dispose(),
  };
}

function lossSpec(map: LevelMap, network: { readonly blocks: number; readonly specs: TensorSpecs }): ProgramSpec {
  return {
    name: "completion-validation",
    parameters: network.specs,
    inputs: completionBatchSpecs(map, BATCH_ROWS),
    run: (parameters, inputs) => {
      const { x, target, weights } = inputs as CompletionTensors;
      const logits = allowKnownCopies(completionLogits(parameters, x, network.blocks), x, map);
      return { outputs: { loss: tf.reshape(maskedCrossEntropy(logits, target, weights, map), [1]) } };
    },
  };
}

/**
 * Batches of masked rows that a look judges of each kind: fewer where rows are wide (each says more), at least
 * `MIN_MASKED_ROWS` rows; few rows are looked at under several masks.
 */
export function judgedBatches(fields: number, rowCount: number): number {
  const enough = Math.min(MAX_MASKED_ROWS, Math.max(MIN_MASKED_ROWS, Math.ceil(MASKED_CELLS / fields)));
  return Math.ceil(Math.min(enough, Math.max(rowCount, enough / 2)) / BATCH_ROWS);
}

function fixedBatches(data: LevelRows, map: LevelMap, random: RandomStream): CompletionBatch[] {
  const order = new Uint32Array(BATCH_ROWS);
  return Array.from({ length: judgedBatches(map.fields, data.rowCount) }, (_, index) => {
    for (let i = 0; i < BATCH_ROWS; i++) order[i] = (index * BATCH_ROWS + i) % data.rowCount;
    const batch = makeCompletionBatch(map, BATCH_ROWS);
    fillCompletionBatch(batch, data, order, map, random);
    return batch;
  });
}
