import { closeSync, openSync, writeSync } from "node:fs";
import type { OnProgress } from "../core/progress.js";
import type { TrainingLog } from "../gan/trained-generator.js";
import { toFileError } from "../io/file-error.js";
import type { CommandContext } from "./command-runner.js";

/** A log file that grows while training runs. */
export interface TrainingLogFile {
  /** Passes events on and writes each as a line. */
  readonly onProgress: OnProgress;
  /** Adds the whole training log and closes the file. */
  close(log: TrainingLog): Promise<void>;
}

/**
 * Opens `--log file.jsonl`: one JSON object a line, events with the milliseconds since the start, then what training
 * measured. Without a path it only passes events on. Throws E_FILE_*.
 */
export function openTrainingLog(path: string | undefined, context: CommandContext): TrainingLogFile {
  if (path === undefined) return { onProgress: context.onProgress, close: async () => {} };
  const startedAt = context.streams.now();
  const file = attempt(path, () => openSync(path, "w"));
  const writeLine = (line: object) => attempt(path, () => writeSync(file, `${JSON.stringify(line)}\n`));
  return {
    onProgress(event) {
      writeLine({ elapsedMs: Math.round(context.streams.now() - startedAt), ...event });
      context.onProgress(event);
    },
    async close(log) {
      for (const entry of log.entries) writeLine({ kind: "measure", ...entry });
      for (const note of log.notes) writeLine({ kind: "note", note });
      closeSync(file);
    },
  };
}

function attempt<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw toFileError(cause, path, "write");
  }
}
