import Papa from "papaparse";

/** How a text file separates cells and rows. */
export interface CsvDialect {
  readonly delimiter: string;
  readonly quote: '"' | "'";
  /** What ends a row; "\n" stands for "\r\n" too. */
  readonly newline: "\n" | "\r";
  /** True where rows end with "\r\n": the "\r" is then no part of a row's last cell. */
  readonly hasCarriageReturns: boolean;
}

/** The delimiters that are looked for, in the order of preference. */
export const CSV_DELIMITERS: readonly string[] = [",", ";", "\t", "|"];

const PREVIEW_ROWS = 50;

/**
 * The dialect of a file, from its beginning: the delimiter that splits the header and gives most of the first rows as
 * many cells as the header; of several, the one that does so in most rows, then the one that gives most cells. Where
 * none does, the table has one column and `fallback` is the delimiter.
 */
export function sniffDialect(sample: string, fallback = ","): CsvDialect {
  const newline = !sample.includes("\n") && sample.includes("\r") ? "\r" : "\n";
  const hasCarriageReturns = newline === "\n" && /^(?:[^"\n]|"[^"]*")*?\r\n/.test(sample);
  const quote = findQuote(sample);
  let best = { delimiter: fallback, score: 0 };
  for (const delimiter of CSV_DELIMITERS) {
    const score = rateDelimiter(sample, { delimiter, newline, quote });
    if (score > best.score) best = { delimiter, score };
  }
  return { delimiter: best.delimiter, quote, newline, hasCarriageReturns };
}

/** The share of rows as wide as the header, and 1e-7 for each of its cells; 0 for a delimiter that is none. */
function rateDelimiter(sample: string, { delimiter, newline, quote }: Omit<CsvDialect, "hasCarriageReturns">): number {
  const parser = new Papa.Parser({ delimiter, newline, quoteChar: quote, preview: PREVIEW_ROWS });
  const { data } = parser.parse(sample, 0, false) as { readonly data: readonly (readonly string[])[] };
  const rows = data.filter((row) => row.join("").trim() !== "");
  const complete = rows.length > 2 ? rows.slice(0, -1) : rows;
  const width = complete[0]?.length ?? 1;
  const share = complete.filter((row) => row.length === width).length / complete.length;
  return width > 1 && share > 0.5 ? share + width * 1e-7 : 0;
}

/** Single quotes where there are no double ones and every one that opens a cell has one that closes a cell. */
function findQuote(sample: string): '"' | "'" {
  if (sample.includes('"')) return '"';
  const opened = sample.match(/(?:^|[,;\t|\r\n])'/g)?.length ?? 0;
  const closed = sample.match(/'(?=[,;\t|\r\n]|$)/g)?.length ?? 0;
  return opened > 1 && opened === closed ? "'" : '"';
}
