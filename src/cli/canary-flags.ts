import type { CommonOptions } from "./command-runner.js";
import type { FitFlags } from "./fit-flags.js";

/** What `synth audit canary` was asked for, as commander leaves it. */
export interface CanaryFlags extends FitFlags, CommonOptions {
  readonly output?: string;
  readonly canaries?: number;
  readonly rows?: number;
  readonly confidence?: number;
  readonly delta?: number;
}
