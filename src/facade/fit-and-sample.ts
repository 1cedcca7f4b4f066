import type { SynthModel } from "../artifact/model.js";
import { divergedAt } from "../gan/training/diverged.js";
import type { Table } from "../table/table.js";
import { fit } from "./fit.js";
import type { FitOptions } from "./fit-options.js";
import { sample } from "./sample.js";
import { sampleWithoutCopies, type WithoutCopies } from "./sample-without-copies.js";

/** A model and rows drawn from it. */
export interface FittedSample {
  readonly model: SynthModel;
  readonly synthetic: Table;
  /** What was dropped, where copies of training rows were. */
  readonly filtered?: Omit<WithoutCopies, "table">;
}

/** How rows that are near training rows are dropped: see sampleWithoutCopies. */
export interface SampleFilter {
  readonly holdout: Table;
  readonly minDistance: number;
}

/**
 * Fits a model to a table and draws `rows` rows from it (default: as many as its schema says it was fitted on), without copies
 * where a filter is given. Throws what fit, sample and sampleWithoutCopies throw, E_TRAIN_DIVERGED where a loss was no number.
 */
export async function fitAndSample(
  table: Table,
  rows: number | undefined,
  options: FitOptions,
  filter?: SampleFilter,
): Promise<FittedSample> {
  const model = await fit(table, options);
  const { diverged } = model.generator.log;
  if (diverged !== undefined) throw divergedAt("a loss", diverged.step, diverged.phase);
  options.onProgress?.({ kind: "stage", stage: "sample", message: "sampling synthetic rows" });
  if (filter === undefined) return { model, synthetic: await sample(model, { ...options, rows }) };
  const { table: synthetic, ...filtered } = await sampleWithoutCopies(model, {
    ...options,
    ...filter,
    train: table,
    rows,
  });
  return { model, synthetic, filtered };
}
