import type { SynthModel } from "../artifact/model.js";
import { renderTraining } from "../report/training/render-training.js";

/**
 * How a model was trained as one self-contained page: how it ended, what was found, curves, drawn rows through time. Nothing in
 * it is about a single training row. `title`: what the model is called.
 */
export function renderTrainingPage(model: SynthModel, title: string): string {
  const { generator, config, schema, seed, privacy } = model;
  const isPrivate = privacy !== undefined;
  return renderTraining(generator.log, { title, preset: config.preset, rows: schema.rowCount, seed, isPrivate });
}
