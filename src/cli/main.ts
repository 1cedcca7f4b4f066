#!/usr/bin/env node
import { runSynth } from "./run-synth.js";
import { READER_GONE } from "./streams.js";

const controller = new AbortController();
// The second Ctrl-C finds no listener and ends the process as the system does. `process.exit` is no way out: it cuts off threads
// amid a run of onnxruntime, which then takes the process down with a message of its own.
process.once("SIGINT", () => controller.abort());
process.on("SIGTERM", () => controller.abort());
// A reader that went away (`synth sample m -o - | head`) is no defect.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  controller.abort(READER_GONE);
});

process.exitCode = await runSynth(process.argv.slice(2), {
  get stdin() {
    return process.stdin;
  },
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  now: () => performance.now(),
  signal: controller.signal,
});
