import { makeRandom } from "../core/random.js";
import { type EvaluateInput, evaluateTables } from "../evaluate/evaluate.js";
import type { Report } from "../evaluate/report-schema.js";
import { DEFAULT_SEED, type RunOptions } from "./run-options.js";

/** Audits a synthetic table against the table it was made from. */
export async function evaluate(tables: EvaluateInput, options: RunOptions = {}): Promise<Report> {
  const { seed = DEFAULT_SEED, threads, onProgress, signal } = options;
  return evaluateTables(tables, { random: makeRandom(seed).fork("evaluate"), seed, threads, onProgress, signal });
}
