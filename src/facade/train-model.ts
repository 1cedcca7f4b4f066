import type { SynthModel } from "../artifact/model.js";
import { dataError, type SynthError } from "../core/errors.js";
import type { RandomStream } from "../core/random.js";
import { countLevels } from "../encode/count-levels.js";
import type { EncodedTable } from "../encode/field.js";
import { levelFeatures } from "../encode/level-features.js";
import type { LevelMixture } from "../encode/level-mixture.js";
import { loadGenerators } from "../encode/load-generators.js";
import { fieldsOf } from "../encode/table-encoding.js";
import { trainGenerator } from "../gan/train-generator.js";
import type { Checkpoints } from "../gan/training/training-state.js";
import type { FitOptions } from "./fit-options.js";
import { runOptions } from "./run-options.js";

/** Encoded rows, and how rows that are drawn become a table again. */
export interface TrainingJob {
  readonly model: Omit<SynthModel, "generator">;
  readonly train: EncodedTable;
  /** Rows for early stop, where the model stops early. */
  readonly validation: EncodedTable;
  /** What the rows were drawn from, where that is known. */
  readonly source?: LevelMixture;
}

/** Trains the network of a model. Throws E_SCHEMA_GENERATOR, E_DATA_NOTHING_TO_LEARN, E_TRAIN_*, E_INTERRUPTED. */
export async function trainModel(
  { model, train, validation, source }: TrainingJob,
  options: FitOptions,
  random: RandomStream,
  checkpoints: Checkpoints,
): Promise<SynthModel> {
  const { config, encoding } = model;
  await loadGenerators(encoding);
  const fields = fieldsOf(encoding);
  if (fields.length === 0) throw nothingToLearn();
  const { warmStart, minutes, maxSteps, memoryBytes } = options;
  const generator = await trainGenerator(
    {
      fields,
      train,
      validation,
      features: levelFeatures(encoding, countLevels(fields, train)),
      source,
      minCategoryCount: config.encoding.minCategoryCount,
    },
    config.model,
    {
      ...runOptions(options),
      random,
      ...(minutes === undefined ? {} : { minutes }),
      ...(maxSteps === undefined ? {} : { maxSteps }),
      ...(memoryBytes === undefined ? {} : { memoryBytes }),
      ...(warmStart && { warmStart: warmStart.generator }),
      checkpoints,
    },
  );
  return { ...model, config: { ...config, model: generator.config }, generator };
}

function nothingToLearn(): SynthError {
  return dataError("E_DATA_NOTHING_TO_LEARN", "every column is constant, an identifier or left out", {
    hint: "`synth schema` shows what each column was taken for and why; --schema changes it",
  });
}
