import { usageError } from "../core/errors.js";
import type { Table } from "../table/table.js";
import type { PrivateRelease, PrivateRequest, PrivateRunOptions } from "./private-request.js";

/**
 * Everything that is told of a table's rows under differential privacy: plans the spending, tells the plan (N_PRIVACY_PLAN), then
 * finds domains, bins, counts, and fits the mixture. Throws E_PRIVACY_*.
 */
export async function learnPrivately(
  table: Table,
  request: PrivateRequest,
  options: PrivateRunOptions,
): Promise<PrivateRelease> {
  void [table, request, options];
  throw usageError("E_PRIVACY_BUDGET", "not yet built", { where: "epsilon" });
}
