import { z } from "zod";

/** How a run ended. */
const runSchema = z.strictObject({
  seed: z.number().int(),
  outcome: z.enum(["finished", "failed"]),
  /** Why it failed: an error's code and message. */
  reason: z.string().optional(),
  /** Of its report, rows and model, relative to this file; absent where it failed or nothing was written. */
  folder: z.string().optional(),
  /** Training steps, over all phases; of a GAN the generator's. */
  steps: z.number().int().optional(),
  /** Of the fit, by the clock on the wall and by the processor, all threads. Absent where no clock was given. */
  seconds: z.number().optional(),
  cpuSeconds: z.number().optional(),
  /** What drawn rows were like while training, step by step over all phases: mean total variation from validation rows. */
  curve: z.array(
    z.strictObject({
      step: z.number().int(),
      /** Since the fit began. */
      seconds: z.number().optional(),
      shapeError: z.number().optional(),
      pairError: z.number().optional(),
      /** What as many training rows have. */
      pairFloor: z.number().optional(),
    }),
  ),
  /** What the diagnostics found, in order. */
  findings: z.array(
    z.strictObject({
      failure: z.string(),
      phase: z.string(),
      step: z.number().int(),
      message: z.string(),
      answer: z.string(),
    }),
  ),
  /** How each phase ended. */
  notes: z.array(z.string()),
});

/** In comparison.json, where the tables were made by training presets with the same budget and seeds. */
export const trainedPresetsSchema = z.strictObject({
  budget: z.strictObject({ steps: z.number().int().optional(), minutes: z.number().optional() }),
  seeds: z.array(z.number().int()),
  /** Runs that were planned; fewer stand here while the command runs, or where it was interrupted. */
  planned: z.number().int(),
  presets: z.array(
    z.strictObject({
      name: z.string(),
      /** Its position in `tables`; null where no run of it finished. */
      table: z.number().int().nullable(),
      runs: z.array(runSchema),
    }),
  ),
});

export type TrainedPresets = z.infer<typeof trainedPresetsSchema>;
export type TrainedRun = z.infer<typeof runSchema>;
