import { Command } from "commander";
import type { PresetDescription, PresetSource } from "../gan/preset-descriptions.js";
import { addCommonOptions, type CommandResult, type CommonOptions, type RunCommand } from "./command-runner.js";
import { wrapText } from "./format-text.js";

const WIDTH = 100;

/** `synth presets`: what can be trained, with its source; or one preset's whole configuration. */
export function makePresetsCommand(run: RunCommand): Command {
  const command = new Command("presets")
    .description("list what can be trained: each preset, what it is good for and where it comes from")
    .argument("[name]", "print this preset's whole configuration, as --config takes it");
  return addCommonOptions(command)
    .addHelpText(
      "after",
      "\nA configuration file holds any part of what is printed; `gan.` is another name of `model.`.\n" +
        "\nExamples:\n  synth presets\n  synth presets wgan-gp > mine.json     then: synth fit data.csv --config mine.json",
    )
    .action((name: string | undefined, flags: CommonOptions) =>
      run(flags, () => (name === undefined ? listPresets() : printPreset(name))),
    );
}

async function listPresets(): Promise<CommandResult> {
  const { DEFAULT_PRESET, PRESET_DESCRIPTIONS } = await import("../index.js");
  const presets = Object.entries(PRESET_DESCRIPTIONS).map(([name, description]) => ({
    name,
    default: name === DEFAULT_PRESET,
    ...description,
  }));
  const next = "\n`synth presets <name>` prints a whole configuration; `synth compare` trains several side by side.\n";
  return { json: { presets }, text: presets.map(formatPreset).join("\n") + next };
}

async function printPreset(name: string): Promise<CommandResult> {
  const { resolveConfig } = await import("../index.js");
  const config = resolveConfig({ preset: name });
  return { json: config, text: `${JSON.stringify(config, null, 2)}\n` };
}

function formatPreset(preset: PresetDescription & { readonly name: string; readonly default: boolean }): string {
  const lines = [
    ...wrapText(preset.title, WIDTH, "  "),
    ...wrapText(`for: ${preset.goodFor}`, WIDTH, "  "),
    `  after ${preset.sources.map(formatSource).join("; ")}`,
  ];
  return `${preset.name}${preset.default ? " (default)" : ""}\n${lines.join("\n")}\n`;
}

function formatSource({ authors, year, arxiv }: PresetSource): string {
  return `${authors} ${year}, arXiv:${arxiv}`;
}
