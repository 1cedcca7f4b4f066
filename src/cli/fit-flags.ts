import type { EngineName } from "../runtime/program.js";
import type { CheckpointFlags } from "./checkpoint-file.js";
import type { PrivacyFlags } from "./privacy-options.js";
import type { TableFlags } from "./table-options.js";

/** What the command line gives for fitting, as commander leaves it. */
export interface FitFlags extends TableFlags, CheckpointFlags, PrivacyFlags {
  readonly preset?: string;
  readonly schema?: string;
  readonly config?: string;
  readonly set: readonly string[];
  readonly minCategoryCount?: number;
  readonly minutes?: number;
  readonly epochs?: number;
  readonly auto?: boolean;
  readonly steps?: number;
  readonly findConstraints?: boolean;
  readonly holdout?: string;
  readonly holdoutShare?: number;
  readonly seed: number;
  readonly threads?: number;
  readonly backend: EngineName;
  readonly target?: string;
  readonly log?: string;
  readonly warmStart?: string;
}
