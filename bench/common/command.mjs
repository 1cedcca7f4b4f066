import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const USAGE = fileURLToPath(new URL("report-usage.mjs", import.meta.url));
const SYNTH = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/**
 * Runs a Node script in a process of its own and waits for it.
 * @returns what it printed, its exit code, the seconds from its start to its end, the processor's seconds of all its threads
 * (NaN where it was killed), the most memory it held in megabytes
 */
export async function runScript(script, argv) {
  const started = performance.now();
  const child = spawn(process.execPath, ["--import", USAGE, script, ...argv], {
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const [stdout, stderr, usage, code] = await Promise.all([
    collect(child.stdout),
    collect(child.stderr),
    collect(child.stdio[3]),
    new Promise((resolve) => child.on("close", resolve)),
  ]);
  const seconds = (performance.now() - started) / 1000;
  const { peakKilobytes, cpuSeconds } =
    usage === "" ? { peakKilobytes: Number.NaN, cpuSeconds: Number.NaN } : JSON.parse(usage);
  return { stdout, stderr, code, seconds, cpuSeconds, peakMegabytes: peakKilobytes / 1000 };
}

/** Runs the built `synth` with --json; what it answers beside the measures of runScript. Throws where it fails. */
export async function runSynth(argv) {
  const run = await runScript(SYNTH, [...argv, "--json"]);
  if (run.code !== 0) throw new Error(`synth ${argv.join(" ")} ended with ${run.code}: ${run.stdout}${run.stderr}`);
  return { ...run, answer: JSON.parse(run.stdout) };
}

async function collect(stream) {
  let text = "";
  for await (const chunk of stream) text += chunk;
  return text;
}
