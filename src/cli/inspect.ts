import { Command } from "commander";
import type { RoundsSetting } from "../gan/inference/rounds-setting.js";
import { addCommonOptions, type CommandResult, type CommonOptions, type RunCommand } from "./command-runner.js";
import { formatCount, formatTable } from "./format-text.js";

/** `synth inspect`: what is inside a model file. */
export function makeInspectCommand(run: RunCommand): Command {
  const command = new Command("inspect")
    .description("show what is inside a model: schema, configuration, training log, privacy")
    .argument("<model>", "a model file, made by `synth fit` or `synth share`");
  return addCommonOptions(command)
    .addHelpText("after", "\nExample:\n  synth inspect data.synth --json")
    .action((path: string, flags: CommonOptions) => run(flags, () => inspectModel(path, flags)));
}

async function inspectModel(path: string, flags: CommonOptions): Promise<CommandResult> {
  const { listSettings, loadModel } = await import("../index.js");
  const { schema, constraints, config, generator, seed } = await loadModel(path);
  const { describeTransform } = await import("../constraints/describe-transform.js");
  const weightCount = Object.values(generator.weights).reduce((sum, weight) => sum + weight.data.length, 0);
  const columns = schema.columns.map(({ name, type, distinctCount }) => [name, type, formatCount(distinctCount)]);
  const settings = listSettings(config).map(([name, value]) => [name, JSON.stringify(value)]);
  const entries = flags.verbose ? generator.log.entries : lastOfEachPhase(generator.log.entries);
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
    ["Training", [...generator.log.notes, ...entries.map(formatEntry)]],
    [
      "Privacy",
      [
        "No training row is stored. No differential privacy was promised: the ledger is empty.",
        "What the rows reveal is measured, not proven: see the report that `synth share` or `synth report` writes.",
      ],
    ],
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
      privacy: { ledger: [] },
    },
    text,
  };
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

type Entry = Readonly<Record<string, number | string>> & { readonly phase: string; readonly step: number };

function lastOfEachPhase(entries: readonly Entry[]): Entry[] {
  return [...new Map(entries.map((entry) => [entry.phase, entry])).values()];
}

function formatEntry(entry: Entry): string {
  const { phase, step, ...measures } = entry;
  const words = Object.entries(measures).map(
    ([name, value]) => `${name} ${typeof value === "number" ? Number(value.toPrecision(4)) : value}`,
  );
  return `${phase}, step ${step}: ${words.join(", ")}`;
}
