import { Command } from "commander";
import type { Table, TableSchema } from "../index.js";
import {
  addCommonOptions,
  type CommandContext,
  type CommandResult,
  type CommonOptions,
  type RunCommand,
} from "./command-runner.js";
import { formatCount, formatTable } from "./format-text.js";
import { addTableOptions, TABLE_ARGUMENT, type TableFlags, tableOptions } from "./table-options.js";

interface SchemaFlags extends TableFlags, CommonOptions {
  readonly output?: string;
  readonly findConstraints?: boolean;
  readonly schema?: string;
}

/** `synth schema`: what was inferred about a table's columns and why. */
export function makeSchemaCommand(run: RunCommand): Command {
  const command = new Command("schema")
    .description("show what is inferred about a table's columns and why")
    .argument("<table>", TABLE_ARGUMENT)
    .option("-o, --output <file>", "write the schema as JSON; edit it and give it to --schema")
    .option("--find-constraints", "propose rules of all kinds that every row holds, not the clear ones only")
    .option("--no-find-constraints", "propose no rules")
    .option("--schema <file>", "an earlier schema: what has changed since is told, what was edited in it stays");
  return addCommonOptions(addTableOptions(command))
    .addHelpText("after", "\nExample:\n  synth schema data.csv -o schema.json")
    .action((path: string, flags: SchemaFlags) => run(flags, (context) => describeTable(path, flags, context)));
}

async function describeTable(path: string, flags: SchemaFlags, context: CommandContext): Promise<CommandResult> {
  const { inferSchema, readTable } = await import("../index.js");
  const { addFoundConstraints } = await import("../constraints/find/add-found-constraints.js");
  const { kindsToFind } = await import("../constraints/find/find-constraints.js");
  const { writeTextFile } = await import("./output-file.js");
  context.onProgress({ kind: "stage", stage: "read", message: `reading ${path}` });
  const old = flags.schema === undefined ? undefined : await readSchema(flags.schema);
  const table = await readTable(path, tableOptions(flags, context));
  const inferred = old === undefined ? inferSchema(table) : await updateSchema(old, table, context);
  const kinds = kindsToFind(flags.findConstraints, old !== undefined);
  const schema = addFoundConstraints(table, inferred, kinds, context.onProgress);
  if (flags.output !== undefined) await writeTextFile(flags.output, `${JSON.stringify(schema, null, 2)}\n`, context);
  const rows = schema.columns.map((column) => [
    column.name,
    column.type,
    formatCount(column.distinctCount),
    `${(100 * column.missingShare).toFixed(1)} %`,
    column.reason,
  ]);
  const lines = formatTable([["column", "type", "distinct", "missing", "why"], ...rows], [2, 3]);
  const { nameConstraint } = await import("../constraints/name-constraint.js");
  const rules = schema.constraints?.map((one) => [nameConstraint(one), one.kind, formatCount(one.support?.rows ?? 0)]);
  const found = rules === undefined ? [] : ["", ...formatTable([["rule", "kind", "rows"], ...rules], [2])];
  return {
    json: schema,
    ...(flags.output === undefined
      ? { text: `${[...lines, ...found].join("\n")}\n` }
      : { summary: `wrote ${flags.output}\n` }),
  };
}

async function readSchema(path: string): Promise<TableSchema> {
  const { readJsonFile } = await import("./read-config.js");
  const { validateSchema } = await import("../schema/validate-schema.js");
  return validateSchema(await readJsonFile(path));
}

async function updateSchema(old: TableSchema, table: Table, context: CommandContext): Promise<TableSchema> {
  const { inferSchema } = await import("../schema/infer-schema.js");
  const { describeDrift } = await import("../schema/describe-drift.js");
  const { refreshSchema } = await import("../schema/refresh-schema.js");
  for (const notice of describeDrift(old, table)) context.onProgress(notice);
  return refreshSchema(old, inferSchema(table));
}
