import type { SynthModel } from "../artifact/model.js";
import { divergedAt } from "../gan/training/diverged.js";
import type { Table } from "../table/table.js";
import { type FitOptions, fit } from "./fit.js";
import { sample } from "./sample.js";

/** A model and rows drawn from it. */
export interface FittedSample {
  readonly model: SynthModel;
  readonly synthetic: Table;
}

/** Fits a model to a table and draws `rows` rows from it. Throws what fit and sample throw, E_TRAIN_DIVERGED where a loss was no number. */
export async function fitAndSample(table: Table, rows: number, options: FitOptions): Promise<FittedSample> {
  const model = await fit(table, options);
  const { diverged } = model.generator.log;
  if (diverged !== undefined) throw divergedAt("a loss", diverged.step, diverged.phase);
  options.onProgress?.({ kind: "stage", stage: "sample", message: "sampling synthetic rows" });
  return { model, synthetic: await sample(model, { ...options, rows }) };
}
