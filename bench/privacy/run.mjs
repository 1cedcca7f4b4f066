/**
 * What the privacy audit says of tables of which the truth is known: rows that have nothing to do with the training rows
 * (false alarms) and planted leaks. adult's rows are shuffled by a seed and cut into training, held-out and synthetic rows
 * of equal number; figures are counted over the seeds. Writes a section of docs/benchmarks.md.
 *
 *   npm run bench:privacy -- [--seeds 20] [--leak-seeds 3] [--rows 16000] [--json file] [--dry]
 *
 * adult stands beside a checkout in ../shared/data; where it is not there nothing is measured.
 */
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { makeRandom } from "../../dist/core/random.js";
import { evaluatePrivacy } from "../../dist/evaluate/privacy/evaluate-privacy.js";
import { releasePolicy } from "../../dist/evaluate/privacy/release-policy.js";
import { readTable, takeRows } from "../../dist/index.js";
import { joinRows } from "../../dist/table/join-rows.js";
import { markdownTable, rewriteSection } from "../common/documents.mjs";
import { describeMachine, machineSentence } from "../common/machine.mjs";
import { median } from "../common/statistics.mjs";
import { LEAKS } from "./leaks.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { values: flags } = parseArgs({
  options: {
    seeds: { type: "string", default: "20" },
    "leak-seeds": { type: "string", default: "3" },
    rows: { type: "string", default: "16000" },
    json: { type: "string" },
    dry: { type: "boolean", default: false },
  },
});

/** What a figure is where nothing leaks, if not 0. */
const NO_LEAK = { "DCR share": 0.5, "nearest decile": 0.5, "worst group": 0.5, "membership AUC": 0.5 };

const files = ["adult.csv", "adult-holdout.csv"].map((name) => join(root, "../shared/data", name));
if (files.every((file) => existsSync(file))) await measure();
else console.error("skipped: adult stands beside the checkout in ../shared/data, which is not here");

async function measure() {
  const machine = describeMachine();
  const people = joinRows([await readTable(files[0]), await readTable(files[1])]);
  const found = new Map();
  for (const [leak, plant] of Object.entries(LEAKS)) {
    const seeds = Number(leak === "none" ? flags.seeds : flags["leak-seeds"]);
    const audits = [];
    for (let seed = 1; seed <= seeds; seed++) {
      audits.push(await audit(people, plant, seed));
      console.error(`${leak}, seed ${seed}: ${audits.at(-1).failures.join(", ") || "shareable"}`);
    }
    found.set(leak, audits);
  }
  publish(found, machine);
}

async function audit(people, plant, seed) {
  const rows = Number(flags.rows);
  const random = makeRandom(seed).fork("audit of known truth");
  const order = random.fork("rows").permutation(people.rowCount);
  const [train, holdout, independent] = [0, 1, 2].map((part) =>
    takeRows(people, order.slice(part * rows, (part + 1) * rows)),
  );
  const synthetic = plant(train, independent, random.fork("leak"));
  const columns = people.columns.map(({ name }) => name);
  const started = process.cpuUsage();
  const privacy = await evaluatePrivacy({ train, holdout, synthetic, columns, random: random.fork("privacy") });
  const used = process.cpuUsage(started);
  const { shareable, failures } = releasePolicy({ privacy });
  return {
    seed,
    shareable,
    failures: failures.map(({ code }) => code),
    cpuSeconds: (used.user + used.system) / 1e6,
    figures: keyFigures(privacy),
  };
}

/** [value, low] of the figures that tell a leak. */
function keyFigures({ dcrShare, nearestDecileShare, identicalMatchExcess, groups, membership, ...attacks }) {
  const pair = (figure) => [figure?.value, figure?.low];
  return {
    "DCR share": pair(dcrShare),
    "nearest decile": pair(nearestDecileShare),
    "identical matches, excess": pair(identicalMatchExcess),
    "worst group": pair(groups?.[0]?.dcrShare),
    "membership AUC": pair(membership.attack),
    "singling out": pair(attacks.singlingOut.risk),
    linkability: pair(attacks.linkability.risk),
    inference: pair(attacks.inference.risk),
    "outlier proximity": pair(attacks.outlierProximity?.risk),
  };
}

function publish(found, machine) {
  if (flags.json !== undefined) {
    writeFileSync(flags.json, `${JSON.stringify({ machine, audits: Object.fromEntries(found) }, null, 2)}\n`);
  }
  const names = Object.keys(found.get("none")[0].figures);
  const alarms = names.map((name) => {
    const lows = found.get("none").map(({ figures }) => figures[name][1] ?? Number.NaN);
    const above = lows.filter((low) => low > (NO_LEAK[name] ?? 0)).length;
    return [name, `${above} of ${lows.length}`, shown(Math.max(...lows))];
  });
  const leaks = [...found].map(([leak, audits]) => [
    leak,
    ...names.map((name) => shown(median(audits.map(({ figures }) => figures[name][0] ?? Number.NaN)))),
    `${audits.filter(({ shareable }) => shareable).length} of ${audits.length}`,
  ]);
  const cpu = median([...found.values()].flat().map(({ cpuSeconds }) => cpuSeconds));
  const text = [
    "## The privacy audit on tables of known truth",
    `\`npm run bench:privacy\`: adult's rows, shuffled by a seed and cut into ${flags.rows} training, held-out and other rows. ${machineSentence(machine)} An audit takes ${cpu.toFixed(1)} CPU seconds (median).`,
    "Rows that copy nothing: how often a figure's interval lies above what no leak gives.",
    markdownTable(["figure", "false alarms", "highest lower end"], alarms),
    `Planted leaks: medians over ${flags["leak-seeds"]} seeds, and how many of these tables the default policy would release.`,
    markdownTable(["leak", ...names, "released"], leaks),
  ].join("\n\n");
  if (!flags.dry) rewriteSection(join(root, "docs/benchmarks.md"), "privacy", text);
  console.log(text);
}

function shown(value) {
  return Number.isFinite(value) ? value.toFixed(3) : "-";
}
