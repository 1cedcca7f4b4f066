import { usageError } from "../core/errors.js";

/** Throws E_USAGE_HOLDOUT_SHARE unless `share` lies strictly between 0 and 1. */
export function requireShare(share: number): void {
  if (share > 0 && share < 1) return;
  throw usageError("E_USAGE_HOLDOUT_SHARE", `the holdout's share must lie between 0 and 1; got ${share}`, {
    hint: "give a share such as 0.2",
  });
}
