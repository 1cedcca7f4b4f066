import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { SHARE_ENV, Worker } from "node:worker_threads";
import { type ErrorKind, SynthError, throwIfAborted } from "../core/errors.js";
import { type ChunkJob, type ChunkRows, chunkCount } from "./draw-chunk.js";

/** What a worker answers to a chunk's number. */
export type WorkerReply =
  | { readonly kind: "rows"; readonly rows: ChunkRows }
  | {
      readonly kind: "error";
      readonly error: {
        readonly kind: ErrorKind;
        readonly code: string;
        readonly message: string;
        readonly hint?: string;
        readonly where?: string;
      };
    };

/** Sent in place of a chunk's number: asks a worker to end. */
export const STOP = "stop";

const WORKER_FILE = new URL("./chunk-worker.js", import.meta.url);

/** Chunks that a worker has been given and not yet answered: it never waits for the next. */
const CHUNKS_AHEAD = 2;

/** Fewer chunks are drawn sooner than workers start. */
const MIN_CHUNKS = 4;

/** How many workers a job is worth, 0 for none: small jobs; and sources and bundles, where the worker's file is missing. */
export function workerCount(job: ChunkJob, threads: number): number {
  const chunks = chunkCount(job.rows);
  if (threads < 2 || chunks < MIN_CHUNKS || job.engine.kind !== "graphs") return 0;
  return existsSync(fileURLToPath(WORKER_FILE)) ? Math.min(threads, Math.ceil(chunks / 2)) : 0;
}

/**
 * Draws all chunks of a job in `workers` threads, each with a session of its own; `take` is given every chunk, in no
 * particular order. The threads have ended when it returns or throws: what drawing throws, E_SAMPLE_WORKER where a thread
 * breaks down, E_INTERRUPTED.
 */
export async function drawInWorkers(
  job: ChunkJob,
  workers: number,
  take: (rows: ChunkRows) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  throwIfAborted(signal);
  const total = chunkCount(job.rows);
  const threads = Array.from({ length: workers }, () => new Worker(WORKER_FILE, { workerData: job, env: SHARE_ENV }));
  let stop = (): void => {};
  try {
    await new Promise<void>((resolve, reject) => {
      let next = 0;
      let taken = 0;
      const give = (thread: Worker): void => {
        if (next < total) thread.postMessage(next++);
      };
      stop = () => reject(interruption(signal));
      signal?.addEventListener("abort", stop);
      for (const thread of threads) {
        thread.on("error", (cause) => reject(brokenWorker(cause)));
        thread.on("exit", () => reject(brokenWorker(undefined)));
        thread.on("message", (reply: WorkerReply) => {
          if (reply.kind === "error") return reject(errorOf(reply));
          give(thread);
          try {
            take(reply.rows);
          } catch (error) {
            return reject(error);
          }
          if (++taken === total) resolve();
        });
        for (let ahead = 0; ahead < CHUNKS_AHEAD; ahead++) give(thread);
      }
    });
  } finally {
    signal?.removeEventListener("abort", stop);
    await Promise.all(threads.map(endThread));
  }
}

/**
 * Asks a thread to end and waits for it. `Worker.terminate` would cut onnxruntime off amid a run, whose native callback then
 * throws into a closing environment and takes the whole process down.
 */
function endThread(thread: Worker): Promise<void> {
  return new Promise((resolve) => {
    if (thread.threadId === -1) return resolve();
    thread.once("exit", () => resolve());
    thread.postMessage(STOP);
  });
}

function interruption(signal: AbortSignal | undefined): SynthError {
  return new SynthError("interrupted", "E_INTERRUPTED", "interrupted", { cause: signal?.reason });
}

function errorOf({ error }: Extract<WorkerReply, { kind: "error" }>): SynthError {
  return new SynthError(error.kind, error.code, error.message, error);
}

function brokenWorker(cause: unknown): SynthError {
  const why = cause instanceof Error ? `: ${cause.message}` : "";
  return new SynthError("defect", "E_SAMPLE_WORKER", `a thread that draws rows broke down${why}`, { cause });
}
