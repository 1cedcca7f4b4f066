import { usageError } from "../../core/errors.js";
import type { RandomStream } from "../../core/random.js";
import type { EncodedTable } from "../../encode/field.js";
import type { PrivateRelease } from "../private-request.js";

/** Rows of a release's mixture, refined within groups of levels by the one-ways. */
export function drawRows(release: PrivateRelease, rowCount: number, random: RandomStream): EncodedTable {
  void [release, rowCount, random];
  throw usageError("E_PRIVACY_BUDGET", "not yet built", { where: "epsilon" });
}
