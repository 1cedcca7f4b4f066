import { Command } from "commander";
import {
  addCommonOptions,
  type CommandContext,
  type CommandResult,
  type CommonOptions,
  type RunCommand,
} from "./command-runner.js";
import { formatCount, formatTable } from "./format-text.js";

interface SchemaFlags extends CommonOptions {
  readonly output?: string;
}

/** `synth schema`: what was inferred about a table's columns and why. */
export function makeSchemaCommand(run: RunCommand): Command {
  const command = new Command("schema")
    .description("show what is inferred about a table's columns and why")
    .argument("<table>", "the table: .csv, .tsv, .arrow or .feather")
    .option("-o, --output <file>", "write the schema as JSON; edit it and give it to --schema");
  return addCommonOptions(command)
    .addHelpText("after", "\nExample:\n  synth schema data.csv -o schema.json")
    .action((path: string, flags: SchemaFlags) => run(flags, (context) => describeTable(path, flags, context)));
}

async function describeTable(path: string, flags: SchemaFlags, context: CommandContext): Promise<CommandResult> {
  const { inferSchema, readTable } = await import("../index.js");
  const { writeTextFile } = await import("./output-file.js");
  context.onProgress({ kind: "stage", stage: "read", message: `reading ${path}` });
  const table = await readTable(path, { signal: context.signal, onProgress: context.onProgress });
  const schema = inferSchema(table);
  if (flags.output !== undefined) await writeTextFile(flags.output, `${JSON.stringify(schema, null, 2)}\n`, context);
  const rows = schema.columns.map((column) => [
    column.name,
    column.type,
    formatCount(column.distinctCount),
    `${(100 * column.missingShare).toFixed(1)} %`,
    column.reason,
  ]);
  const lines = formatTable([["column", "type", "distinct", "missing", "why"], ...rows], [2, 3]);
  return {
    json: schema,
    ...(flags.output === undefined ? { text: `${lines.join("\n")}\n` } : { summary: `wrote ${flags.output}\n` }),
  };
}
