import { usageError } from "../core/errors.js";
import { type TableSchema, tableSchema } from "../schema/table-schema.js";
import { readJsonFile } from "./read-config.js";

/** The table schema in a JSON file. Throws E_FILE_*, E_CONFIG_JSON, E_CONFIG_SCHEMA. */
export async function readSchemaFile(path: string): Promise<TableSchema> {
  const parsed = tableSchema.safeParse(await readJsonFile(path));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw usageError("E_CONFIG_SCHEMA", `${path} is no table schema: ${issue.path.join(".")}: ${issue.message}`, {
    where: path,
    hint: "`synth schema data.csv -o schema.json` writes one to start from",
    cause: parsed.error,
  });
}
