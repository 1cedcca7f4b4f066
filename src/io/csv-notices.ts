import type { Column } from "../table/column.js";
import { parseDate } from "../table/date-format.js";
import { parseNumber } from "../table/number-format.js";
import type { CsvDialect } from "./csv-dialect.js";
import type { ReadTableOptions } from "./read-options.js";
import type { TextEncoding } from "./text-decoder.js";

/** How a file of delimited text was read. */
export interface ReadDialect {
  readonly dialect: CsvDialect;
  readonly encoding: TextEncoding;
  readonly hasHeader: boolean;
  /** The standard delimiter of the file's extension. */
  readonly fallback: string;
  readonly columns: readonly Column[];
}

const DELIMITER_NAMES: Readonly<Record<string, string>> = { ",": "comma", ";": "semicolon", "\t": "tab", "|": "bar" };

/**
 * Says how a file was read where it is not the standard: N_CSV_DIALECT for a delimiter other than the extension's or single
 * quotes, N_ENCODING for Windows-1252, which nothing in the file proves, N_NO_HEADER where the first line looks like data.
 */
export function tellDialect(read: ReadDialect, options: ReadTableOptions): void {
  const notice = (code: string, message: string) => options.onProgress?.({ kind: "notice", code, message });
  const { dialect, encoding, hasHeader, columns } = read;
  const isStandard = columns.length === 1 || dialect.delimiter === read.fallback;
  if (!isStandard || dialect.quote !== '"' || !hasHeader) {
    const quotes = dialect.quote === '"' ? "" : ", single quotes";
    const header = hasHeader ? "header on the first line" : "no header";
    const delimiter = DELIMITER_NAMES[dialect.delimiter] ?? "comma";
    notice("N_CSV_DIALECT", `read as: ${delimiter}-separated${quotes}, ${encoding}, ${header}`);
  }
  if (encoding === "Windows-1252") notice("N_ENCODING", "the file is not UTF-8: read as Windows-1252 (Latin-1)");
  if (hasHeader && columns.some(isNumeric) && columns.every(looksLikeData)) {
    notice(
      "N_NO_HEADER",
      "the first line looks like data, not like column names: --no-header reads it as the first row",
    );
  }
}

function isNumeric({ kind }: Column): boolean {
  return kind === "number" || kind === "date";
}

/** True where a column's name would fit among its values. */
function looksLikeData(column: Column): boolean {
  if (column.kind === "number") return !Number.isNaN(parseNumber(column.name.trim(), column.format));
  if (column.kind === "date") return !Number.isNaN(parseDate(column.name, column.format));
  return column.dictionary.includes(column.name);
}
