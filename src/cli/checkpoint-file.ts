import { readdir, readFile, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { type Checkpoint, deserializeCheckpoint, serializeCheckpoint } from "../artifact/checkpoint.js";
import { SynthError } from "../core/errors.js";
import type { CheckpointKeeper } from "../facade/fit-checkpoints.js";
import { writeFileAtomically } from "../io/atomic-write.js";
import { isSystemError, toFileError } from "../io/file-error.js";
import type { CommandContext } from "./command-runner.js";

/** Seconds between two checkpoints where none are asked for. */
const DEFAULT_SECONDS = 60;

/** What the command line says of checkpoints. */
export interface CheckpointFlags {
  readonly resume?: boolean;
  /** Seconds. */
  readonly checkpointEvery?: number;
}

/** The file beside the output that an interrupted training goes on from. */
export interface CheckpointFile {
  readonly keeper: CheckpointKeeper;
  /** Work that may be interrupted: the error then says how to go on. */
  during<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Takes the file away: the output is there. */
  remove(): Promise<void>;
}

/**
 * Opens `<output>.checkpoint`. With `resume` what stands in it is what training goes on from; where there is none, training begins,
 * and a notice says so. It is written while training goes on, whole or not at all; where that fails, a notice says so. Throws
 * E_RESUME_*, E_FILE_*.
 */
export async function openCheckpointFile(
  output: string,
  flags: CheckpointFlags,
  context: CommandContext,
): Promise<CheckpointFile> {
  const path = `${withoutSlash(output)}.checkpoint`;
  await removeUnfinished(path);
  const from = await readEarlier(path, flags.resume === true, context);
  const { now } = context.streams;
  const intervalMs = 1000 * (flags.checkpointEvery ?? DEFAULT_SECONDS);
  let keptAt = now();
  let writing: Promise<void> | undefined;
  let isThere = from !== undefined;
  const write = async (bytes: Uint8Array): Promise<void> => {
    try {
      await writeFileAtomically(path, [bytes]);
      isThere = true;
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      const message = `a checkpoint could not be written: ${why}`;
      context.onProgress({ kind: "notice", code: "N_CHECKPOINT_FAILED", message });
    }
  };
  return {
    keeper: {
      from,
      isDue: () => writing === undefined && now() - keptAt >= intervalMs,
      async keep(checkpoint) {
        const bytes = serializeCheckpoint(checkpoint);
        keptAt = now();
        await writing;
        writing = write(bytes).finally(() => {
          writing = undefined;
        });
        if (context.signal.aborted) await writing;
      },
    },
    async during(work) {
      try {
        return await work();
      } catch (cause) {
        await writing;
        throw isThere && cause instanceof SynthError && cause.code === "E_INTERRUPTED" ? interrupted(path) : cause;
      }
    },
    async remove() {
      await writing;
      await rm(path, { force: true });
    },
  };
}

/** A folder's own name, also where it is given as "out/" or ".". */
function withoutSlash(output: string): string {
  return ["", ".", ".."].includes(basename(output)) ? resolve(output) : join(dirname(output), basename(output));
}

function interrupted(path: string): SynthError {
  return new SynthError(
    "interrupted",
    "E_INTERRUPTED",
    `interrupted; no unfinished file was left behind, and ${path} holds the training so far`,
    { hint: "to go on from there, run the same command again with --resume" },
  );
}

async function readEarlier(path: string, resume: boolean, context: CommandContext): Promise<Checkpoint | undefined> {
  const tell = (code: string, message: string) => context.onProgress({ kind: "notice", code, message });
  const bytes = await readIfThere(path);
  if (bytes === undefined) {
    if (resume) tell("N_NO_CHECKPOINT", `there is no checkpoint ${path} to go on from: training begins`);
    return undefined;
  }
  if (!resume) {
    tell("N_CHECKPOINT_UNUSED", `${path} holds an interrupted training; --resume would go on from it`);
    return undefined;
  }
  try {
    return deserializeCheckpoint(bytes);
  } catch (cause) {
    if (!(cause instanceof SynthError)) throw cause;
    const hint = cause.hint === undefined ? {} : { hint: cause.hint };
    throw new SynthError(cause.kind, cause.code, `${path}: ${cause.message}`, { where: path, cause, ...hint });
  }
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (cause) {
    if (isSystemError(cause) && cause.code === "ENOENT") return undefined;
    throw toFileError(cause, path, "read");
  }
}

/** What a process that was killed amid a write left behind. */
async function removeUnfinished(path: string): Promise<void> {
  const start = `.${basename(path)}.`;
  const names = await readdir(dirname(path)).catch(() => []);
  const unfinished = names.filter(
    (name) => name.startsWith(start) && /^[0-9a-f]{12}\.tmp$/.test(name.slice(start.length)),
  );
  for (const name of unfinished) await rm(join(dirname(path), name), { force: true });
}
