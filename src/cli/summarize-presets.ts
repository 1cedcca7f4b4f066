import pc from "picocolors";
import type { Comparison } from "../evaluate/contract/comparison-schema.js";
import type { TrainedPresets } from "../evaluate/contract/trained-presets-schema.js";
import { presetCells, presetFigures } from "../report/preset-figures.js";
import type { CommandContext } from "./command-runner.js";
import { formatTable, wrapText } from "./format-text.js";
import { wantsColor } from "./streams.js";

const WIDTH = 100;

/** Several presets side by side, a row each; what is clearly better has a star, what failed says why. */
export function summarizePresets(comparison: Comparison, context: CommandContext, folder: string): string {
  const { bold, dim } = pc.createColors(wantsColor(context.streams));
  const training = comparison.training!;
  const figures = presetFigures(comparison);
  const rows = training.presets.map((preset) => [
    preset.name,
    ...figures.map(({ at }) => (preset.table === null ? "-" : at(preset.table))),
    ...presetCells(preset),
  ]);
  const ceilings = ["held-out rows", ...figures.map(({ ceiling }) => ceiling), "", ""];
  const heading = ["", ...figures.map(({ heading }) => heading), "Steps", "Seconds"];
  const [head, ...lines] = formatTable([heading, ceilings, ...rows], heading.map((_, at) => at).slice(1));
  return `${[
    "",
    bold(
      `${training.presets.length} presets, ${training.seeds.length === 1 ? "one seed" : `${training.seeds.length} seeds`}`,
    ),
    dim(head!),
    ...lines,
    dim("* clearly better than another: the 95 % intervals do not overlap"),
    ...troubles(training),
    "",
    `wrote ${bold(folder)}; open ${folder}/index.html`,
  ].join("\n")}\n`;
}

/** What failed and what the diagnostics found, a line each. */
function troubles({ presets }: TrainedPresets): string[] {
  const lines = presets.flatMap(({ name, runs }) =>
    runs.flatMap(({ seed, reason, findings }) => [
      ...(reason === undefined ? [] : [`${name}, seed ${seed}, failed: ${reason}`]),
      ...findings.map(({ step, message }) => `${name}, seed ${seed}, step ${step}: ${message}`),
    ]),
  );
  return lines.length === 0 ? [] : ["", ...lines.flatMap((line) => wrapText(line, WIDTH, "  "))];
}
