import { basename } from "node:path";
import { type ComparedTable, compareReports } from "../evaluate/compare-reports.js";
import { evaluate, type Report, readTable } from "../index.js";
import { renderComparisonMarkdown } from "../report/render-comparison-markdown.js";
import { renderMarkdown } from "../report/render-markdown.js";
import { validateSchema } from "../schema/validate-schema.js";
import { readAuditOptions } from "./audit-options.js";
import type { CommandContext, CommandResult } from "./command-runner.js";
import { defaultThreads } from "./fit-options.js";
import { readJsonFile } from "./read-config.js";
import { claimReportFolders, reportNames, writeComparison, writeReport } from "./report-files.js";
import type { ReportFlags } from "./report-flags.js";
import { summarizeComparison } from "./summarize-comparison.js";
import { summarizeReport } from "./summarize-report.js";
import { tableOptions } from "./table-options.js";

interface AuditedTable {
  readonly path: string;
  readonly title: string;
  readonly folder: string | undefined;
  readonly report: Report;
}

/** Audits each synthetic table, writes what was asked for, and lays several tables side by side. Throws as `evaluate` and `readTable` do. */
export async function auditTables(flags: ReportFlags, context: CommandContext): Promise<CommandResult> {
  const folders = await claimReportFolders(flags.output, flags.synthetic);
  const audit = await prepareAudit(flags, context);
  const audited: AuditedTable[] = [];
  for (const [at, path] of flags.synthetic.entries()) {
    const table = { path, title: basename(path), folder: folders?.[at], report: await audit(path) };
    if (table.folder !== undefined)
      await writeReport(table.report, table.folder, { ...flags, title: table.title }, context.signal);
    audited.push(table);
  }
  return audited.length === 1 ? describeOne(audited[0]!, flags, context) : describeSeveral(audited, flags, context);
}

/** Reads what all synthetic tables are compared with, once. */
async function prepareAudit(flags: ReportFlags, context: CommandContext): Promise<(path: string) => Promise<Report>> {
  const { signal, onProgress } = context;
  const { header, missing } = flags;
  const asked = await readAuditOptions(flags);
  const options = tableOptions({ header, missing }, context);
  const read = (path: string) => {
    onProgress({ kind: "stage", stage: "read", message: `reading ${path}` });
    return readTable(path, options);
  };
  const train = await read(flags.train);
  const holdout = flags.holdout === undefined ? undefined : await read(flags.holdout);
  const schema = flags.schema === undefined ? undefined : validateSchema(await readJsonFile(flags.schema));
  const { target, everyTarget, compat, seed } = flags;
  const threads = await defaultThreads();
  return async (path) => {
    return evaluate(
      { train, synthetic: await read(path), holdout, schema, target, everyTarget, compat, ...asked },
      { seed, threads, signal, onProgress },
    );
  };
}

function describeOne(audited: AuditedTable, flags: ReportFlags, context: CommandContext): CommandResult {
  const { path, title, folder, report } = audited;
  const json = { synthetic: path, ...(folder === undefined ? {} : { folder }), report };
  if (folder === undefined && flags.format === "md") return { json, text: renderMarkdown(report, { title }) };
  return printed(json, summarizeReport(report, context, { folder }), flags);
}

async function describeSeveral(
  audited: readonly AuditedTable[],
  flags: ReportFlags,
  context: CommandContext,
): Promise<CommandResult> {
  const names = reportNames(flags.synthetic);
  const tables = audited.map(
    ({ folder, report }, at): ComparedTable => ({
      name: names[at]!,
      folder: folder === undefined ? undefined : names[at]!,
      reports: [report],
    }),
  );
  const comparison = compareReports(tables);
  if (flags.output !== undefined) await writeComparison(comparison, flags.output, flags, context.signal);
  const reports = audited.map(({ path, folder, report }) => ({
    synthetic: path,
    ...(folder === undefined ? {} : { folder }),
    report,
  }));
  const json = { reports, comparison };
  if (flags.output === undefined && flags.format === "md") return { json, text: renderComparisonMarkdown(comparison) };
  const each = audited.map(({ path, report }) => summarizeReport(report, context, { title: path }));
  return printed(json, each.join("") + summarizeComparison(comparison, context, flags.output), flags);
}

/** Words for people: on stdout where they are the result, on stderr where files are. */
function printed(json: object, words: string, { output }: ReportFlags): CommandResult {
  return output === undefined ? { json, text: words } : { json, summary: words };
}
