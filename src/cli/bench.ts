import { Command } from "commander";
import {
  addCommonOptions,
  type CommandContext,
  type CommandResult,
  type CommonOptions,
  type RunCommand,
} from "./command-runner.js";
import { defaultThreads } from "./fit-options.js";
import { formatTable } from "./format-text.js";
import type { EngineOptions, EngineTimes } from "./measure-engine.js";
import { wholeNumber } from "./parse-number.js";
import type { OperatorTime } from "./read-profile.js";

interface BenchFlags extends CommonOptions {
  readonly threads?: number;
  readonly rounds: number;
  readonly profile?: boolean;
}

/** `synth bench`: how fast this machine trains. */
export function makeBenchCommand(run: RunCommand): Command {
  const command = new Command("bench")
    .description("time this machine's engine: training steps of a standard size beside their matrix products alone")
    .option("--threads <n>", "threads inside a step (default: as `synth fit`)", wholeNumber("--threads", 1, 256))
    .option("--rounds <n>", "how often to measure", wholeNumber("--rounds", 1, 10_000), 10)
    .option("--profile", "show the share of each kind of operator");
  return addCommonOptions(command)
    .addHelpText("after", "\nExample:\n  synth bench --profile --threads 1")
    .action((flags: BenchFlags) => run(flags, (context) => benchEngine(flags, context)));
}

async function benchEngine(flags: BenchFlags, context: CommandContext): Promise<CommandResult> {
  const { measureEngine } = await import("./measure-engine.js");
  const threads = flags.threads ?? (await defaultThreads());
  const options = { threads, rounds: flags.rounds, now: context.streams.now };
  const times = await measureEngine(options);
  const profile = flags.profile ? await profileEngine({ ...options, rounds: Math.min(flags.rounds, 5) }) : undefined;
  return {
    json: { threads, rounds: flags.rounds, ...times, ...(profile !== undefined && { profile }) },
    text: formatTimes(threads, times) + (profile === undefined ? "" : formatProfile(profile)),
  };
}

type EngineProfile = Readonly<Record<keyof EngineTimes, readonly OperatorTime[]>>;

/** Measures again with onnxruntime's profiler on, in a folder that is removed. */
async function profileEngine(options: EngineOptions): Promise<EngineProfile> {
  const [{ measureEngine }, { readProfile }] = await Promise.all([
    import("./measure-engine.js"),
    import("./read-profile.js"),
  ]);
  const [{ mkdtemp, rm }, { tmpdir }, { join }] = await Promise.all([
    import("node:fs/promises"),
    import("node:os"),
    import("node:path"),
  ]);
  const profileFolder = await mkdtemp(join(tmpdir(), "synth-bench-"));
  try {
    await measureEngine({ ...options, profileFolder });
    return {
      completion: await readProfile(profileFolder, ["completion"]),
      ctgan: await readProfile(profileFolder, ["residual-critic-step", "residual-generator-step"]),
    };
  } finally {
    await rm(profileFolder, { recursive: true, force: true });
  }
}

function formatTimes(threads: number, times: EngineTimes): string {
  const rows = Object.entries(times).map(([name, { stepMs, batchMs, updateMs, productsMs, ratio }]) => [
    name,
    ...[stepMs, batchMs, updateMs, productsMs].map((ms: number) => ms.toFixed(1)),
    ratio.toFixed(2),
  ]);
  const heading = ["step", "ms", "batch", "update", "products alone", "ratio"];
  const lines = formatTable([heading, ...rows], [1, 2, 3, 4, 5]);
  return `Milliseconds a training step (median), ${threads} ${threads === 1 ? "thread" : "threads"}\n${indent(lines)}`;
}

function formatProfile(profile: EngineProfile): string {
  const sections = Object.entries(profile).map(([name, operators]) => {
    const rows = operators
      .slice(0, 12)
      .map(({ operator, ms, share, count }) => [operator, ms.toFixed(2), `${(100 * share).toFixed(1)} %`, `${count}`]);
    return `\nOperators of ${name}\n${indent(formatTable([["operator", "ms", "share", "nodes"], ...rows], [1, 2, 3]))}`;
  });
  return sections.join("");
}

function indent(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}\n`).join("");
}
