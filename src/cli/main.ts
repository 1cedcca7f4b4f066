#!/usr/bin/env node
import { runSynth } from "./run-synth.js";

const controller = new AbortController();
let interruptions = 0;
process.on("SIGINT", () => {
  interruptions++;
  if (interruptions > 1) process.exit(130);
  controller.abort();
});
process.on("SIGTERM", () => controller.abort());
// A reader that went away (`synth sample m -o - | head`) is no defect.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
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
