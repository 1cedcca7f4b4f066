import { Command } from "commander";
import type { CanaryFlags } from "./canary-flags.js";
import { addCommonOptions, type CommandContext, type CommandResult, type RunCommand } from "./command-runner.js";
import { addTrainingOptions } from "./fit-options.js";
import { numberBetween, wholeNumber } from "./parse-number.js";
import { addPrivacyOptions } from "./privacy-options.js";
import { TABLE_ARGUMENT } from "./table-options.js";

/** `synth audit`: experiments on the training itself. */
export function makeAuditCommand(run: RunCommand): Command {
  return new Command("audit")
    .description("experiments on training itself: what a model remembers of single records")
    .addCommand(makeCanaryCommand(run))
    .addHelpText("after", "\nExample:\n  synth audit canary data.csv --steps 300");
}

function makeCanaryCommand(run: RunCommand): Command {
  const command = new Command("canary")
    .description(
      "plant made-up records, train with and without each, and see whether the synthetic rows give them away",
    )
    .argument("<table>", TABLE_ARGUMENT)
    .option("-o, --output <file>", "write all figures there as JSON (canary.json)")
    .option(
      "--canaries <n>",
      "records to make up (default: 2 % of the rows, 60 to 1,000)",
      wholeNumber("--canaries", 2),
    )
    .option(
      "--rows <n>",
      "synthetic rows that are searched (default: as many as the table has)",
      wholeNumber("--rows", 1),
    )
    .option("--confidence <share>", "of the bound on epsilon (default 0.95)", numberBetween("--confidence", 0, 1))
    .option("--target <column>", "with --epsilon: column to predict; what it needs is measured, as by `synth fit`");
  return addCommonOptions(addPrivacyOptions(addTrainingOptions(command)))
    .addHelpText(
      "after",
      "\nTrains two models: takes twice as long as `synth fit` with the same options. Each record is in one training, by the\n" +
        "toss of a coin. No model is kept and no row is written. With --epsilon both trainings are differentially private, the\n" +
        "mechanism is audited from inside too, and exit code 1 says that what was promised is refuted.\n" +
        "\nExample:\n  synth audit canary data.csv --minutes 5 -o canary.json\n" +
        "  synth audit canary data.csv --epsilon 1",
    )
    .action((path: string, flags: CanaryFlags) => run(flags, (context) => auditFile(path, flags, context)));
}

async function auditFile(path: string, flags: CanaryFlags, context: CommandContext): Promise<CommandResult> {
  const { auditCanariesOf } = await import("./audit-canaries.js");
  return auditCanariesOf(path, flags, context);
}
