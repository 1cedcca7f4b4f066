import type { OnProgress } from "../core/progress.js";
import type { EngineName } from "../runtime/program.js";

/** What long work takes: how to report progress and how to be stopped. */
export interface RunOptions {
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Default "onnx". */
  readonly engine?: EngineName | undefined;
  /** Threads of the engine. Default 1. Results are the same for one number of threads. */
  readonly threads?: number | undefined;
  /** Default 1: the same seed gives the same rows. An integer in 0..2^53-1. */
  readonly seed?: number | undefined;
}

/** The seed where none is given. */
export const DEFAULT_SEED = 1;

/** What long work is handed on, defaults filled in. */
export function runOptions(options: RunOptions) {
  return {
    engine: options.engine ?? ("onnx" as const),
    threads: options.threads ?? 1,
    ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  };
}
