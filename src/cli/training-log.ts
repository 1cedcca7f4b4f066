import { closeSync, openSync, writeSync } from "node:fs";
import type { OnProgress, ProgressEvent } from "../core/progress.js";
import { toFileError } from "../io/file-error.js";
import type { CommandContext } from "./command-runner.js";

/** A log file that grows while training runs. */
export interface TrainingLogFile {
  /** Passes events on and writes each as a line. */
  readonly onProgress: OnProgress;
  close(): void;
}

/**
 * Opens `--log file.jsonl`: one JSON object a line for each event as it comes, with its kind and the milliseconds since the
 * start. A training that goes on adds to the file (`append`). Without a path events are only passed on. Throws E_FILE_*.
 */
export function openTrainingLog(path: string | undefined, append: boolean, context: CommandContext): TrainingLogFile {
  if (path === undefined) return { onProgress: context.onProgress, close: () => {} };
  const startedAt = context.streams.now();
  const file = attempt(path, () => openSync(path, append ? "a" : "w"));
  const writeLine = (line: object) => attempt(path, () => writeSync(file, `${JSON.stringify(line)}\n`));
  return {
    onProgress(event) {
      writeLine({ elapsedMs: Math.round(context.streams.now() - startedAt), ...lineOf(event) });
      context.onProgress(event);
    },
    close: () => closeSync(file),
  };
}

/** What an event says, side by side with its kind. */
function lineOf(event: ProgressEvent): object {
  switch (event.kind) {
    case "measure":
      return { kind: event.kind, ...event.entry };
    case "finding":
      return { kind: event.kind, ...event.finding };
    case "stage":
    case "progress":
    case "notice":
    case "note":
      return event;
    default:
      return event satisfies never;
  }
}

function attempt<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw toFileError(cause, path, "write");
  }
}
