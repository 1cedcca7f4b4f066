import type { TableSchema } from "../../schema/table-schema.js";
import type { Table } from "../../table/table.js";
import { checkConstraints } from "../check-constraints.js";
import { findNear } from "./find-near.js";

/** The schema with what is found of dates near other dates, a better coding and no rule: nobody need ask for it. */
export function addNear(table: Table, schema: TableSchema): TableSchema {
  const found = checkConstraints(table, findNear(table, schema)).map(({ constraint, rows }) => ({
    ...constraint,
    support: { holds: rows, rows },
  }));
  return found.length === 0 ? schema : { ...schema, constraints: [...(schema.constraints ?? []), ...found] };
}
