/**
 * Measures this program: reading, encoding, a whole fit, sampling, the audit, the engine's steps. Every part is run once a
 * round, in turns; what is printed is the median over the rounds. Writes a section of docs/benchmarks.md.
 *
 *   npm run bench -- [--rounds 3] [--threads 2] [--steps n] [--json file] [--dry]
 *
 * --steps bounds the fit, to try the command out; --dry leaves docs/benchmarks.md as it is. The table is adult, which
 * stands beside a checkout in ../shared/data; where it is not there, examples/birdstrikes.csv.
 */
import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { markdownTable, rewriteSection } from "./common/documents.mjs";
import { describeMachine, machineSentence } from "./common/machine.mjs";
import { median } from "./common/statistics.mjs";
import { measureEngineSteps } from "./measure-engine-steps.mjs";
import { measureParts } from "./measure-parts.mjs";
import { prepareTable } from "./quality/tables.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const { values: flags } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    threads: { type: "string", default: String(Math.min(2, availableParallelism())) },
    steps: { type: "string" },
    json: { type: "string" },
    dry: { type: "boolean", default: false },
  },
});

const folder = join(root, "out/bench");
const machine = describeMachine();
const { name, files } = await chooseTable();
const measured = new Map();
for (let round = 0; round < Number(flags.rounds); round++) {
  const options = { threads: Number(flags.threads), steps: flags.steps, folder, seed: 1 };
  for (const part of [...(await measureParts(files, options)), ...(await measureEngineSteps(options))]) {
    const known = measured.get(part.name) ?? { unit: part.unit, values: [] };
    known.values.push(part.value);
    measured.set(part.name, known);
    console.error(`round ${round + 1}: ${part.name} ${shown(part.value)} ${part.unit}`);
  }
}
publish();

async function chooseTable() {
  const adult = await prepareTable("adult", 1, folder);
  if (adult.reason === undefined) return { name: "adult", files: adult };
  console.error(`${adult.reason}; measuring on examples/birdstrikes.csv instead`);
  return { name: "birdstrikes", files: await prepareTable("birdstrikes", 1, folder) };
}

function publish() {
  const parts = [...measured].map(([part, { unit, values }]) => ({ part, unit, median: median(values), values }));
  const result = { machine, table: name, threads: Number(flags.threads), steps: flags.steps, parts };
  if (flags.json !== undefined) writeFileSync(flags.json, `${JSON.stringify(result, null, 2)}\n`);
  const rows = parts.map(({ part, unit, median, values }) => [part, shown(median), rangeOf(values), unit]);
  const text = [
    machineSentence(machine),
    `Table: ${name}; medians of ${flags.rounds} rounds, all parts in turns; threads ${flags.threads}${flags.steps === undefined ? "" : `; the fit bounded to ${flags.steps} steps a phase`}.`,
    "",
    markdownTable(["part", "median", "range", "unit"], rows),
  ].join("\n");
  console.log(text);
  if (!flags.dry) rewriteSection(join(root, "docs/benchmarks.md"), "bench", text);
}

function rangeOf(values) {
  return values.length === 1 ? "" : `${shown(Math.min(...values))} to ${shown(Math.max(...values))}`;
}

function shown(value) {
  return value >= 1000 ? Math.round(value).toLocaleString("en") : value.toPrecision(3);
}
