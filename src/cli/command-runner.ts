import type { Command } from "commander";
import { type SynthError, throwIfAborted, usageError } from "../core/errors.js";
import type { OnProgress } from "../core/progress.js";
import { EXIT_CODES } from "./exit-code.js";
import { describeError, formatError } from "./format-error.js";
import { type Streams, wantsColor, writeText } from "./streams.js";

/** Options that every command has. */
export interface CommonOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** What a command works with. */
export interface CommandContext {
  readonly streams: Streams;
  readonly options: CommonOptions;
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal;
  /** Prints a line for people on stderr, unless --quiet or --json. */
  say(line: string): void;
}

/** What a command ends with. */
export interface CommandResult {
  /** What --json prints: one object. */
  readonly json: object;
  /** Result for people, on stdout. */
  readonly text?: string;
  /** Closing words for people, on stderr. */
  readonly summary?: string;
  /** A check that did not pass: printed after the result (with --json as the object's `error`), decides the exit code. */
  readonly failure?: SynthError;
}

export type RunCommand = (
  options: CommonOptions,
  work: (context: CommandContext) => Promise<CommandResult>,
) => Promise<void>;

/** Adds the options that every command has. */
export function addCommonOptions(command: Command): Command {
  return command
    .option("--json", "print one JSON object on stdout, nothing else")
    .option("--quiet", "print nothing but results and errors")
    .option("--verbose", "print more of what is going on");
}

/** The function that runs a command's work with a progress display and prints what it ends with. */
export function makeCommandRunner(streams: Streams, setExitCode: (code: number) => void): RunCommand {
  return async (options, work) => {
    if (options.quiet && options.verbose) {
      throw usageError("E_USAGE_CONFLICT", "--quiet and --verbose exclude each other", { hint: "give one of them" });
    }
    const result = await runWithDisplay(streams, options, work);
    if (options.json) await printJson(streams, result);
    else await printText(streams, options, result);
    if (result.failure !== undefined) setExitCode(EXIT_CODES[result.failure.kind]);
  };
}

async function runWithDisplay(
  streams: Streams,
  options: CommonOptions,
  work: (context: CommandContext) => Promise<CommandResult>,
): Promise<CommandResult> {
  const { makeProgressDisplay, makeSilentDisplay } = await import("./progress-display.js");
  const silent = options.json === true || options.quiet === true;
  const display = silent ? makeSilentDisplay() : makeProgressDisplay(streams, options.verbose === true);
  const say = (line: string) => {
    if (silent) return;
    display.finish(true);
    streams.stderr.write(`${line}\n`);
  };
  try {
    const result = await work({ streams, options, onProgress: display.onProgress, signal: streams.signal, say });
    throwIfAborted(streams.signal);
    display.finish(true);
    return result;
  } catch (error) {
    display.finish(false);
    throw error;
  }
}

async function printJson(streams: Streams, result: CommandResult): Promise<void> {
  const failure = result.failure === undefined ? {} : { error: describeError(result.failure) };
  await writeText(streams.stdout, `${JSON.stringify({ ...result.json, ...failure }, null, 2)}\n`);
}

async function printText(streams: Streams, options: CommonOptions, result: CommandResult): Promise<void> {
  if (result.text !== undefined) await writeText(streams.stdout, result.text);
  if (!options.quiet && result.summary !== undefined) streams.stderr.write(result.summary);
  if (result.failure !== undefined) streams.stderr.write(formatError(result.failure, wantsColor(streams)));
}
