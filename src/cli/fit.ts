import { Command } from "commander";
import { type SynthError, trainingError } from "../core/errors.js";
import {
  addCommonOptions,
  type CommandContext,
  type CommandResult,
  type CommonOptions,
  type RunCommand,
} from "./command-runner.js";
import { catchSpending } from "./describe-spending.js";
import type { FitFlags } from "./fit-flags.js";
import { addFitOptions, readFitOptions } from "./fit-options.js";
import { requireAllRows } from "./privacy-options.js";
import { TABLE_ARGUMENT, tableOptions } from "./table-options.js";

interface FitCommandFlags extends FitFlags, CommonOptions {
  readonly output: string;
}

/** `synth fit`: train a model on a table and save it; with a holdout, audit it as well. */
export function makeFitCommand(run: RunCommand): Command {
  const command = new Command("fit")
    .description("train a model on a table")
    .argument("<table>", TABLE_ARGUMENT)
    .option("-o, --output <file>", "the model file to write", "model.synth");
  return addCommonOptions(addFitOptions(command))
    .addHelpText(
      "after",
      "\nWith --holdout or --holdout-share the model is audited after training.\n" +
        "With --epsilon the plan of what is to be told of the rows is printed before anything is; the noise is drawn anew each\n" +
        "time, so that the same seed gives another model. See docs/differential-privacy.md.\n" +
        "\nExamples:\n  synth fit data.csv -o data.synth --preset balanced --seed 1\n" +
        "  synth fit data.csv -o data.synth --epsilon 1 --schema public-schema.json --target income",
    )
    .action((path: string, flags: FitCommandFlags) => run(flags, (context) => fitFile(path, flags, context)));
}

async function fitFile(path: string, flags: FitCommandFlags, context: CommandContext): Promise<CommandResult> {
  const { fit, readTable, setAside } = await import("../index.js");
  const { HELD_OUT_NOTICE } = await import("../facade/warm-start.js");
  const { openCheckpointFile } = await import("./checkpoint-file.js");
  const { claimFile, saveModelAt } = await import("./output-file.js");
  const { openTrainingLog } = await import("./training-log.js");
  const startedAt = context.streams.now();
  const options = await readFitOptions(flags, context);
  await claimFile(flags.output);
  context.onProgress({ kind: "stage", stage: "read", message: `reading ${path}` });
  const table = await readTable(path, tableOptions(flags, context));
  requireAllRows(table, flags);
  const audits = options.holdout !== undefined || options.holdoutShare !== undefined;
  const { train, holdout } = audits ? setAside(table, options) : { train: table, holdout: undefined };
  if (audits && options.warmStart !== undefined) context.onProgress(HELD_OUT_NOTICE);
  const checkpoint = await openCheckpointFile(flags.output, flags, context);
  const { keeper } = checkpoint;
  const log = openTrainingLog(flags.log, keeper.from !== undefined, context);
  const { onProgress, plan } = catchSpending(log.onProgress);
  const model = await checkpoint.during(() => fit(train, { ...options, checkpoints: keeper, onProgress }));
  log.close();
  const bytes = await saveModelAt(model, flags.output, context);
  await checkpoint.remove();
  const { diverged } = model.generator.log;
  if (diverged !== undefined) throw divergedModel(diverged.step, flags.output);
  const { summarizeModel } = await import("./summarize-model.js");
  const { summarizeReport } = await import("./summarize-report.js");
  const { drawAndAudit } = await import("../facade/draw-and-audit.js");
  const report = holdout === undefined ? undefined : (await drawAndAudit(model, { train, holdout }, options)).report;
  const elapsedMs = context.streams.now() - startedAt;
  return {
    json: {
      model: flags.output,
      bytes,
      seed: flags.seed,
      rows: model.schema.rowCount,
      elapsedMs: Math.round(elapsedMs),
      notes: model.generator.log.notes,
      ...(model.privacy && { privacy: { plan: plan() ?? [], ...model.privacy } }),
      ...(report === undefined ? {} : { report }),
    },
    summary:
      summarizeModel(model, context, { elapsedMs, path: flags.output, bytes }) +
      (report === undefined ? "" : summarizeReport(report, context, {})),
  };
}

function divergedModel(step: number, path: string): SynthError {
  return trainingError("E_TRAIN_DIVERGED", `a loss was not a number at step ${step}`, {
    where: `step ${step}`,
    hint: `${path} holds the best weights before it; a lower learning rate may get further (see \`synth inspect\`)`,
  });
}
