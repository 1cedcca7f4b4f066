/**
 * Every preset on the same tables with the same budget and seeds: bench/family/results.json and, from it, docs/gan-family.md.
 * Finished runs stand in results.json: an interrupted command goes on where it was. Two budgets: the same generator steps, and
 * as many steps as the default preset's processor time buys.
 *
 *   npm run bench:family -- [--seeds 1,2,3] [--tables adult,...] [--only system] [--redo system] [--steps n] [--document]
 *
 * --only runs one system ("wgan"), --redo measures it anew; --document writes the document and measures nothing. With --steps,
 * to try it, results go to out/family and the project's files stay as they are.
 */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { setPriority } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { currentCommit } from "../common/current-commit.mjs";
import { describeMachine } from "../common/machine.mjs";
import { replaceFile } from "../common/replace-file.mjs";
import { familyDocument } from "./document.mjs";
import { measureRun } from "./measure-run.mjs";
import { keyOf, MODES, plannedRuns, STEPS, SYSTEMS } from "./plan.mjs";
import { ceilingsOf } from "./score-table.mjs";

const { values: flags } = parseArgs({
  options: {
    seeds: { type: "string", default: "1,2,3" },
    tables: { type: "string" },
    only: { type: "string" },
    redo: { type: "string" },
    steps: { type: "string" },
    document: { type: "boolean", default: false },
  },
});
const root = fileURLToPath(new URL("../..", import.meta.url));
const CACHE = join(root, "out/family");
const isTrial = flags.steps !== undefined;
const RESULTS = isTrial ? join(CACHE, "results.json") : join(root, "bench/family/results.json");
const DOCUMENT = isTrial ? join(CACHE, "gan-family.md") : join(root, "docs/gan-family.md");

requireSystem(flags.only);
requireSystem(flags.redo);
setPriority(5);
mkdirSync(CACHE, { recursive: true });
const results = existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, "utf8")) : { ceilings: {}, runs: {} };
if (!flags.document) await measureAll();
publish();

async function measureAll() {
  const runs = plannedRuns(flags.seeds.split(",").map(Number)).filter(isAsked);
  const again = new Set(runs.filter(({ system }) => system.name === flags.redo).map(keyOf));
  for (const run of runs) {
    const key = keyOf(run);
    if (results.runs[key] !== undefined && !again.has(key)) continue;
    const steps = stepsOf(run);
    if (steps === undefined) continue;
    const record = await measure(run, key, steps).catch((error) => tellFailure(key, error));
    if (record === undefined) continue;
    results.runs[key] = record;
    publish();
  }
}

function isAsked({ table, system }) {
  const asked = flags.only ?? flags.redo;
  return (asked === undefined || system.name === asked) && (flags.tables?.split(",").includes(table) ?? true);
}

/** Generator steps of a run; those of the same time follow from what the default and this system took for the same steps. */
function stepsOf(run) {
  const steps = isTrial ? Number(flags.steps) : STEPS;
  if (run.budget === "steps") return steps;
  const tookFor = (system) => results.runs[keyOf({ ...run, system, budget: "steps" })]?.fit;
  const [own, granted] = [tookFor(run.system), tookFor(SYSTEMS.find(({ name }) => name === "balanced"))];
  if (own === undefined || granted === undefined) return undefined;
  const training = own.cpuSeconds * own.trainingShare;
  return Math.max(1, Math.round((steps * (granted.cpuSeconds - own.cpuSeconds + training)) / training));
}

async function measure(run, key, steps) {
  const started = performance.now();
  const machine = describeMachine();
  const ceilings = !MODES.includes(run.table) && results.ceilings[run.table] === undefined;
  const result = await measureRun(run, steps, { folder: CACHE, ceilings });
  if (result === undefined) {
    console.error(`skipped ${key}: its table stands beside the checkout in ../shared/data, which is not here`);
    return undefined;
  }
  if (ceilings && result.scores !== undefined) results.ceilings[run.table] = ceilingsOf(result.scores);
  const took = ((performance.now() - started) / 1000).toFixed(0);
  console.error(`${key}: ${steps} steps, ${took} s, ${result.failed ?? JSON.stringify(result.scores)}`);
  const { table, system, seed, budget } = run;
  return { table, system: system.name, seed, budget, ...result, machine, commit: currentCommit() };
}

/** One run that fails does not end the others and is tried again next time; the command then exits with 1. */
function tellFailure(key, error) {
  console.error(`failed ${key}: ${error.message.slice(0, 2000)}`);
  process.exitCode = 1;
  return undefined;
}

function publish() {
  replaceFile(RESULTS, `${JSON.stringify(results, null, 1)}\n`);
  replaceFile(DOCUMENT, familyDocument(results));
}

function requireSystem(name) {
  if (name === undefined || SYSTEMS.some((system) => system.name === name)) return;
  throw new Error(`no system "${name}"; there are ${SYSTEMS.map((system) => system.name).join("; ")}`);
}
