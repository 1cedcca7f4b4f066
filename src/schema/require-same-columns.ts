import { usageError } from "../core/errors.js";
import { suggestName } from "./suggest-name.js";
import type { TableSchema } from "./table-schema.js";

/** Throws E_SCHEMA_UNKNOWN_COLUMN and E_SCHEMA_MISSING_COLUMN unless the schema describes just the columns of these names. */
export function requireSameColumns(names: readonly string[], schema: TableSchema): void {
  const described = schema.columns.map((column) => column.name);
  const unknown = described.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw usageError(
      "E_SCHEMA_UNKNOWN_COLUMN",
      `the schema describes a column "${unknown}" that the table does not have`,
      { where: `column "${unknown}"`, hint: suggestName(unknown, names) },
    );
  }
  const missing = names.find((name) => !described.includes(name));
  if (missing === undefined) return;
  throw usageError("E_SCHEMA_MISSING_COLUMN", `the schema does not describe the table's column "${missing}"`, {
    where: `column "${missing}"`,
    hint: `describe it in the schema ("drop": true leaves it out); ${suggestName(missing, described)}`,
  });
}
