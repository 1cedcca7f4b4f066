import type { z } from "zod";
import { usageError } from "../core/errors.js";
import { suggestName } from "./suggest-name.js";
import { COLUMN_TYPES, type TableSchema, tableSchema } from "./table-schema.js";

/**
 * The table schema that a parsed JSON value (of a --schema file) is. Throws E_SCHEMA_INVALID with the full path of the first
 * thing wrong, and E_SCHEMA_DUPLICATE_COLUMN.
 */
export function validateSchema(json: unknown): TableSchema {
  const parsed = tableSchema.safeParse(json);
  if (!parsed.success) throw invalid(parsed.error, json);
  const names = parsed.data.columns.map((column) => column.name);
  const repeated = names.findIndex((name, index) => names.indexOf(name) < index);
  if (repeated >= 0) {
    const name = names[repeated]!;
    throw usageError(
      "E_SCHEMA_DUPLICATE_COLUMN",
      `schema.columns[${repeated}].name: "${name}" is described already, by schema.columns[${names.indexOf(name)}]`,
      { where: `schema.columns[${repeated}].name`, hint: "describe every column once" },
    );
  }
  return parsed.data;
}

function invalid(error: z.ZodError, json: unknown): Error {
  const issue = error.issues[0]!;
  const where = `schema${issue.path.map(spellPart).join("")}`;
  const column = columnAt(json, issue.path);
  const hint = hintFor(issue, json);
  return usageError("E_SCHEMA_INVALID", `${where}${column}: ${issue.message}`, {
    where,
    hint: hint ?? "`synth schema data.csv -o schema.json` writes a schema to start from",
    cause: error,
  });
}

function spellPart(part: PropertyKey): string {
  return typeof part === "number" ? `[${part}]` : `.${String(part)}`;
}

/** ` (column "age")` where the path leads into a column that has a name. */
function columnAt(json: unknown, path: readonly PropertyKey[]): string {
  if (path[0] !== "columns" || path[1] === undefined) return "";
  const name = valueAt(json, ["columns", path[1], "name"]);
  return typeof name === "string" ? ` (column "${name}")` : "";
}

function hintFor(issue: z.core.$ZodIssue, json: unknown): string | undefined {
  const value = valueAt(json, issue.path);
  if (issue.path.at(-1) === "type" && typeof value === "string") return suggestName(value, COLUMN_TYPES);
  if (issue.code !== "unrecognized_keys") return undefined;
  const known = issue.path.length === 0 ? tableSchema.shape : tableSchema.shape.columns.element.shape;
  return suggestName(issue.keys[0]!, Object.keys(known));
}

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  let value = json;
  for (const part of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[part];
  }
  return value;
}
