import { Command, CommanderError } from "commander";
import { SynthError } from "../core/errors.js";
import { VERSION } from "../core/version.js";
import { makeAuditCommand } from "./audit.js";
import { makeBenchCommand } from "./bench.js";
import { makeCheckCommand } from "./check.js";
import { makeCommandRunner } from "./command-runner.js";
import { makeCompareCommand } from "./compare.js";
import { EXIT_CODES } from "./exit-code.js";
import { makeFitCommand } from "./fit.js";
import { makeImputeCommand } from "./impute.js";
import { makeInspectCommand } from "./inspect.js";
import { makePresetsCommand } from "./presets.js";
import { makeReportCommand } from "./report.js";
import { makeSampleCommand } from "./sample.js";
import { makeSchemaCommand } from "./schema.js";
import { makeShareCommand } from "./share.js";
import { READER_GONE, type Streams, wantsColor } from "./streams.js";

/** Runs one command line (without "node" and the program's name). Returns the exit code; never throws, never exits. */
export async function runSynth(argv: readonly string[], streams: Streams): Promise<number> {
  let exitCode = 0;
  const program = makeProgram(streams, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(argv.length === 0 ? ["--help"] : [...argv], { from: "user" });
    return exitCode;
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return 0; // --help and --version
    if (streams.signal.reason === READER_GONE) return 0;
    const error = await explain(thrown, argv);
    await printError(error, argv, streams);
    return EXIT_CODES[error.kind];
  }
}

function makeProgram(streams: Streams, setExitCode: (code: number) => void): Command {
  const program = new Command("synth")
    .description("Synthetic tabular data with the evidence: train, sample, audit.")
    .version(VERSION)
    .addHelpText(
      "after",
      "\nExample:\n  synth share data.csv -o shared     synthetic rows, the model and the audit in one folder\n" +
        "\nExit codes: 0 done, 1 a check failed, 2 usage, 3 the data, 4 a file, 5 training, 70 a defect, 130 interrupted",
    );
  const run = makeCommandRunner(streams, setExitCode);
  const commands = [
    makeShareCommand,
    makeFitCommand,
    makeSampleCommand,
    makeImputeCommand,
    makeReportCommand,
    makeCheckCommand,
    makeAuditCommand,
    makeSchemaCommand,
    makeInspectCommand,
    makePresetsCommand,
    makeCompareCommand,
    makeBenchCommand,
  ];
  for (const makeCommand of commands) program.addCommand(makeCommand(run));
  for (const command of withCommandsOf(program)) {
    command
      .exitOverride()
      .showSuggestionAfterError()
      .configureOutput({
        writeOut: (text) => streams.stdout.write(text),
        writeErr: () => {}, // errors are printed in our format
      });
  }
  return program;
}

/** A command and the commands of its own, theirs included. */
function withCommandsOf(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withCommandsOf)];
}

async function explain(thrown: unknown, argv: readonly string[]): Promise<SynthError> {
  if (thrown instanceof CommanderError) {
    const { fromCommanderError } = await import("./parse-error.js");
    const command = argv[0] !== undefined && !argv[0].startsWith("-") ? `synth ${argv[0]}` : "synth";
    return fromCommanderError(thrown, thrown.code === "commander.unknownCommand" ? "synth" : command);
  }
  if (thrown instanceof SynthError && thrown.code === "E_INTERRUPTED") {
    return thrown.hint === undefined ? interrupted(argv) : thrown;
  }
  const { toSynthError } = await import("./defect-log.js");
  return toSynthError(thrown, argv);
}

function interrupted(argv: readonly string[]): SynthError {
  const cheaper = ["fit", "share", "audit"].includes(argv[0] ?? "") ? ", or bound the training with --minutes" : "";
  const kept = argv[0] === "compare" ? "; the trainings that had ended stand in the folder" : "";
  return new SynthError("interrupted", "E_INTERRUPTED", `interrupted; no unfinished file was left behind${kept}`, {
    hint: `to go on, run the same command again${cheaper}`,
  });
}

async function printError(error: SynthError, argv: readonly string[], streams: Streams): Promise<void> {
  const { describeError, formatError } = await import("./format-error.js");
  if (argv.includes("--json")) streams.stdout.write(`${JSON.stringify({ error: describeError(error) }, null, 2)}\n`);
  else streams.stderr.write(formatError(error, wantsColor(streams), argv.includes("--verbose")));
}
