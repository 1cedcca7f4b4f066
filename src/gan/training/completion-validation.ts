import type { RandomStream } from "../../core/random.js";
import { compile } from "../../runtime/compile.js";
import type { Buffers, TensorSpecs } from "../../runtime/program.js";
import { tf } from "../../runtime/tf.js";
import { completionLogits } from "../networks/completion-network.js";
import { maskedCrossEntropy } from "../objectives/masked-cross-entropy.js";
import { allowKnownCopies } from "../techniques/copy-levels.js";
import type { LevelMap } from "../techniques/level-map.js";
import {
  type CompletionTensors,
  completionBatchSpecs,
  fillCompletionBatch,
  makeCompletionBatch,
} from "./completion-batch.js";
import type { LevelRows } from "./level-rows.js";
import type { TrainingContext } from "./training-context.js";

/** Masked rows a look at the validation set rests on: few rows are looked at under several masks. */
const MASKED_ROWS = 4000;
const BATCH_ROWS = 500;

/** The completion loss on rows kept out of training, under masks that stay the same from look to look. */
export interface CompletionValidation {
  /** Mean loss per row in nats. */
  loss(parameters: Buffers): Promise<number>;
  dispose(): Promise<void>;
}

export async function makeCompletionValidation(
  data: LevelRows,
  map: LevelMap,
  network: { readonly blocks: number; readonly specs: TensorSpecs },
  context: TrainingContext,
): Promise<CompletionValidation> {
  const batches = fixedBatches(data, map, context.random.fork("validation-masks"));
  const program = await compile(
    {
      name: "completion-validation",
      parameters: network.specs,
      inputs: completionBatchSpecs(map, BATCH_ROWS),
      run: (parameters, inputs) => {
        const { x, target, weights } = inputs as CompletionTensors;
        const logits = allowKnownCopies(completionLogits(parameters, x, network.blocks), x, map);
        return { outputs: { loss: tf.reshape(maskedCrossEntropy(logits, target, weights, map), [1]) } };
      },
    },
    { engine: context.engine, threads: context.threads },
  );
  return {
    async loss(parameters) {
      let sum = 0;
      for (const batch of batches) sum += (await program.run(parameters, batch)).loss![0]!;
      return sum / batches.length;
    },
    dispose: () => program.dispose(),
  };
}

function fixedBatches(data: LevelRows, map: LevelMap, random: RandomStream) {
  const order = Uint32Array.from({ length: BATCH_ROWS }, () => 0);
  const count = Math.ceil(Math.max(Math.min(data.rowCount, 2 * MASKED_ROWS), MASKED_ROWS) / BATCH_ROWS);
  return Array.from({ length: count }, (_, index) => {
    for (let i = 0; i < BATCH_ROWS; i++) order[i] = (index * BATCH_ROWS + i) % data.rowCount;
    const batch = makeCompletionBatch(map, BATCH_ROWS);
    fillCompletionBatch(batch, data, order, map, random);
    return batch;
  });
}
