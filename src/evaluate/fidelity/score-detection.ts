import type { OnProgress } from "../../core/progress.js";
import type { RandomStream } from "../../core/random.js";
import { unavailable } from "../figure.js";
import type { Figure, Report } from "../report-schema.js";
import type { ScoredTables } from "../scored-table.js";
import { classifierTest } from "./classifier-test.js";

export interface DetectionOptions {
  readonly random: RandomStream;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Classifier two-sample tests of the synthetic rows against training and held-out rows; the ceiling is training against held-out rows. */
export async function scoreDetection(
  tables: ScoredTables,
  options: DetectionOptions,
): Promise<Report["fidelity"]["c2st"]> {
  const { train, synthetic, holdout } = tables;
  const { random, signal, onProgress } = options;
  const total = holdout === undefined ? 1 : 3;
  const step = (done: number): void =>
    onProgress?.({ kind: "progress", stage: "detection", done, total, unit: "comparisons" });
  step(0);
  const against = await classifierTest(train, synthetic, { random: random.fork("c2st train"), signal });
  step(1);
  if (holdout === undefined) return { train: against, holdout: unavailable(NO_HOLDOUT) };
  const fresh = await classifierTest(holdout, synthetic, { random: random.fork("c2st holdout"), signal });
  step(2);
  const ceiling = await classifierTest(train, holdout, { random: random.fork("c2st ceiling"), signal });
  step(3);
  return { train: withCeiling(against, ceiling), holdout: withCeiling(fresh, ceiling) };
}

/** Why scores that need held-out rows have none. */
export const NO_HOLDOUT = "there are no held-out rows";

function withCeiling(figure: Figure, ceiling: Figure): Figure {
  return figure.value === undefined || ceiling.value === undefined ? figure : { ...figure, ceiling: ceiling.value };
}
