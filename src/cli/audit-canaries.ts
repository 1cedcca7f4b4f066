import pc from "picocolors";
import { auditCanaries, type CanaryReport, readTable } from "../index.js";
import type { CanaryFlags } from "./canary-flags.js";
import type { CommandContext, CommandResult } from "./command-runner.js";
import { readFitOptions } from "./fit-options.js";
import { formatDuration, formatTable, wrapText } from "./format-text.js";
import { claimFile, writeTextFile } from "./output-file.js";
import { wantsColor } from "./streams.js";
import { tableOptions } from "./table-options.js";

/** Audits the training on one table with canaries; writes canary.json where that is asked for. Throws as `auditCanaries` and `readTable` do. */
export async function auditCanariesOf(
  path: string,
  flags: CanaryFlags,
  context: CommandContext,
): Promise<CommandResult> {
  const { output, canaries, rows, confidence, delta } = flags;
  const startedAt = context.streams.now();
  const options = await readFitOptions(flags, context);
  if (output !== undefined) await claimFile(output);
  context.onProgress({ kind: "stage", stage: "read", message: `reading ${path}` });
  const table = await readTable(path, tableOptions(flags, context));
  const report = await auditCanaries(table, { ...options, canaries, rows, confidence, delta });
  const elapsedMs = Math.round(context.streams.now() - startedAt);
  const json = { ...(output === undefined ? {} : { file: output }), seed: flags.seed, elapsedMs, canary: report };
  const words = summarizeCanaries(report, context);
  if (output === undefined) return { json, text: words };
  await writeTextFile(output, `${JSON.stringify(report, null, 2)}\n`, context);
  return { json, summary: `${words}\nwrote ${output} in ${formatDuration(elapsedMs)}, seed ${flags.seed}\n` };
}

function summarizeCanaries(report: CanaryReport, context: CommandContext): string {
  const { bold, dim, green, yellow, red } = pc.createColors(wantsColor(context.streams));
  const { level, sentences } = report.verdict;
  const paint = { good: green, caution: yellow, bad: red }[level];
  const width = Math.min(120, context.streams.stderr.columns ?? 120);
  const [head, ...rows] = formatTable(figureRows(report), [1, 2]);
  const verdict = [paint(bold(`verdict: ${level}`)), ...sentences.flatMap((line) => wrapText(line, width, "  "))];
  const omitted = report.tables.omitted.map(({ name, reason }) => dim(`  left out: "${name}" (${reason})`));
  return `${["", dim(head!), ...rows, "", ...verdict, ...omitted].join("\n")}\n`;
}

function figureRows({ auc, exposure, epsilon }: CanaryReport): string[][] {
  const { median, max, byChance } = exposure;
  const written = (value: number | undefined, digits: number) => value?.toFixed(digits) ?? "unavailable";
  return [
    ["", "found", "if nothing is remembered", ""],
    ["telling planted records from others, AUC", written(auc.value, 3), "0.500", "1 = every one is known"],
    ["exposure, median", written(median.value, 1), byChance.median.toFixed(1), "bits"],
    ["exposure, largest", written(max.value, 1), byChance.max.toFixed(1), "bits"],
    ["epsilon is at least", epsilon.lowerBound.toFixed(2), "0.00", `${epsilon.largest.toFixed(2)} = all guesses right`],
  ];
}
