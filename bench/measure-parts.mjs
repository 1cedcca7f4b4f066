import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { makeRandom } from "../dist/core/random.js";
import { encodeTable } from "../dist/encode/table-encoding.js";
import { evaluate, fit, loadModel, readTable, sample, writeTable } from "../dist/index.js";
import { runSynth } from "./common/command.mjs";

/** The kinds of sampling whose speed is measured, by the name they are shown under. */
const ROUNDS = { "one column a round": "max", "6 rounds": 6, "2 rounds": 2 };

/**
 * Measures every part of the way once: { name, value, unit }. The fit is the whole command in a process of its own; the
 * others are calls of the library.
 * @param files what prepareTable returned
 */
export async function measureParts(files, { threads, steps, folder, seed }) {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "model.synth");
  const budget = steps === undefined ? [] : ["--steps", steps];
  const fitted = await runSynth(["fit", files.train, "-o", path, "--threads", String(threads), ...budget]);
  const read = await timed(() => readTable(files.train));
  const train = read.value;
  const learnSeconds = await timeLearningEncoding(train, threads);
  const model = await loadModel(path);
  const encoded = await timed(() => encodeTable(model.encoding, train, makeRandom(seed)));
  const sampled = await measureSampling(model, train.rowCount, threads, seed);
  const holdout = await readTable(files.holdout);
  const { synthetic } = sampled;
  const written = await timed(() => writeTable(synthetic, join(folder, "synthetic.csv")));
  const audited = await timed(() => evaluate({ train, synthetic, holdout, target: files.target }));
  return [
    { name: "read a CSV", value: statSync(files.train).size / 1e6 / read.seconds, unit: "MB/s" },
    { name: "infer the schema, learn the encoding", value: train.rowCount / learnSeconds, unit: "rows/s" },
    { name: "encode", value: train.rowCount / encoded.seconds, unit: "rows/s" },
    { name: "whole fit, the command", value: fitted.seconds, unit: "s" },
    { name: "its memory", value: fitted.peakMegabytes, unit: "MB" },
    ...sampled.parts,
    { name: "write a CSV", value: synthetic.rowCount / written.seconds, unit: "rows/s" },
    { name: "audit", value: audited.seconds, unit: "s" },
  ];
}

/** Seconds from the start of a fit to its training, which is not waited for. */
async function timeLearningEncoding(table, threads) {
  const started = performance.now();
  let seconds = Number.NaN;
  const stop = new AbortController();
  const onProgress = (event) => {
    if (event.kind !== "stage" || event.stage !== "train") return;
    seconds = (performance.now() - started) / 1000;
    stop.abort();
  };
  await fit(table, { threads, onProgress, signal: stop.signal }).catch((error) => {
    if (error.code !== "E_INTERRUPTED") throw error;
  });
  return seconds;
}

/** Rows a second by kind of rounds, decoding included, model loaded before. */
async function measureSampling(model, rows, threads, seed) {
  const parts = [];
  let synthetic;
  for (const [name, rounds] of Object.entries(ROUNDS)) {
    const { value, seconds } = await timed(() => sample(model, { rows, rounds, threads, seed }));
    synthetic ??= value;
    parts.push({ name: `sample, ${name}`, value: rows / seconds, unit: "rows/s" });
  }
  return { parts, synthetic };
}

async function timed(work) {
  const started = performance.now();
  const value = await work();
  return { value, seconds: (performance.now() - started) / 1000 };
}
