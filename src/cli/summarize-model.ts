import pc from "picocolors";
import type { SynthModel } from "../artifact/model.js";
import type { CommandContext } from "./command-runner.js";
import { formatBytes, formatCount, formatDuration } from "./format-text.js";
import { wantsColor } from "./streams.js";

interface SummaryOptions {
  readonly path: string;
  readonly bytes: number;
  readonly elapsedMs: number;
}

/** What was trained, how it ended, where it lies and what to do next. */
export function summarizeModel(model: SynthModel, context: CommandContext, options: SummaryOptions): string {
  const { bold, dim } = pc.createColors(wantsColor(context.streams));
  const { schema, config, seed, generator } = model;
  const lines = [
    `wrote ${bold(options.path)} (${formatBytes(options.bytes)}) in ${formatDuration(options.elapsedMs)}: ` +
      `${formatCount(schema.rowCount)} rows, ${schema.columns.length} columns, preset ${config.preset}, seed ${seed}`,
    ...generator.log.notes.map((note) => dim(`  ${note}`)),
    `next: synth sample ${options.path} -o synthetic.csv`,
  ];
  return `${lines.join("\n")}\n`;
}
