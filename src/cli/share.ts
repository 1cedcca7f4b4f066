import { Command } from "commander";
import { SynthError } from "../core/errors.js";
import type { Report } from "../evaluate/report-schema.js";
import type { WrittenFolder } from "../facade/shared-folder.js";
import { type AuditFlags, addAuditOptions, readAuditOptions } from "./audit-options.js";
import {
  addCommonOptions,
  type CommandContext,
  type CommandResult,
  type CommonOptions,
  type RunCommand,
} from "./command-runner.js";
import { addCopyFilterOptions, type CopyFilterFlags, describeFilter, minDistanceOf } from "./copy-filter-options.js";
import { catchSpending } from "./describe-spending.js";
import type { FitFlags } from "./fit-flags.js";
import { addFitOptions, readFitOptions } from "./fit-options.js";
import { wholeNumber } from "./parse-number.js";
import { requireAllRows } from "./privacy-options.js";
import { TABLE_ARGUMENT, tableNameOf, tableOptions } from "./table-options.js";

interface ShareFlags extends FitFlags, AuditFlags, CopyFilterFlags, CommonOptions {
  readonly output?: string;
  readonly force?: boolean;
  readonly shadow?: number;
}

/** `synth share`: fit, sample, audit, apply the release policy, write the folder. */
export function makeShareCommand(run: RunCommand): Command {
  const command = new Command("share")
    .description("make synthetic rows of a table and the evidence about them, in one folder")
    .argument("<table>", TABLE_ARGUMENT)
    .option("-o, --output <folder>", "the folder to write (default: the table's name and -synthetic)")
    .option("--force", "write into a folder that holds other files (they stay)")
    .option(
      "--shadow <n>",
      "train n more models, 8 or so, for a stronger membership attack: each takes as long as the model itself",
      wholeNumber("--shadow", 2),
    );
  return addCommonOptions(addFitOptions(addCopyFilterOptions(addAuditOptions(command))))
    .addHelpText(
      "after",
      "\nWrites synthetic.csv, model.synth, report.html, report.json, training.html, schema.json and README.md: all or none.\n" +
        "Where the release policy is not met the folder's name ends in -NOT-SHAREABLE, NOT-SHAREABLE.md in it says why, and\n" +
        "the exit code is 1. An earlier output of the same name, with or without that ending, makes way for the new one.\n" +
        "With --no-copies or --min-distance model.synth is left out: whoever has it can draw the dropped rows.\n" +
        "With --epsilon the folder holds only what differential privacy covers, and guarantee.json says what that is; the report,\n" +
        "which is computed on real rows, goes to a folder beside it whose name ends in -report-not-private.\n" +
        "\nExamples:\n  synth share examples/birdstrikes.csv -o out/birdstrikes\n" +
        "  synth share examples/birdstrikes.csv --epsilon 1 -o out/birdstrikes",
    )
    .action((path: string, flags: ShareFlags) => run(flags, (context) => shareFile(path, flags, context)));
}

async function shareFile(path: string, flags: ShareFlags, context: CommandContext): Promise<CommandResult> {
  const { basename } = await import("node:path");
  const output = flags.output ?? `${tableNameOf(path)}-synthetic`;
  const { openSharedFolder, readTable, share } = await import("../index.js");
  const startedAt = context.streams.now();
  const asked = { ...(await readFitOptions(flags, context)), ...(await readAuditOptions(flags)) };
  const options = { ...asked, shadowModels: flags.shadow, minDistance: minDistanceOf(flags) };
  const { openCheckpointFile } = await import("./checkpoint-file.js");
  const { openTrainingLog } = await import("./training-log.js");
  const { signal } = context;
  context.onProgress({ kind: "stage", stage: "read", message: `reading ${path}` });
  const table = await readTable(path, tableOptions(flags, context));
  requireAllRows(table, flags);
  const folder = await openSharedFolder(output, { force: flags.force === true });
  try {
    const checkpoint = await openCheckpointFile(output, flags, context);
    const { keeper } = checkpoint;
    const log = openTrainingLog(flags.log, keeper.from !== undefined, context);
    const { onProgress, plan } = catchSpending(log.onProgress);
    const { shared, written } = await checkpoint.during(async () => {
      const shared = await share(table, { ...options, checkpoints: keeper, onProgress });
      context.onProgress({ kind: "stage", stage: "write", message: "writing the folder" });
      return { shared, written: await folder.write(shared, { source: basename(path), signal }) };
    });
    log.close();
    await checkpoint.remove();
    if (written.replaced !== undefined) context.say(`note: the earlier output ${written.replaced} was replaced`);
    const { summarizeReport } = await import("./summarize-report.js");
    const { shareable, failures } = shared.report.release;
    const elapsedMs = context.streams.now() - startedAt;
    return {
      json: {
        ...written,
        shareable,
        failures,
        ...(shared.filtered === undefined ? {} : { dropped: shared.filtered.dropped, leak: shared.filtered.leak }),
        ...(shared.model.privacy && { privacy: { plan: plan() ?? [], ...shared.model.privacy } }),
        seed: flags.seed,
        elapsedMs: Math.round(elapsedMs),
        report: shared.report,
      },
      summary:
        notesOf(shared.model.generator.log.notes, flags) +
        (shared.filtered === undefined ? "" : describeFilter(shared.filtered.dropped, shared.filtered.leak)) +
        summarizeReport(shared.report, context, { elapsedMs, ...placesOf(written), seed: flags.seed }) +
        (written.withheld === undefined ? "" : `keep ${written.withheld.folder} where the real rows are\n`),
      ...failureOf(shared.report.release, written),
    };
  } finally {
    await folder.discard();
  }
}

/** How the phases of training ended, for those who want more. */
function notesOf(notes: readonly string[], flags: CommonOptions): string {
  return flags.verbose ? notes.map((note) => `  ${note}\n`).join("") : "";
}

function placesOf({ folder, withheld }: WrittenFolder): { folder: string; page: string } {
  return {
    folder,
    page: withheld === undefined ? `${folder}/report.html` : `${withheld.folder}/report-not-private.html`,
  };
}

function failureOf({ shareable, failures }: Report["release"], written: WrittenFolder): { failure?: SynthError } {
  if (shareable) return {};
  const reasons = failures.map(({ message }) => message).join(" ");
  const advice = failures.find((failure) => failure.advice !== undefined)?.advice;
  return {
    failure: new SynthError("check", "E_CHECK_RELEASE", `these rows should not be shared: ${reasons}`, {
      where: written.folder,
      hint: `${written.withheld === undefined ? "NOT-SHAREABLE.md in the folder" : `${written.withheld.folder}/NOT-SHAREABLE-not-private.md`} says more${advice === undefined ? "" : `. ${advice}`}`,
    }),
  };
}
