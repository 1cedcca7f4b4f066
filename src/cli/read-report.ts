import { readFile } from "node:fs/promises";
import type { Report } from "../evaluate/report-schema.js";
import { toFileError } from "../io/file-error.js";
import { parseReport } from "../report/parse-report.js";

/** The report of a report.json. Throws E_FILE_*, E_REPORT_*. */
export async function readReport(path: string): Promise<Report> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    throw toFileError(cause, path, "read");
  }
  return parseReport(text, path);
}
