import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadModel } from "../../dist/index.js";
import { runSynth } from "../common/command.mjs";
import { prepareTable } from "../quality/tables.mjs";
import { MODE_ROWS, scoreModesAt, writeModes } from "./modes.mjs";
import { budgetFlags, MODES } from "./plan.mjs";
import { scoreTable } from "./score-table.mjs";

/**
 * Fits, samples and scores once, each in a process of its own on one thread.
 * @param run { table, system, seed } of the plan
 * @param steps generator steps
 * @param options { folder, ceilings: whether those of real rows are not known yet }
 * @returns the record of results.json; { failed } where training diverged; undefined where the table is not here
 */
export async function measureRun({ table, system, seed }, steps, { folder, ceilings }) {
  const files = MODES.includes(table)
    ? { train: writeModes(table, folder) }
    : await prepareTable(table, seed, join(folder, "tables"));
  if (files.reason !== undefined) return undefined;
  const [model, synthetic, log] = ["model.synth", "synthetic.csv", "log.jsonl"].map((name) => join(folder, name));
  const fitted = await fitOnce([
    ...["fit", files.train, "-o", model, "--preset", system.preset, "--seed", String(seed), "--threads", "1"],
    ...["--log", log],
    ...budgetFlags(system, table, steps),
  ]);
  if (fitted.failed !== undefined) return fitted;
  const { generator, schema } = await loadModel(model);
  const rows = MODES.includes(table) ? MODE_ROWS : schema.rowCount;
  const drawn = await runSynth([
    ...["sample", model, "-n", String(rows), "-o", synthetic, "--seed", String(seed)],
    ...["--rounds", system.preset === "balanced" ? String(system.rounds ?? "max") : "max"],
  ]);
  return {
    steps,
    fit: { ...costs(fitted), trainingShare: trainingShare(log, fitted.answer.elapsedMs) },
    sample: { rows, ...costs(drawn) },
    notes: generator.log.notes,
    findings: (generator.log.findings ?? []).map(({ failure, step }) => ({ failure, step })),
    scores: MODES.includes(table)
      ? await scoreModesAt(table, synthetic)
      : await scoreTable({ ...files, synthetic, seed, ceilings }),
  };
}

/** The share of a fit that is training: the rest is reading and encoding the table. */
function trainingShare(log, elapsedMs) {
  const events = readFileSync(log, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  return 1 - events.find(({ kind, stage }) => kind === "stage" && stage === "train").elapsedMs / elapsedMs;
}

/** A training that ends as training may is a result: "E_TRAIN_DIVERGED: a loss was not a number at step 40". */
async function fitOnce(argv) {
  try {
    return await runSynth(argv);
  } catch (error) {
    const failed = /"code": "(E_TRAIN_\w+)",\s+"message": "([^"]+)"/.exec(error.message);
    if (failed === null) throw error;
    return { failed: `${failed[1]}: ${failed[2]}` };
  }
}

function costs({ seconds, cpuSeconds, peakMegabytes }) {
  return { seconds, cpuSeconds, peakMegabytes };
}
