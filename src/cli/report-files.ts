import { access, constants, mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Report } from "../evaluate/report-schema.js";
import { writeFileAtomically } from "../io/atomic-write.js";
import { toFileError } from "../io/file-error.js";
import { renderReport } from "../report/render-report.js";
import { serializeReport } from "../report/report-json.js";
import { tableNameOf } from "./table-options.js";

/** The folder of each synthetic table's report, made before any work: one table, the folder itself. Throws E_FILE_*. */
export async function claimReportFolder(
  output: string | undefined,
  tables: readonly string[],
): Promise<readonly string[] | undefined> {
  if (output === undefined) return undefined;
  const folders = tables.length === 1 ? [output] : tables.map((path, at) => join(output, nameOf(path, at, tables)));
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

/** Writes report.json and report.html. */
export async function writeReport(report: Report, folder: string, title: string, signal: AbortSignal): Promise<void> {
  await writeFileAtomically(join(folder, "report.json"), [serializeReport(report)], { signal });
  await writeFileAtomically(join(folder, "report.html"), [renderReport(report, { title })], { signal });
}

/** A table's name without its extension; numbered when two tables share it. */
function nameOf(path: string, at: number, tables: readonly string[]): string {
  const stem = tableNameOf(path);
  const isShared = tables.filter((other) => tableNameOf(other) === stem).length > 1;
  return isShared ? `${stem}-${at + 1}` : stem;
}
