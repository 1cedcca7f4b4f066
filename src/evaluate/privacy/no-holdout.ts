import type { Figure } from "../report-schema.js";

/** What a figure says that needs held-out rows where there are none. */
export const NO_HOLDOUT: Figure = {
  status: "unavailable",
  reason: "needs held-out rows: without them nothing tells copying from likeness",
};
