import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadModel, sample } from "../../dist/index.js";
import { runScript, runSynth } from "../common/command.mjs";
import { hasModule } from "./environment.mjs";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
/** Training steps of our shortest fits, until one is better than CTGAN. */
const OUR_STEPS = [25, 50, 100, 200, 400, 800, 1600];

/** Fits CTGAN to `epochs`, sampling at a quarter and a half as well; its samples scored by our audit. */
export async function measureCtgan(python, files, { epochs, threads, rows, folder }) {
  mkdirSync(folder, { recursive: true });
  const checkpoints = [...new Set([epochs / 4, epochs / 2, epochs].map(Math.ceil))];
  const task = { table: files.train, threads, checkpoints, rows, folder, startedAt: Date.now() / 1000 };
  const measured = runPython(python, "fit-ctgan.py", [JSON.stringify(task)]);
  const curve = [];
  for (const { path, ...checkpoint } of measured.checkpoints) {
    curve.push({
      ...checkpoint,
      ...(await scoreSample(files, path)),
      sdmetrics: scoreBySdmetrics(python, files, path),
    });
  }
  const { checkpoints: _, ...rest } = measured;
  return { ...rest, curve };
}

/**
 * Fits ours with more and more steps until shape, trend, detection and utility are all better than the goal's. Seconds are
 * of the whole command, from its start to the written model.
 */
export async function measureOurs(python, files, { goal, threads, rows, folder }) {
  const curve = [];
  for (const steps of OUR_STEPS) {
    const model = join(folder, "ours.synth");
    const fitted = await runSynth(["fit", files.train, "-o", model, ...shortFit(steps, threads)]);
    const synthetic = join(folder, "ours.csv");
    await runSynth(["sample", model, "-n", String(rows), "-o", synthetic, "--threads", String(threads)]);
    const scores = await scoreSample(files, synthetic);
    const { seconds, peakMegabytes } = fitted;
    curve.push({ steps, seconds, peakMegabytes, ...scores, sdmetrics: scoreBySdmetrics(python, files, synthetic) });
    if (isBetter(scores, goal)) return { curve, reachedAfter: seconds };
  }
  return { curve };
}

/** The completion phase alone, cut short: its warm-up and its looks at validation rows are cut with it. */
function shortFit(steps, threads) {
  const settings = [
    "model.adversarial.enabled=false",
    `model.completion.warmupSteps=${Math.round(steps / 10)}`,
    "model.completion.looks=2",
  ];
  return ["--steps", String(steps), "--threads", String(threads), ...settings.flatMap((one) => ["--set", one])];
}

/** Rows a second of our sampling, model loaded before, by rounds. */
export async function measureOurSampling(folder, { threads, rows }) {
  const model = await loadModel(join(folder, "ours.synth"));
  const started = performance.now();
  await sample(model, { rows, threads, rounds: "max" });
  return (1000 * rows) / (performance.now() - started);
}

function isBetter(scores, goal) {
  const { shape, trend, c2st, utility } = scores;
  return shape < goal.shape && trend < goal.trend && c2st < goal.c2st && (utility ?? 1) > goal.utility;
}

/** Errors and AUCs by our own audit. */
async function scoreSample({ train, holdout, target }, synthetic) {
  const task = JSON.stringify({ train, holdout, target, synthetic, seed: 1 });
  const run = await runScript(here("../quality/score.mjs"), [task]);
  if (run.code !== 0) throw new Error(`scoring failed: ${run.stderr}`);
  const { shape, trend, c2st, utility } = JSON.parse(run.stdout);
  return { shape: shape.value, trend: trend.value, c2st: c2st.holdout, utility: utility.value };
}

/** Shape and trend errors by SDMetrics, a judge of neither side; undefined where it is not installed. */
function scoreBySdmetrics(python, { train }, synthetic) {
  if (!hasModule(python, "sdmetrics")) return undefined;
  return runPython(python, "score-with-sdmetrics.py", [train, synthetic]);
}

/** Runs one of the scripts beside this file; its last line is JSON. */
export function runPython(python, script, argv) {
  const { status, stdout, stderr } = spawnSync(python, [here(script), ...argv], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${script} failed: ${stderr}`);
  return JSON.parse(stdout.trim().split("\n").at(-1));
}
