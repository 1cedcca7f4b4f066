/**
 * Measures what presets make of tables: fits, samples, audits against held-out rows, with several seeds. Writes
 * bench/quality/results.json and, from it, docs/quality.md. Finished runs are kept in out/quality: an interrupted command
 * goes on where it was.
 *
 *   npm run bench:quality -- [--tables adult,bank,players,birdstrikes] [--presets balanced,ctgan] [--seeds 1,2,3]
 *                            [--minutes m] [--steps n] [--set path=value]... [--threads 2] [--again] [--dry]
 *
 * --again measures finished runs anew; --dry prints the document and leaves the project's files as they are.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { currentCommit } from "../common/current-commit.mjs";
import { describeMachine } from "../common/machine.mjs";
import { measureRun } from "./measure-run.mjs";
import { qualityDocument } from "./quality-document.mjs";
import { prepareTable, QUALITY_TABLES } from "./tables.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const RESULTS = join(root, "bench/quality/results.json");
const DOCUMENT = join(root, "docs/quality.md");
const CACHE = join(root, "out/quality");

const { values: flags } = parseArgs({
  options: {
    tables: { type: "string", default: "adult,bank,players,birdstrikes" },
    presets: { type: "string", default: "balanced,ctgan" },
    seeds: { type: "string", default: "1,2,3" },
    minutes: { type: "string" },
    steps: { type: "string" },
    set: { type: "string", multiple: true, default: [] },
    threads: { type: "string", default: "2" },
    again: { type: "boolean", default: false },
    dry: { type: "boolean", default: false },
  },
});

mkdirSync(CACHE, { recursive: true });
const finished = readJson(join(CACHE, "runs.json"));
const measured = {};
for (const run of plannedRuns()) {
  const key = keyOf(run);
  if (finished[key] === undefined || flags.again) {
    const record = await measure(run).catch((error) => tellFailure(key, error));
    if (record === undefined) continue;
    finished[key] = record;
    writeJson(join(CACHE, "runs.json"), finished);
  }
  measured[key] = finished[key];
}
publish({ ...readJson(RESULTS), ...measured });

function plannedRuns() {
  const [tables, presets, seeds] = [flags.tables, flags.presets, flags.seeds].map((list) => list.split(","));
  const unknown = tables.filter((table) => !QUALITY_TABLES.includes(table));
  if (unknown.length > 0) throw new Error(`no table ${unknown.join(", ")}; there are ${QUALITY_TABLES.join(", ")}`);
  return tables.flatMap((table) =>
    presets.flatMap((preset) => seeds.map((seed) => ({ table, preset, seed: Number(seed), settings: settings() }))),
  );
}

/** What the runs were asked for beside table, preset and seed; part of a run's name. */
function settings() {
  const bounds = ["minutes", "steps"].filter((name) => flags[name] !== undefined);
  return [...bounds.map((name) => `${name}=${flags[name]}`), ...flags.set];
}

function keyOf({ table, preset, seed, settings }) {
  return [table, preset, `seed ${seed}`, ...settings].join(", ");
}

async function measure(run) {
  const files = await prepareTable(run.table, run.seed, join(CACHE, "tables"));
  if (files.reason !== undefined) {
    console.error(`skipped ${keyOf(run)}: ${files.reason}`);
    return undefined;
  }
  console.error(`${keyOf(run)} ...`);
  const machine = describeMachine();
  const budget = ["minutes", "steps", "threads"].flatMap((name) => (flags[name] ? [`--${name}`, flags[name]] : []));
  budget.push(...flags.set.flatMap((setting) => ["--set", setting]));
  const result = await measureRun(files, { ...run, budget, folder: CACHE });
  for (const { rounds, scores } of result.samples) {
    const [shape, trend] = [scores.shape.value, scores.trend.value].map((value) => `${(100 * value).toFixed(2)} %`);
    console.error(`  rounds ${rounds}: shape ${shape}, trend ${trend}, C2ST ${scores.c2st.holdout?.toFixed(3)}`);
  }
  return {
    ...run,
    ...(files.note === undefined ? {} : { note: files.note }),
    machine,
    commit: currentCommit(),
    ...result,
  };
}

/** One run that fails does not end the others; the command then exits with 1. */
function tellFailure(key, error) {
  console.error(`failed ${key}: ${error.message}`);
  process.exitCode = 1;
  return undefined;
}

function publish(results) {
  const text = qualityDocument(Object.values(results));
  if (flags.dry) {
    console.log(text);
    return;
  }
  writeJson(RESULTS, results);
  writeFileSync(DOCUMENT, text);
}

function readJson(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
}

function writeJson(path, content) {
  writeFileSync(path, `${JSON.stringify(content, null, 1)}\n`);
}
