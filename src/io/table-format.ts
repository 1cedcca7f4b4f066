import { extname } from "node:path";
import { fileError, usageError } from "../core/errors.js";

/** The formats of tables: delimited text, JSON lines, Arrow IPC file and stream, Parquet. */
export const TABLE_FORMATS = ["csv", "tsv", "jsonl", "arrow", "arrows", "parquet"] as const;

export type TableFormat = (typeof TABLE_FORMATS)[number];

/** A file's format and whether it is compressed by gzip. */
export interface FileFormat {
  readonly format: TableFormat;
  readonly isGzip: boolean;
}

/** The formats of tables by file extension; text formats may have `.gz` behind it. */
export const TABLE_EXTENSIONS: ReadonlyMap<string, TableFormat> = new Map([
  [".csv", "csv"],
  [".tsv", "tsv"],
  [".txt", "csv"],
  [".jsonl", "jsonl"],
  [".ndjson", "jsonl"],
  [".arrow", "arrow"],
  [".feather", "arrow"],
  [".ipc", "arrow"],
  [".arrows", "arrows"],
  [".parquet", "parquet"],
]);

/**
 * The format of a table's file: `asked` where given, else by the extension (upper or lower case); `-`, a stream, is CSV.
 * Throws E_FILE_FORMAT for an unknown extension or a compressed format that is none, E_USAGE_FORMAT for an unknown `asked`.
 */
export function fileFormatOf(path: string, asked?: string): FileFormat {
  const isGzip = path.toLowerCase().endsWith(".gz");
  const extension = extname(isGzip ? path.slice(0, -3) : path).toLowerCase();
  const format = asked === undefined ? formatOfExtension(path, extension) : checkFormat(asked);
  if (isGzip && !isTextFormat(format)) {
    const message = `${path}: only text formats are read and written compressed by gzip`;
    throw fileError("E_FILE_FORMAT", message, { where: path, hint: "leave .gz out: Parquet compresses by itself" });
  }
  return { format, isGzip };
}

function isTextFormat(format: TableFormat): boolean {
  return format === "csv" || format === "tsv" || format === "jsonl";
}

function checkFormat(asked: string): TableFormat {
  const format = TABLE_FORMATS.find((known) => known === asked);
  if (format !== undefined) return format;
  const hint = `formats: ${TABLE_FORMATS.join(", ")}`;
  throw usageError("E_USAGE_FORMAT", `the format ${asked} is not known`, { where: "--format", hint });
}

function formatOfExtension(path: string, extension: string): TableFormat {
  const format = path === "-" ? "csv" : TABLE_EXTENSIONS.get(extension);
  if (format !== undefined) return format;
  const what = extension === "" ? "the file has no extension" : `the extension ${extension} is not known`;
  throw fileError("E_FILE_FORMAT", `${path}: ${what}`, {
    where: path,
    hint: `supported: ${[...TABLE_EXTENSIONS.keys()].join(" ")}, text formats also with .gz; or give --format`,
  });
}
