import type { ZodType } from "zod";
import { SynthError } from "../core/errors.js";
import { type Comparison, comparisonSchema } from "../evaluate/contract/comparison-schema.js";
import { type Report, reportSchema } from "../evaluate/report-schema.js";

/**
 * The text of report.json: checked against the schema, keys in the schema's order (those of `method` sorted), two spaces of
 * indent, a line end at the end. The same report gives the same bytes. Throws E_REPORT_INVALID (a defect) with the paths of
 * what does not fit, such as a figure that is NaN; nothing invalid is ever written.
 */
export function serializeReport(report: Report): string {
  const { method, privacy, ...rest } = requireValid(reportSchema, report, "report.json");
  const audit = privacy.method === undefined ? privacy : { ...privacy, method: sortKeys(privacy.method) };
  return `${JSON.stringify({ ...rest, privacy: audit, method: sortKeys(method) }, null, 2)}\n`;
}

/** The text of comparison.json, as serializeReport makes it. */
export function serializeComparison(comparison: Comparison): string {
  return `${JSON.stringify(requireValid(comparisonSchema, comparison, "comparison.json"), null, 2)}\n`;
}

function requireValid<T>(schema: ZodType<T>, content: T, where: string): T {
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  const paths = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new SynthError("defect", "E_REPORT_INVALID", `${where} would not fit its schema: ${paths.join("; ")}`, {
    where,
    hint: "please report this as a defect",
  });
}

function sortKeys<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
