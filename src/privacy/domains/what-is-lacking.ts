import { roleOf } from "../../schema/column-role.js";
import type { ColumnSchema } from "../../schema/table-schema.js";
import { publicBounds } from "./number-range.js";

/** What a schema may say of a column's domain, by the name of the property. */
export type DomainPart = "levels" | "spellings" | "decimals" | "dateFormat" | "bounds.min" | "bounds.max";

/** What has to be known of a column's domain before it is counted, and does not stand in the schema. */
export function whatIsLacking(column: ColumnSchema): readonly DomainPart[] {
  const role = roleOf(column);
  switch (role) {
    case "category":
      return column.levels === undefined ? ["levels"] : [];
    case "constant":
      return column.levels?.length === 1 ? [] : ["levels"];
    case "boolean":
      return column.spellings === undefined ? ["spellings"] : [];
    case "number":
      return [
        ...(column.decimals === undefined && column.type !== "integer" ? (["decimals"] as const) : []),
        ...lackingBounds(column),
      ];
    case "date":
      return column.dateFormat === undefined ? ["dateFormat", "bounds.min", "bounds.max"] : lackingBounds(column);
    case "identifier":
    case "generated":
    case "omitted":
      return [];
    default:
      return role satisfies never;
  }
}

function lackingBounds(column: ColumnSchema): DomainPart[] {
  const [low, high] = publicBounds(column);
  return [
    ...(low === Number.NEGATIVE_INFINITY ? (["bounds.min"] as const) : []),
    ...(high === Number.POSITIVE_INFINITY ? (["bounds.max"] as const) : []),
  ];
}
