import Papa from "papaparse";

/** How a text file separates cells and rows. */
export interface CsvDialect {
  readonly delimiter: string;
  /** What ends a row; "\n" stands for "\r\n" too. */
  readonly newline: "\n" | "\r";
  /** True where rows end with "\r\n": the "\r" is then no part of a row's last cell. */
  readonly hasCarriageReturns: boolean;
}

/** The delimiters that are looked for, in the order of preference. */
export const CSV_DELIMITERS: readonly string[] = [",", ";", "\t", "|"];

const PREVIEW_ROWS = 50;

/**
 * The dialect of a file, from its beginning: the delimiter that gives the first rows as many cells as the header, two
 * at least; of several, the one that gives most cells. Where none does, the one that splits the header most, else a
 * comma. Give `delimiter` to fix it.
 */
export function sniffDialect(sample: string, delimiter?: string): CsvDialect {
  const newline = !sample.includes("\n") && sample.includes("\r") ? "\r" : "\n";
  const hasCarriageReturns = newline === "\n" && /^(?:[^"\n]|"[^"]*")*?\r\n/.test(sample);
  if (delimiter !== undefined) return { delimiter, newline, hasCarriageReturns };
  const candidates = CSV_DELIMITERS.map((candidate) => rate(sample, candidate, newline));
  const best = candidates.reduce((a, b) => (b.score > a.score ? b : a));
  return { delimiter: best.delimiter, newline, hasCarriageReturns };
}

/** Scores a delimiter: cells of the header, and a million where all rows agree on more than one. */
function rate(sample: string, delimiter: string, newline: "\n" | "\r"): { delimiter: string; score: number } {
  const parser = new Papa.Parser({ delimiter, newline, preview: PREVIEW_ROWS });
  const rows = (parser.parse(sample, 0, false) as { data: string[][] }).data.filter(
    (row) => row.join("").trim() !== "",
  );
  const complete = rows.length > 2 ? rows.slice(0, -1) : rows;
  const width = complete[0]?.length ?? 1;
  if (width === 1) return { delimiter, score: 0 };
  const agrees = complete.every((row) => row.length === width);
  return { delimiter, score: width + (agrees ? 1e6 : 0) };
}
