import { roleOf } from "../../schema/column-role.js";
import type { ColumnSchema, TableSchema } from "../../schema/table-schema.js";
import { publicBounds } from "./number-range.js";
import { usualBounds } from "./usual-bounds.js";

/** What is taken as public of the columns' domains, one phrase each: it was not paid for. `found`: the schema that came out. */
export function publicFacts(declared: TableSchema | undefined, found: TableSchema): string[] {
  const columns = declared?.columns ?? [];
  const levels = columns.filter(
    (column) => column.levels !== undefined && ["category", "constant"].includes(roleOf(column)),
  );
  const bounded = columns.filter((column) => isNumeric(column) && publicBounds(column).some(Number.isFinite));
  const dated = found.columns.filter((column) => {
    const { bounds: _, ...unbounded } = column;
    const open = columns.find(({ name }) => name === column.name)?.bounds === undefined ? unbounded : column;
    return isNumeric(column) && usualBounds(open).some((bound, side) => bound !== publicBounds(open)[side]);
  });
  const made = found.columns.filter((column) => ["identifier", "generated"].includes(roleOf(column)));
  return [
    ...(columns.length === 0 ? [] : ["the types and written forms that the schema declares"]),
    ...list("the levels that the schema declares", levels),
    ...list("the bounds that the schema declares, or that the type has", bounded),
    ...list("that dates lie within the years 1700 to 2199", dated),
    ...list("that values are made up, and none is missing", made),
  ];
}

function isNumeric(column: ColumnSchema): boolean {
  return ["number", "date"].includes(roleOf(column));
}

function list(what: string, columns: readonly ColumnSchema[]): string[] {
  return columns.length === 0 ? [] : [`${what}: ${columns.map(({ name }) => `"${name}"`).join(", ")}`];
}
