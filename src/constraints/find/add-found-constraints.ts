import type { OnProgress } from "../../core/progress.js";
import type { Constraint } from "../../schema/constraint-schema.js";
import type { TableSchema } from "../../schema/table-schema.js";
import type { Table } from "../../table/table.js";
import { nameConstraint } from "../name-constraint.js";
import { findConstraints } from "./find-constraints.js";

/** The schema with the constraints of some kinds that are found in its table. Tells each rule by a notice (N_CONSTRAINT_FOUND). */
export function addFoundConstraints(
  table: Table,
  schema: TableSchema,
  kinds: readonly Constraint["kind"][],
  onProgress?: OnProgress,
): TableSchema {
  if (kinds.length === 0) return schema;
  onProgress?.({ kind: "stage", stage: "constraints", message: "looking for rules that every row holds" });
  const found = findConstraints(table, schema, kinds);
  for (const constraint of found) {
    if (constraint.kind === "near") continue;
    const rows = constraint.support?.rows ?? 0;
    const message = `found ${nameConstraint(constraint)}: it holds in all ${rows} rows that it speaks of`;
    onProgress?.({ kind: "notice", code: "N_CONSTRAINT_FOUND", message });
  }
  if (found.length === 0) return schema;
  return { ...schema, constraints: [...(schema.constraints ?? []), ...found] };
}
