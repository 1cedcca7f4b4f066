import { constraintColumns } from "../constraints/constraint-columns.js";
import type { TableSchema } from "../schema/table-schema.js";
import type { Table } from "../table/table.js";

/**
 * Groups of columns that rules of the schema tie together, directly or through others; a column that no rule names is a group of
 * its own. Rows whose groups come from rows of their own keep every rule. In the table's order.
 */
export function canaryBlocks(table: Table, schema: TableSchema): string[][] {
  let blocks = table.columns.map(({ name }) => [name]);
  for (const constraint of schema.constraints ?? []) {
    const tied = new Set(constraintColumns(constraint, table));
    const touched = blocks.filter((block) => block.some((name) => tied.has(name)));
    if (touched.length < 2) continue;
    const [first] = touched;
    const joined = touched.flat();
    blocks = blocks.flatMap((block) => (block === first ? [joined] : touched.includes(block) ? [] : [block]));
  }
  return blocks;
}
