// Train a model on a table, keep it in a file, draw rows from it.
// node examples/fit-and-sample.mjs [table.csv] [output folder] [most steps of training]
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fit, loadModel, readTable, sample, saveModel, writeTable } from "synth";

const [source = "examples/penguins.csv", folder = "out", maxSteps] = process.argv.slice(2);
await mkdir(folder, { recursive: true });

const table = await readTable(source);
const model = await fit(table, { preset: "balanced", seed: 1, ...(maxSteps && { maxSteps: Number(maxSteps) }) });
await saveModel(model, join(folder, "example.synth"));

const loaded = await loadModel(join(folder, "example.synth"));
const rows = await sample(loaded, { rows: 100, seed: 2 });
await writeTable(rows, join(folder, "example-rows.csv"));

console.log(`trained on ${table.rowCount} rows, drew ${rows.rowCount} rows of ${rows.columns.length} columns`);
for (const note of loaded.generator.log.notes) console.log(note);
