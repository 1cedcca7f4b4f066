import { access, constants, mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Comparison } from "../evaluate/contract/comparison-schema.js";
import type { Report } from "../evaluate/report-schema.js";
import { writeFileAtomically } from "../io/atomic-write.js";
import { toFileError } from "../io/file-error.js";
import { renderComparison } from "../report/render-comparison.js";
import { renderComparisonMarkdown } from "../report/render-comparison-markdown.js";
import { renderMarkdown } from "../report/render-markdown.js";
import { renderReport } from "../report/render-report.js";
import { serializeComparison, serializeReport } from "../report/report-json.js";
import { tableNameOf } from "./table-options.js";

interface WriteOptions {
  /** "md": a summary in Markdown beside the rest. */
  readonly format?: "md";
}

/** The folder of each synthetic table's report, made before any work: one table, the folder itself. Throws E_FILE_*. */
export async function claimReportFolders(
  output: string | undefined,
  tables: readonly string[],
): Promise<readonly string[] | undefined> {
  if (output === undefined) return undefined;
  const folders = tables.length === 1 ? [output] : reportNames(tables).map((name) => join(output, name));
  try {
    for (const folder of folders) {
      await mkdir(folder, { recursive: true });
      await access(folder, constants.W_OK);
    }
  } catch (cause) {
    throw toFileError(cause, output, "write");
  }
  return folders;
}

/** Each table's name without its extension; numbered where two tables share it. */
export function reportNames(tables: readonly string[]): string[] {
  const stems = tables.map(tableNameOf);
  return stems.map((stem, at) => (stems.filter((other) => other === stem).length > 1 ? `${stem}-${at + 1}` : stem));
}

/** Writes report.json and report.html, and report.md where it was asked for. */
export async function writeReport(
  report: Report,
  folder: string,
  { title, format }: WriteOptions & { readonly title: string },
  signal: AbortSignal,
): Promise<void> {
  const write = (name: string, text: string) => writeFileAtomically(join(folder, name), [text], { signal });
  await write("report.json", serializeReport(report));
  await write("report.html", renderReport(report, { title }));
  if (format === "md") await write("report.md", renderMarkdown(report, { title }));
}

/** Writes comparison.json and index.html, and comparison.md where it was asked for. */
export async function writeComparison(
  comparison: Comparison,
  folder: string,
  { format }: WriteOptions,
  signal: AbortSignal,
): Promise<void> {
  const write = (name: string, text: string) => writeFileAtomically(join(folder, name), [text], { signal });
  await write("comparison.json", serializeComparison(comparison));
  await write("index.html", renderComparison(comparison));
  if (format === "md") await write("comparison.md", renderComparisonMarkdown(comparison));
}
