import { parentPort, workerData } from "node:worker_threads";
import { assertDefined, SynthError } from "../core/errors.js";
import { packError } from "../core/packed-error.js";
import { BATCH_ROWS } from "../gan/inference/completion-engine.js";
import { openGraphEngine } from "../gan/inference/graph-engine.js";
import { STOP, type WorkerReply } from "./chunk-pool.js";
import { type ChunkJob, drawChunk } from "./draw-chunk.js";

/** Draws the chunks whose numbers it is sent, one after the other, and sends their rows back; ends when it is told to. */
const port = assertDefined(parentPort, "the port of a worker");
const job = workerData as ChunkJob;
let work: Promise<void> = Promise.resolve();
let stopped = false;

const engine = openEngine();
port.on("message", (message: number | typeof STOP) => {
  if (message !== STOP) work = work.then(() => answer(message));
  else {
    stopped = true;
    work = work.then(close);
  }
});

function openEngine() {
  if (job.engine.kind === "graphs") return openGraphEngine(job.network, job.engine.graphs, BATCH_ROWS);
  throw new SynthError("defect", "E_DEFECT", `workers do not run the engine ${job.engine.name}`);
}

async function answer(chunk: number): Promise<void> {
  if (stopped) return;
  try {
    const rows = await drawChunk(job, await engine, chunk);
    const buffers = [...rows.fields, ...(rows.numbers ?? [])].flatMap((data) =>
      data === undefined ? [] : [data.buffer],
    );
    port.postMessage({ kind: "rows", chunk, rows } satisfies WorkerReply, [...new Set(buffers)] as ArrayBuffer[]);
  } catch (error) {
    port.postMessage({ kind: "error", error: packError(error, "E_SAMPLE_WORKER") } satisfies WorkerReply);
  }
}

/** With its port closed nothing keeps the thread. */
async function close(): Promise<void> {
  port.close();
  const opened = await engine.catch(() => undefined);
  await opened?.dispose();
}
