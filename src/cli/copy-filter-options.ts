import type { Command } from "commander";
import { usageError } from "../core/errors.js";
import type { FilterLeak } from "../evaluate/privacy/copy-filter/filter-leak.js";
import { formatCount } from "./format-text.js";

/** What the command line says of copies of training rows, as commander leaves it. */
export interface CopyFilterFlags {
  /** False for --no-copies. */
  readonly copies: boolean;
  readonly minDistance?: number;
}

/** Adds the options of the filter of copies, shared by `sample` and `share`. */
export function addCopyFilterOptions(command: Command): Command {
  return command
    .option("--no-copies", "drop rows that equal single training rows, where that tells nobody who was in training")
    .option("--min-distance <d>", "drop rows as near as that (Gower's distance, 0 to 1) as well", parseDistance);
}

/** Up to which distance rows are dropped; undefined where none are. */
export function minDistanceOf({ copies, minDistance }: CopyFilterFlags): number | undefined {
  return minDistance ?? (copies ? undefined : 0);
}

/** What the filter did, in a line: "3 copies were dropped and drawn anew; ...". */
export function describeFilter(dropped: number, leak: FilterLeak): string {
  const rows = dropped === 1 ? "1 row was" : `${formatCount(dropped)} rows were`;
  return `${rows} dropped and drawn anew; an empty place tells a likelihood ratio of ${leak.likelihoodRatio.toFixed(3)} at most (of this one table, without the model)\n`;
}

/** Throws E_USAGE_NUMBER. */
function parseDistance(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= 0 && value < 1) return value;
  throw usageError("E_USAGE_NUMBER", `--min-distance must be at least 0 and below 1; got "${text}"`, {
    where: "--min-distance",
  });
}
