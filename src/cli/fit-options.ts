import type { Command } from "commander";
import type { FitOptions } from "../facade/fit-options.js";
import type { ShareOptions } from "../facade/share.js";
import type { CommandContext } from "./command-runner.js";
import type { FitFlags, RunFlags } from "./fit-flags.js";
import { numberBetween, oneOf, wholeNumber } from "./parse-number.js";
import { addPrivacyOptions, type PrivacyFlags, readPrivacyOptions } from "./privacy-options.js";
import { addTableOptions, tableOptions } from "./table-options.js";

/** Share of the free memory that training may take. */
const MEMORY_SHARE = 0.9;

/** Adds the options of fitting and of auditing what was fitted, shared by `fit` and `share`. */
export function addFitOptions(command: Command): Command {
  return addHoldoutOptions(addPrivacyOptions(addTrainingOptions(command)))
    .option(
      "--target <column>",
      "column whose prediction is compared in the audit; with --epsilon what it needs is measured",
    )
    .option("--log <file.jsonl>", "write what happens in training as JSON lines, as it happens")
    .option(
      "--warm-start <model>",
      "begin with the weights of a model of the same columns; takes its schema and encoding",
    )
    .option("--resume", "go on where an interrupted run of the same command was; begin where there is no checkpoint")
    .option(
      "--checkpoint-every <seconds>",
      "how often training is kept in <output>.checkpoint, for --resume (default 60)",
      numberBetween("--checkpoint-every", 0, Number.POSITIVE_INFINITY),
    );
}

/** Adds the options of training. */
export function addTrainingOptions(command: Command): Command {
  const preset = "what to train (default balanced; see `synth presets`)";
  return addRunOptions(addTableOptions(command).option("--preset <name>", preset))
    .option(
      "--find-constraints",
      "keep rules of all kinds that every row holds (default: the clear ones, without --schema)",
    )
    .option("--no-find-constraints", "keep no rules but the schema's")
    .option("--config <file>", "JSON file with any part of the configuration")
    .option("--set <path=value>", "one setting, e.g. model.completion.batchSize=250 (repeatable)", collect, [])
    .option(
      "--min-category-count <n>",
      "a category seen in fewer rows is folded into a rare level (default 5)",
      wholeNumber("--min-category-count", 1),
    )
    .option("--epochs <n>", "passes over the training rows", numberBetween("--epochs", 0, Number.POSITIVE_INFINITY))
    .option("--auto", "answer what the diagnostics find while training (default: as the preset says; docs/training.md)")
    .option("--no-auto", "tell what they find and go on")
    .option("--seed <n>", "same seed, same result (but with --epsilon)", wholeNumber("--seed"), 1)
    .option("--backend <engine>", "onnx, tensorflow or cpu", oneOf("--backend", ["onnx", "tensorflow", "cpu"]), "onnx");
}

/** Adds what every command that trains follows, and what bounds each training. */
export function addRunOptions(command: Command): Command {
  return command
    .option("--schema <file>", "schema.json to follow instead of inferring one (see `synth schema`)")
    .option("--steps <n>", "bound of the training steps of each phase", wholeNumber("--steps", 1))
    .option("--minutes <m>", "bound of a training's time", numberBetween("--minutes", 0, Number.POSITIVE_INFINITY))
    .option(
      "--threads <n>",
      "threads of the engine (default: as many as cores, at most 2)",
      wholeNumber("--threads", 1, 256),
    );
}

/** Adds the rows that are not trained on. */
export function addHoldoutOptions(command: Command): Command {
  return command
    .option("--holdout <file>", "table to audit with; never trained on")
    .option("--holdout-share <share>", "share of the rows to set aside", numberBetween("--holdout-share", 0, 1));
}

/** The threads of the engine when none are asked for. */
export async function defaultThreads(): Promise<number> {
  const { availableParallelism } = await import("node:os");
  return Math.min(2, availableParallelism());
}

/** The library's options for what the command line gave. Throws E_USAGE_*, E_CONFIG_*, E_FILE_*. */
export async function readFitOptions(flags: FitFlags, context: CommandContext): Promise<ShareOptions & FitOptions> {
  const { readConfigSources } = await import("./read-config.js");
  const { loadModel } = await import("../index.js");
  const warmStart = flags.warmStart === undefined ? undefined : await loadModel(flags.warmStart);
  const preset = flags.preset ?? (flags.config === undefined ? warmStart?.config.preset : undefined);
  const sources = await readConfigSources({ ...flags, ...(preset !== undefined && { preset }) });
  return {
    ...sources,
    ...(await readRunOptions(flags, context)),
    findConstraints: flags.findConstraints,
    warmStart,
    privacy: readPrivacyOptions(flags),
    engine: flags.backend,
    onProgress: context.onProgress,
  };
}

/** The library's options for any training and its audit. Throws E_SCHEMA_*, E_FILE_*. */
export async function readRunOptions(flags: RunFlags & Pick<PrivacyFlags, "epsilon">, context: CommandContext) {
  const { readJsonFile } = await import("./read-config.js");
  const { freemem } = await import("node:os");
  const { validateSchema } = await import("../schema/validate-schema.js");
  const { readTable } = await import("../index.js");
  const { header, missing, epsilon, holdout, schema } = flags;
  const ofHoldout = tableOptions({ header, missing, epsilon }, context);
  return {
    schema: schema === undefined ? undefined : validateSchema(await readJsonFile(schema)),
    holdout: holdout === undefined ? undefined : await readTable(holdout, ofHoldout),
    holdoutShare: flags.holdoutShare,
    target: flags.target,
    maxSteps: flags.steps,
    minutes: flags.minutes,
    seed: flags.seed,
    threads: flags.threads ?? (await defaultThreads()),
    memoryBytes: MEMORY_SHARE * freemem(),
    signal: context.signal,
  };
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}
