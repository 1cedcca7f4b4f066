/**
 * Quality under differential privacy: fits with --epsilon, draws as many rows as there were, scores them against real and
 * held-out rows. Writes bench/epsilon/results.json and the tables in docs/differential-privacy.md. Finished runs stand in
 * results.json: an interrupted command goes on where it was.
 *
 *   npm run bench:epsilon -- [--seeds 1,2,3] [--tables adult,...] [--variants target,...] [--epsilons 1,3] [--document]
 *
 * Noise is drawn by --noise-seed, so that figures can be had again. The tables stand beside a checkout in ../shared/data; where
 * they are not there nothing is measured.
 */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { setPriority } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { runSynth } from "../common/command.mjs";
import { currentCommit } from "../common/current-commit.mjs";
import { rewriteSection } from "../common/documents.mjs";
import { describeMachine } from "../common/machine.mjs";
import { replaceFile } from "../common/replace-file.mjs";
import { ceilingsOf, scoreTable } from "../family/score-table.mjs";
import { prepareTable } from "../quality/tables.mjs";
import { declareSchema } from "./declare-schema.mjs";
import { epsilonTables } from "./document.mjs";
import { DELTA, keyOf, plannedRuns, TARGETS, VARIANTS } from "./plan.mjs";

const { values: flags } = parseArgs({
  options: {
    seeds: { type: "string", default: "1,2,3" },
    tables: { type: "string" },
    variants: { type: "string" },
    epsilons: { type: "string" },
    document: { type: "boolean", default: false },
  },
});
const root = fileURLToPath(new URL("../..", import.meta.url));
const CACHE = join(root, "out/epsilon");
const RESULTS = join(root, "bench/epsilon/results.json");
const PEERS = join(root, "bench/epsilon/peers.json");
const DOCUMENT = join(root, "docs/differential-privacy.md");

setPriority(5);
mkdirSync(CACHE, { recursive: true });
const results = existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, "utf8")) : { ceilings: {}, runs: {} };
if (!flags.document) await measureAll();
publish();

async function measureAll() {
  for (const run of plannedRuns(flags.seeds.split(",").map(Number)).filter(isAsked)) {
    const key = keyOf(run);
    if (results.runs[key] !== undefined) continue;
    const files = await prepareTable(run.table, run.seed, CACHE);
    if (files.reason !== undefined) {
      console.error(`skipped ${key}: ${files.reason}`);
      continue;
    }
    results.runs[key] = { ...run, machine: describeMachine(), commit: currentCommit(), ...(await measure(run, files)) };
    console.error(`${key}: ${JSON.stringify(results.runs[key].scores)}`);
    publish();
  }
}

function isAsked({ table, variant, epsilon }) {
  const admits = (list, value) => list === undefined || list.split(",").includes(String(value));
  return admits(flags.tables, table) && admits(flags.variants, variant) && admits(flags.epsilons, epsilon);
}

async function measure({ table, variant, epsilon, seed }, files) {
  const { schema: kind, target } = VARIANTS[variant];
  const [schema, model, synthetic] = ["schema.json", "model.synth", "synthetic.csv"].map((name) => join(CACHE, name));
  await declareSchema(files, kind, schema);
  const fitted = await runSynth([
    ...["fit", files.train, "-o", model, "--schema", schema, "--seed", String(seed), "--noise-seed", String(seed)],
    ...["--epsilon", String(epsilon), "--delta", String(DELTA)],
    ...["--bounds", kind === "declared" ? "public" : "private"],
    ...(target ? ["--target", TARGETS[table]] : []),
  ]);
  const rows = countRows(files.train);
  await runSynth(["sample", model, "-n", String(rows), "-o", synthetic, "--seed", String(seed)]);
  const ceilings = results.ceilings[table] === undefined;
  const scores = await scoreTable({ ...files, synthetic, seed, ceilings, utilityRows: rows });
  if (ceilings) results.ceilings[table] = ceilingsOf(scores);
  return { fit: { seconds: fitted.seconds, cpuSeconds: fitted.cpuSeconds, megabytes: fitted.peakMegabytes }, scores };
}

function countRows(path) {
  return readFileSync(path, "utf8").trimEnd().split("\n").length - 1;
}

function publish() {
  replaceFile(RESULTS, `${JSON.stringify(results, null, 1)}\n`);
  const peers = existsSync(PEERS) ? JSON.parse(readFileSync(PEERS, "utf8")) : [];
  rewriteSection(DOCUMENT, "bench:epsilon", epsilonTables(results, peers));
}
