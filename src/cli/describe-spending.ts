import type { OnProgress, PlannedSpending } from "../core/progress.js";
import { formatTable } from "./format-text.js";

/** What a private run is going to tell of the rows, as lines of a table. */
export function describeSpending(spending: readonly PlannedSpending[]): string[] {
  if (spending.length === 0) return [];
  const rows = spending.map(({ released, changes, scale, share }) => [
    released,
    `${changes}`,
    `${Number(scale.toPrecision(3))}`,
    `${(100 * share).toFixed(1)} %`,
  ]);
  return formatTable(
    [["to be released", "numbers a row changes", "noise (sigma)", "of the budget"], ...rows],
    [1, 2, 3],
  );
}

/** Passes events on, and keeps the plan of a private run that is among them. */
export function catchSpending(onProgress: OnProgress): {
  readonly onProgress: OnProgress;
  readonly plan: () => readonly PlannedSpending[] | undefined;
} {
  let plan: readonly PlannedSpending[] | undefined;
  return {
    onProgress(event) {
      if (event.kind === "notice" && event.spending !== undefined) plan = event.spending;
      onProgress(event);
    },
    plan: () => plan,
  };
}
