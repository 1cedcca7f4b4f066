import type { AuditFlags } from "./audit-options.js";
import type { CommonOptions } from "./command-runner.js";
import type { CellFlags } from "./table-options.js";

/** What `synth report` was asked for, as commander leaves it. */
export interface ReportFlags extends CellFlags, AuditFlags, CommonOptions {
  readonly train: string;
  readonly synthetic: readonly string[];
  readonly holdout?: string;
  readonly schema?: string;
  readonly target?: string;
  readonly everyTarget?: boolean;
  readonly output?: string;
  /** Written, or printed, beside the rest. */
  readonly format?: "md";
  readonly compat?: "sdmetrics";
  readonly seed: number;
}
