import { usageError } from "../core/errors.js";
import type { TrainedGenerator } from "../gan/trained-generator.js";
import { networksOf } from "../gan/trained-networks.js";

/**
 * Checks that a generator's rows can be drawn with a truncation: 1 changes nothing, 0 gives every row the mean style; beyond 1
 * rows are drawn away from it, as StyleGAN's tools allow.
 * Throws E_USAGE_TRUNCATION for what is no number of at least 0, E_SAMPLE_TRUNCATION for generators without styles.
 */
export function requireTruncation(generator: TrainedGenerator, truncation: number | undefined): void {
  if (truncation === undefined) return;
  if (!(Number.isFinite(truncation) && truncation >= 0)) {
    throw usageError("E_USAGE_TRUNCATION", `truncation must be a number of at least 0; got ${truncation}`, {
      where: "truncation",
    });
  }
  const networks = networksOf(generator);
  if (networks.kind === "gan" && networks.gan.networks.generator.controls.truncation !== undefined) return;
  throw usageError(
    "E_SAMPLE_TRUNCATION",
    "this model knows no truncation: its rows have no style that could be truncated",
    {
      where: "truncation",
      hint: "fit the model with preset stylegan, the only one that has it, or leave it out",
    },
  );
}
