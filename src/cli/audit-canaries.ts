import pc from "picocolors";
import { SynthError, usageError } from "../core/errors.js";
import type { CanaryGuarantee } from "../evaluate/contract/canary-schema.js";
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
  const { output, canaries, rows, confidence, epsilon, delta, ...others } = flags;
  const startedAt = context.streams.now();
  requireFollowed(flags);
  // Without --epsilon delta says only what the bound speaks of.
  const options = await readFitOptions({ ...others, ...(epsilon !== undefined && { epsilon, delta }) }, context);
  if (output !== undefined) await claimFile(output);
  context.onProgress({ kind: "stage", stage: "read", message: `reading ${path}` });
  const table = await readTable(path, tableOptions(flags, context));
  const report = await auditCanaries(table, { ...options, canaries, rows, confidence, delta });
  const elapsedMs = Math.round(context.streams.now() - startedAt);
  const json = { ...(output === undefined ? {} : { file: output }), seed: flags.seed, elapsedMs, canary: report };
  const words = summarizeCanaries(report, context);
  const failed = report.guarantee?.refuted ? { failure: guaranteeRefuted(report) } : {};
  if (output === undefined) return { json, text: words, ...failed };
  await writeTextFile(output, `${JSON.stringify(report, null, 2)}\n`, context);
  const summary = `${words}\nwrote ${output} in ${formatDuration(elapsedMs)}, seed ${flags.seed}\n`;
  return { json, summary, ...failed };
}

function requireFollowed({ target, epsilon }: CanaryFlags): void {
  if (target === undefined || epsilon !== undefined) return;
  throw usageError("E_USAGE_CONFLICT", "--target says what is measured with --epsilon, but --epsilon is not given", {
    where: "--target",
    hint: "give --epsilon 1, or leave it out",
  });
}

function guaranteeRefuted({ guarantee, epsilon }: CanaryReport): SynthError {
  const { epsilon: promised, delta, mechanism } = guarantee!;
  const found = Math.max(mechanism.lowerBound, epsilon.lowerBound).toFixed(2);
  const message = `epsilon ${promised} at delta ${delta} was promised, but it is at least ${found}: the guarantee is refuted`;
  return new SynthError("check", "E_PRIVACY_REFUTED", message, {
    hint: "release nothing that was made with this version with --epsilon; report it with canary.json (-o)",
  });
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

function figureRows({ auc, exposure, epsilon, guarantee }: CanaryReport): string[][] {
  const { median, max, byChance } = exposure;
  const written = (value: number | undefined, digits: number) => value?.toFixed(digits) ?? "unavailable";
  return [
    ["", "found", "if nothing is remembered", ""],
    ["telling planted records from others, AUC", written(auc.value, 3), "0.500", "1 = every one is known"],
    ["exposure, median", written(median.value, 1), byChance.median.toFixed(1), "bits"],
    ["exposure, largest", written(max.value, 1), byChance.max.toFixed(1), "bits"],
    ["epsilon is at least", epsilon.lowerBound.toFixed(2), "0.00", `${epsilon.largest.toFixed(2)} = all guesses right`],
    ...(guarantee === undefined ? [] : guaranteeRows(guarantee)),
  ];
}

function guaranteeRows({ epsilon, mechanism, control }: CanaryGuarantee): string[][] {
  const floor = (bound: number) => bound.toFixed(2);
  return [
    ["epsilon of the mechanism is at least", floor(mechanism.lowerBound), "0.00", `${epsilon} was promised`],
    ["the same with half the noise", floor(control.lowerBound), "0.00", "a control: what this audit can see"],
  ];
}
