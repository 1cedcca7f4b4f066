import type { TableSchema } from "./table-schema.js";

/**
 * An older schema brought up to what was inferred now: what people may have edited stays, counts and shares are new, columns that
 * are gone are dropped, and new ones take the inferred description.
 */
export function refreshSchema(old: TableSchema, inferred: TableSchema): TableSchema {
  const known = new Map(old.columns.map((column) => [column.name, column]));
  const columns = inferred.columns.map((column) => {
    const { distinctCount, missingShare } = column;
    const before = known.get(column.name);
    return before === undefined ? column : { ...before, distinctCount, missingShare };
  });
  return { ...inferred, ...old, rowCount: inferred.rowCount, columns };
}
