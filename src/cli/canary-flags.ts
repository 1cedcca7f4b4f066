import type { CommonOptions } from "./command-runner.js";
import type { FitFlags } from "./fit-flags.js";
import type { PrivacyFlags } from "./privacy-options.js";

/** What `synth audit canary` was asked for, as commander leaves it. */
export interface CanaryFlags extends FitFlags, PrivacyFlags, CommonOptions {
  readonly output?: string;
  readonly canaries?: number;
  readonly rows?: number;
  readonly confidence?: number;
}
