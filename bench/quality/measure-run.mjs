import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadModel } from "../../dist/index.js";
import { runScript, runSynth } from "../common/command.mjs";

const SCORE = fileURLToPath(new URL("score.mjs", import.meta.url));

/**
 * Fits, samples and scores once, each in a process of its own: with the most rounds, and with two where the model has
 * weights for few rounds.
 * @param files what prepareTable returned
 * @param run { table, preset, seed, budget: flags, folder }
 */
export async function measureRun(files, run) {
  const model = join(run.folder, "model.synth");
  const fitted = await runSynth([
    ...["fit", files.train, "-o", model, "--preset", run.preset, "--seed", String(run.seed)],
    ...run.budget,
  ]);
  const fit = { seconds: fitted.seconds, peakMegabytes: fitted.peakMegabytes, bytes: fitted.answer.bytes };
  const { kinds, rows } = await describeModel(model, files);
  const samples = [];
  for (const rounds of kinds) samples.push(await measureSample(files, run, model, rounds, rows));
  return { fit, notes: fitted.answer.notes, samples };
}

/** The kinds of sampling that differ for this model, and how many rows to draw. */
async function describeModel(path, files) {
  const { generator, schema } = await loadModel(path);
  const hasRounds = Object.keys(generator.weights).some((name) => name.startsWith("rounds/"));
  return { kinds: hasRounds ? ["max", "2"] : ["max"], rows: files.rows ?? schema.rowCount };
}

async function measureSample(files, run, model, rounds, rows) {
  const synthetic = join(run.folder, "synthetic.csv");
  const drawn = await runSynth([
    ...["sample", model, "-n", String(rows), "-o", synthetic, "--rounds", rounds, "--seed", String(run.seed)],
  ]);
  const task = {
    ...{ train: files.train, holdout: files.holdout, target: files.target, columns: files.columns },
    ...{ synthetic, seed: run.seed, relations: run.table === "amounts" },
  };
  const scored = await runScript(SCORE, [JSON.stringify(task)]);
  if (scored.code !== 0) throw new Error(`scoring ${run.table} failed: ${scored.stderr}`);
  return {
    ...{ rounds, rows, seconds: drawn.seconds, peakMegabytes: drawn.peakMegabytes },
    scores: JSON.parse(scored.stdout),
  };
}
