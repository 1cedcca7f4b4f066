import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { SHARE_ENV, Worker } from "node:worker_threads";
import { SynthError, throwIfAborted } from "../core/errors.js";
import { type PackedError, unpackError } from "../core/packed-error.js";
import type { EncodedTable } from "../encode/field.js";
import type { ChunkJob } from "./draw-chunk.js";

/** What a worker answers to a chunk's number. */
export type WorkerReply =
  | { readonly kind: "rows"; readonly chunk: number; readonly rows: EncodedTable }
  | { readonly kind: "error"; readonly error: PackedError };

/** Sent in place of a chunk's number: asks a worker to end. */
export const STOP = "stop";

/** The chunks from `first` to before `end`, which may be Infinity. */
export interface ChunkSpan {
  readonly first: number;
  readonly end: number;
}

const WORKER_FILE = new URL("./chunk-worker.js", import.meta.url);

/** Chunks that a worker has been given and not yet answered: it never waits for the next. */
const CHUNKS_AHEAD = 3;

/** Chunks a worker that may be given, drawn or waiting to be taken: a slow taker holds the workers back. */
const CHUNKS_WAITING = 4;

/** Fewer chunks are drawn sooner than workers start. */
const MIN_CHUNKS = 4;

/** How many workers a job is worth, 0 for none: small jobs; and sources and bundles, where the worker's file is missing. */
export function workerCount(job: Pick<ChunkJob, "engine">, { first, end }: ChunkSpan, threads: number): number {
  const chunks = end - first;
  if (threads < 2 || chunks < MIN_CHUNKS || job.engine.kind !== "graphs") return 0;
  return existsSync(fileURLToPath(WORKER_FILE)) ? Math.min(threads, Math.ceil(chunks / 2)) : 0;
}

/**
 * Draws the chunks of a span in `workers` threads, each with a session of its own, and gives them in order; never more than a
 * few wait. The threads have ended when it returns or throws: what drawing throws, E_SAMPLE_WORKER where a thread breaks down,
 * E_INTERRUPTED.
 */
export async function* drawInWorkers(
  job: ChunkJob,
  workers: number,
  { first, end }: ChunkSpan,
  signal: AbortSignal | undefined,
): AsyncGenerator<EncodedTable> {
  throwIfAborted(signal);
  const pool = openPool(job, workers);
  signal?.addEventListener("abort", pool.wake);
  let given = first;
  try {
    for (let chunk = first; chunk < end; chunk++) {
      for (;;) {
        throwIfAborted(signal);
        const most = Math.min(end, chunk + CHUNKS_WAITING * workers);
        while (given < most && pool.give(given)) given++;
        const rows = pool.take(chunk);
        if (rows !== undefined) {
          yield rows;
          break;
        }
        await pool.change();
      }
    }
  } finally {
    signal?.removeEventListener("abort", pool.wake);
    await pool.end();
  }
}

interface Pool {
  /** Gives a chunk to a thread; false where all have enough to do. */
  give(chunk: number): boolean;
  /** A chunk's rows, once; undefined where they are not drawn yet. Throws what a thread threw. */
  take(chunk: number): EncodedTable | undefined;
  /** Resolves when there is news. */
  change(): Promise<void>;
  wake(): void;
  end(): Promise<void>;
}

function openPool(job: ChunkJob, workers: number): Pool {
  const threads = Array.from({ length: workers }, () => new Worker(WORKER_FILE, { workerData: job, env: SHARE_ENV }));
  const busy = new Map(threads.map((thread) => [thread, 0]));
  const drawn = new Map<number, EncodedTable>();
  let failure: SynthError | undefined;
  let isEnding = false;
  let wake = (): void => {};
  const fail = (error: SynthError): void => {
    if (!isEnding) failure ??= error;
    wake();
  };
  for (const thread of threads) {
    thread.on("error", (cause) => fail(brokenWorker(cause)));
    thread.on("exit", () => fail(brokenWorker(undefined)));
    thread.on("message", (reply: WorkerReply) => {
      if (reply.kind === "error") return fail(unpackError(reply.error));
      busy.set(thread, busy.get(thread)! - 1);
      drawn.set(reply.chunk, reply.rows);
      wake();
    });
  }
  return {
    give: (chunk) => {
      const idlest = threads.reduce((least, thread) => (busy.get(thread)! < busy.get(least)! ? thread : least));
      if (busy.get(idlest)! >= CHUNKS_AHEAD) return false;
      busy.set(idlest, busy.get(idlest)! + 1);
      idlest.postMessage(chunk);
      return true;
    },
    take: (chunk) => {
      if (failure !== undefined) throw failure;
      const rows = drawn.get(chunk);
      drawn.delete(chunk);
      return rows;
    },
    change: () =>
      new Promise((resolve) => {
        wake = resolve;
      }),
    wake: () => wake(),
    end: async () => {
      isEnding = true;
      await Promise.all(threads.map(endThread));
    },
  };
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

function brokenWorker(cause: unknown): SynthError {
  const why = cause instanceof Error ? `: ${cause.message}` : "";
  return new SynthError("defect", "E_SAMPLE_WORKER", `a thread that draws rows broke down${why}`, { cause });
}
