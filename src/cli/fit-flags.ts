import type { EngineName } from "../runtime/program.js";
import type { CheckpointFlags } from "./checkpoint-file.js";
import type { PrivacyFlags } from "./privacy-options.js";
import type { TableFlags } from "./table-options.js";

/** What the command line gives for any training and its audit, as commander leaves it. */
export interface RunFlags extends TableFlags {
  readonly schema?: string;
  readonly steps?: number;
  readonly minutes?: number;
  readonly threads?: number;
  readonly seed: number;
  readonly holdout?: string;
  readonly holdoutShare?: number;
  readonly target?: string;
}

/** What it gives for fitting one model. */
export interface FitFlags extends RunFlags, CheckpointFlags, PrivacyFlags {
  readonly preset?: string;
  readonly config?: string;
  readonly set: readonly string[];
  readonly minCategoryCount?: number;
  readonly epochs?: number;
  readonly auto?: boolean;
  readonly findConstraints?: boolean;
  readonly backend: EngineName;
  readonly log?: string;
  readonly warmStart?: string;
}
