import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { SHARE_ENV, Worker } from "node:worker_threads";
import { SynthError, throwIfAborted } from "../core/errors.js";
import { type PackedError, unpackError } from "../core/packed-error.js";
import type { OnProgress, ProgressEvent } from "../core/progress.js";
import { shareTable } from "../table/share-table.js";
import { type AuditJob, type AuditPart, type AuditResults, runAuditPart } from "./audit-parts.js";
import { type AuditProgress, makeAuditProgress } from "./audit-progress.js";

/** What a thread answers to the name of a part. */
export type AuditReply =
  | { readonly kind: "progress"; readonly event: ProgressEvent }
  | { readonly kind: "result"; readonly result: AuditResults[AuditPart] }
  | { readonly kind: "error"; readonly error: PackedError };

export interface AuditRun {
  /** Parts that run at once, at most; default 1. */
  readonly threads?: number | undefined;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The longest first, so that the last to end is short. */
const ORDER: readonly AuditPart[] = ["detection", "privacy", "utility", "fidelity"];

const WORKER_FILE = new URL("./audit-worker.js", import.meta.url);

/** Smaller tables are audited sooner than threads start. */
const MIN_CELLS = 50_000;

/**
 * All parts of an audit, side by side in threads where that pays: the results do not depend on it. Threads have ended when it
 * returns or throws: what a part throws, E_EVALUATE_WORKER where a thread breaks down, E_INTERRUPTED.
 */
export async function runAudit(job: AuditJob, run: AuditRun): Promise<AuditResults> {
  const progress = makeAuditProgress(run.onProgress);
  const count = threadCount(job, run.threads ?? 1);
  return count < 2 ? runHere(job, progress, run.signal) : runInThreads(job, count, progress, run.signal);
}

/** 1 for small jobs; and for sources and bundles, where the worker's file is missing. */
function threadCount({ train, synthetic }: AuditJob, threads: number): number {
  const cells = (train.rowCount + synthetic.rowCount) * train.columns.length;
  if (threads < 2 || cells < MIN_CELLS || !existsSync(fileURLToPath(WORKER_FILE))) return 1;
  return Math.min(threads, ORDER.length);
}

async function runHere(job: AuditJob, progress: AuditProgress, signal: AbortSignal | undefined): Promise<AuditResults> {
  const results: Partial<Record<AuditPart, AuditResults[AuditPart]>> = {};
  for (const part of ORDER) {
    throwIfAborted(signal);
    results[part] = await runAuditPart(part, job, { signal, onProgress: progress.of(part) });
    progress.finish(part);
  }
  return results as AuditResults;
}

async function runInThreads(
  job: AuditJob,
  count: number,
  progress: AuditProgress,
  signal: AbortSignal | undefined,
): Promise<AuditResults> {
  throwIfAborted(signal);
  const { train, synthetic, holdout, shadows } = job;
  const shared: AuditJob = {
    ...job,
    train: shareTable(train),
    synthetic: shareTable(synthetic),
    ...(holdout === undefined ? {} : { holdout: shareTable(holdout) }),
    shadows: shadows?.map((shadow) => ({ ...shadow, synthetic: shareTable(shadow.synthetic) })),
  };
  const threads = Array.from({ length: count }, () => openThread(shared, signal));
  const end = () => Promise.all(threads.map((thread) => thread.end()));
  signal?.addEventListener("abort", end);
  const results: Partial<Record<AuditPart, AuditResults[AuditPart]>> = {};
  const waiting = [...ORDER];
  const work = async (thread: AuditThread): Promise<void> => {
    for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
      results[part] = await thread.run(part, progress.of(part));
      progress.finish(part);
    }
  };
  try {
    await Promise.all(threads.map(work));
  } finally {
    signal?.removeEventListener("abort", end);
    await end();
  }
  return results as AuditResults;
}

interface AuditThread {
  /** One part at a time. Throws what the part throws, E_EVALUATE_WORKER, E_INTERRUPTED. */
  run(part: AuditPart, onProgress: OnProgress): Promise<AuditResults[AuditPart]>;
  end(): Promise<unknown>;
}

function openThread(job: AuditJob, signal: AbortSignal | undefined): AuditThread {
  const worker = new Worker(WORKER_FILE, { workerData: job, env: SHARE_ENV });
  let onReply: (reply: AuditReply) => void = () => {};
  let onBreak: (cause: unknown) => void = () => {};
  worker.on("message", (reply: AuditReply) => onReply(reply));
  worker.on("error", (cause) => onBreak(cause));
  worker.on("exit", () => onBreak(undefined));
  return {
    run: (part, onProgress) =>
      new Promise((resolve, reject) => {
        onReply = (reply) => {
          if (reply.kind === "progress") onProgress(reply.event);
          else if (reply.kind === "result") resolve(reply.result);
          else reject(unpackError(reply.error));
        };
        onBreak = (cause) => reject(signal?.aborted ? interruption(signal) : brokenWorker(cause));
        worker.postMessage(part);
      }),
    end: () => worker.terminate(),
  };
}

function interruption(signal: AbortSignal): SynthError {
  return new SynthError("interrupted", "E_INTERRUPTED", "interrupted", { cause: signal.reason });
}

function brokenWorker(cause: unknown): SynthError {
  const why = cause instanceof Error ? `: ${cause.message}` : "";
  return new SynthError("defect", "E_EVALUATE_WORKER", `a thread that audits broke down${why}`, { cause });
}
