import { Command } from "commander";
import type { SynthModel } from "../artifact/model.js";
import type { RoundsSetting } from "../gan/inference/rounds-setting.js";
import {
  addCommonOptions,
  type CommandContext,
  type CommandResult,
  type CommonOptions,
  type RunCommand,
} from "./command-runner.js";
import { formatCount, formatTable } from "./format-text.js";
import { tableNameOf } from "./table-options.js";

interface InspectFlags extends CommonOptions {
  readonly html?: string;
}

/** `synth inspect`: what is inside a model file. */
export function makeInspectCommand(run: RunCommand): Command {
  const command = new Command("inspect")
    .description("show what is inside a model: schema, configuration, training log, privacy")
    .argument("<model>", "a model file, made by `synth fit` or `synth share`")
    .option("--html <file>", "write how it was trained as a page: curves, what was found, drawn rows through time");
  return addCommonOptions(command)
    .addHelpText("after", "\nExamples:\n  synth inspect data.synth\n  synth inspect data.synth --html training.html")
    .action((path: string, flags: InspectFlags) => run(flags, (context) => inspectModel(path, flags, context)));
}

async function inspectModel(path: string, flags: InspectFlags, context: CommandContext): Promise<CommandResult> {
  const { claimFile } = await import("./output-file.js");
  const { listSettings, loadModel } = await import("../index.js");
  if (flags.html !== undefined) await claimFile(flags.html);
  const model = await loadModel(path);
  const { schema, constraints, config, generator, seed } = model;
  const { describeTransform } = await import("../constraints/describe-transform.js");
  const weightCount = Object.values(generator.weights).reduce((sum, weight) => sum + weight.data.length, 0);
  const columns = schema.columns.map(({ name, type, distinctCount }) => [name, type, formatCount(distinctCount)]);
  // A private model's levels are made of noisy counts: the settings of the encoding were not followed.
  const followed = listSettings(config).filter(
    ([name]) => model.privacy === undefined || !name.startsWith("encoding."),
  );
  const settings = followed.map(([name, value]) => [name, JSON.stringify(value)]);
  const { describePrivacy } = await import("./describe-privacy.js");
  const { describeTraining } = await import("./describe-training.js");
  const page = flags.html === undefined ? undefined : await writePage(model, path, flags.html, context);
  const sections = [
    [
      "Model",
      [
        `trained on ${formatCount(schema.rowCount)} rows with preset ${config.preset} and seed ${seed}`,
        `${formatCount(weightCount)} weights, ${generator.fields.length} fields`,
      ],
    ],
    ["Columns", formatTable([["column", "type", "distinct"], ...columns], [2])],
    ...(constraints === undefined
      ? []
      : [["Constraints", constraints.transforms.map((one) => describeTransform(one).message)] as const]),
    ["Configuration", formatTable(settings)],
    ["Rounds", roundsTable(generator.state.rounds)],
    ["Training", describeTraining(generator.log, { allEntries: flags.verbose === true })],
    ["Privacy", describePrivacy(model.privacy)],
  ] as const;
  const text = sections.map(([title, lines]) => `${title}\n${lines.map((line) => `  ${line}\n`).join("")}`).join("\n");
  return {
    json: {
      seed,
      schema,
      constraints: constraints ?? null,
      config,
      fields: generator.fields,
      weightCount,
      rounds: generator.state.rounds ?? null,
      training: generator.log,
      privacy: model.privacy ?? { ledger: [] },
      ...(page !== undefined && { page }),
    },
    ...(page === undefined ? { text } : { summary: `wrote ${page}\n` }),
  };
}

/** Writes the page of the model's training; `path`: the model's file, which names it. */
async function writePage(model: SynthModel, path: string, output: string, context: CommandContext): Promise<string> {
  const { renderTrainingPage } = await import("../facade/render-training-page.js");
  const { writeTextFile } = await import("./output-file.js");
  await writeTextFile(output, renderTrainingPage(model, tableNameOf(path)), context);
  return output;
}

/** What `synth sample --rounds` can choose from, and what each costs. */
function roundsTable(settings: unknown): string[] {
  if (settings === undefined) return ["rows are drawn in one round"];
  const rows = (settings as readonly RoundsSetting[]).map(({ rounds, order, pairError, refined }) => [
    `${rounds}`,
    `${(100 * pairError).toFixed(2)} %`,
    `${order.kind === "one-by-one" ? "one column a round" : ""}${refined ? "trained against a critic" : ""}`,
  ]);
  return formatTable([["rounds", "pair error", ""], ...rows], [0, 1]);
}
