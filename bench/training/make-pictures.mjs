/**
 * Draws docs/images/training-*.svg, a healthy and a sick training for each failure: `npm run docs:pictures`, or after a build
 * `node bench/training/make-pictures.mjs [collapse ...]`. Seed 1, one thread; a minute.
 */
import { writeFile } from "node:fs/promises";
import { fit } from "../../dist/index.js";
import { drawPair } from "./draw-pair.mjs";
import { PAIRS } from "./pairs.mjs";

const folder = new URL("../../docs/images/", import.meta.url);
const asked = process.argv.slice(2);
/** What was trained already. */
const logs = new Map();

for (const pair of PAIRS.filter(({ file }) => asked.length === 0 || asked.includes(file))) {
  const [healthy, sick] = [await train(pair.healthy), await train(pair.sick)];
  await writeFile(new URL(`training-${pair.file}.svg`, folder), drawPair(pair, healthy, sick));
  console.log(`${pair.file}: found ${words(healthy)} in the healthy training, ${words(sick)} in the sick one`);
}

async function train(training) {
  if (!logs.has(training)) logs.set(training, await logOf(training));
  return logs.get(training);
}

async function logOf({ preset, settings, table }) {
  const options = { preset, seed: 1, threads: 1, settings: Object.entries(settings), findConstraints: false };
  const { log } = (await fit(await table(), options)).generator;
  return { entries: log.entries, findings: log.findings ?? [] };
}

function words({ findings }) {
  return findings.length === 0
    ? "nothing"
    : findings.map(({ failure, step }) => `${failure} (step ${step})`).join(", ");
}
