import { basename, extname } from "node:path";
import type { Command } from "commander";
import type { ReadTableOptions } from "../io/read-options.js";
import { TABLE_FORMATS, type TableFormat } from "../io/table-format.js";
import type { CommandContext } from "./command-runner.js";
import { oneOf, wholeNumber } from "./parse-number.js";

/** What the command line says of every table that it reads, as commander leaves it. */
export interface CellFlags {
  readonly header: boolean;
  readonly missing?: readonly string[] | undefined;
}

/** What the command line says of the one table that it reads. */
export interface TableFlags extends CellFlags {
  readonly format?: TableFormat;
  readonly maxRows: number;
}

/** How a command describes the table that it reads. */
export const TABLE_ARGUMENT =
  "the table: .csv .tsv .jsonl (also .gz) .arrow .parquet, - for stdin, duckdb:file?table=name";

const DEFAULT_MAX_ROWS = 1_000_000;

/** Adds the options of reading one table. */
export function addTableOptions(command: Command): Command {
  return addCellOptions(addFormatOption(command)).option(
    "--max-rows <n>",
    "of a larger table draw this many rows (default 1,000,000)",
    wholeNumber("--max-rows", 1),
    DEFAULT_MAX_ROWS,
  );
}

/** Adds the options of reading tables, each in the format of its name and wholly. */
export function addCellOptions(command: Command): Command {
  return command
    .option("--no-header", "the first line of delimited text is a row, not the columns' names")
    .option(
      "--missing <spellings>",
      'how the table spells missing values, e.g. "NA,?,-999" (default: common spellings; empty cells always are)',
      (text: string) => text.split(",").map((spelling) => spelling.trim()),
    );
}

/** Adds `--format`, for a name that does not say it. */
export function addFormatOption(command: Command): Command {
  const formats = TABLE_FORMATS.join(", ");
  return command.option(
    "--format <name>",
    `the table's format: ${formats} (default: by the name)`,
    oneOf("--format", TABLE_FORMATS),
  );
}

/** readTable's options for what the command line gave. */
export function tableOptions(
  flags: CellFlags & Partial<TableFlags> & { readonly seed?: number; readonly epsilon?: number | undefined },
  context: CommandContext,
): ReadTableOptions {
  const { format, header, missing, maxRows, seed, epsilon } = flags;
  const { onProgress, signal, streams } = context;
  const asText = epsilon !== undefined; // a column's kind would tell of single cells
  return { format, header, missing, maxRows, seed, asText, input: streams.stdin, onProgress, signal };
}

/** A table's name for what is made of it: of a file without its extension, of a database's table its own. */
export function tableNameOf(path: string): string {
  if (path === "-") return "table";
  const inDatabase = /^duckdb:.*[?&]table=([^&]+)/.exec(path)?.[1];
  const file = inDatabase ?? path.replace(/^duckdb:|\?.*$/g, "").replace(/\.gz$/i, "");
  return basename(file, extname(file));
}
