import { extname } from "node:path";
import { fileError } from "../core/errors.js";

export type TableFormat = "csv" | "arrow";

/** The formats of tables by file extension. */
export const TABLE_EXTENSIONS: ReadonlyMap<string, TableFormat> = new Map([
  [".csv", "csv"],
  [".tsv", "csv"],
  [".txt", "csv"],
  [".arrow", "arrow"],
  [".feather", "arrow"],
  [".ipc", "arrow"],
  [".arrows", "arrow"],
]);

/** The format of a table's file by its extension (upper or lower case). Throws E_FILE_FORMAT for any other. */
export function tableFormatOf(path: string): TableFormat {
  const extension = extname(path).toLowerCase();
  const format = TABLE_EXTENSIONS.get(extension);
  if (format !== undefined) return format;
  const supported = [...TABLE_EXTENSIONS.keys()].join(" ");
  if (extension === ".parquet") {
    throw fileError("E_FILE_FORMAT", `${path}: Parquet is not supported yet`, {
      where: path,
      hint: `convert it to Arrow or CSV first; supported: ${supported}`,
    });
  }
  const what = extension === "" ? "the file has no extension" : `the extension ${extension} is not known`;
  throw fileError("E_FILE_FORMAT", `${path}: ${what}`, { where: path, hint: `supported: ${supported}` });
}
