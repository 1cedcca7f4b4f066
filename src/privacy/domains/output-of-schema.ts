import type { ColumnOutput } from "../../encode/column-output.js";
import { roleOf } from "../../schema/column-role.js";
import type { ColumnSchema } from "../../schema/table-schema.js";

/** What the values of a learned column look like, by the schema alone; undefined for columns that are not learned. */
export function outputOfSchema(column: ColumnSchema): ColumnOutput | undefined {
  const { missingText } = column;
  const role = roleOf(column);
  switch (role) {
    case "category":
    case "constant":
      return { kind: "text", missingText };
    case "boolean":
      return { kind: "boolean", missingText, spellings: column.spellings ?? ["0", "1"] };
    case "number": {
      const { decimals = 0 } = column;
      const padded = column.type === "money" ? { minDecimals: decimals } : {};
      return { kind: "number", missingText, decimals, ...padded, ...column.numberFormat };
    }
    case "date":
      return { kind: "date", missingText, format: column.dateFormat ?? "YYYY-MM-DD" };
    case "identifier":
    case "generated":
    case "omitted":
      return undefined;
    default:
      return role satisfies never;
  }
}
