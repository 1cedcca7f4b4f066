import type { OnProgress } from "../core/progress.js";

export interface ReadTableOptions {
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The spellings of a missing value in text formats, in place of the built-in ones; a blank cell is always missing. */
  readonly missing?: readonly string[] | undefined;
}
