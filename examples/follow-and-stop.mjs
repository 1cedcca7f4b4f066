// Follow the training by its events, change settings, stop when it was long enough.
// node examples/follow-and-stop.mjs [table.csv] [stop after so many progress events]
import { fit, readTable, SynthError } from "synth";

const [source = "examples/penguins.csv", stopAfter = "3"] = process.argv.slice(2);
const table = await readTable(source);
const controller = new AbortController();
let seen = 0;

try {
  await fit(table, {
    preset: "balanced",
    settings: [
      ["model.network.width", 64],
      ["model.completion.epochs", 20],
    ],
    signal: controller.signal,
    onProgress(event) {
      if (event.kind !== "progress") return;
      console.log(`${event.stage}: ${event.done} of ${event.total} ${event.unit} ${event.quality ?? ""}`);
      seen++;
      if (seen === Number(stopAfter)) controller.abort();
    },
  });
} catch (error) {
  if (!(error instanceof SynthError && error.code === "E_INTERRUPTED")) throw error;
  console.log(`stopped after ${seen} events: nothing was written`);
}
