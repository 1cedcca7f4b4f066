import { randomBytes } from "node:crypto";
import { type FileHandle, open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { throwIfAborted } from "../core/errors.js";
import { isFolder, toFileError } from "./file-error.js";

export interface AtomicWriteOptions {
  readonly signal?: AbortSignal | undefined;
  /** Opens the temporary file; tests pass one that fails. Default: `open` of node:fs/promises. */
  readonly openFile?: (path: string, flags: string, mode: number) => Promise<FileHandle>;
}

/**
 * Writes a file wholly or not at all: the chunks go to a temporary name in the same folder, are fsynced, and the file
 * is renamed into place. On any error, one thrown by `chunks` included, and on abort the temporary file is removed
 * and what stood at `path` stays as it was. A symbolic link is followed; a device or a pipe is written directly.
 *
 * Errors: E_FILE_FOLDER_MISSING, E_FILE_IS_FOLDER, E_FILE_PERMISSION, E_FILE_DISK_FULL, E_FILE_WRITE, E_INTERRUPTED;
 * what `chunks` throws is passed on.
 */
export async function writeFileAtomically(
  path: string,
  chunks: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
  options: AtomicWriteOptions = {},
): Promise<void> {
  try {
    throwIfAborted(options.signal);
    const target = await findTarget(path);
    if (target.isSpecial) await writeChunks(await open(target.path, "w"), chunks, options.signal, false);
    else await writeAndRename(target, chunks, options);
  } catch (cause) {
    throw toFileError(cause, path, "write");
  }
}

interface Target {
  readonly path: string;
  readonly mode: number;
  /** A device, pipe or socket: there is nothing to rename. */
  readonly isSpecial: boolean;
}

async function findTarget(path: string): Promise<Target> {
  try {
    const existing = await stat(path);
    if (existing.isDirectory()) throw isFolder(path, "write");
    return { path: await realpath(path), mode: existing.mode & 0o777, isSpecial: !existing.isFile() };
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") {
      return { path, mode: 0o666, isSpecial: false };
    }
    throw cause;
  }
}

async function writeAndRename(
  target: Target,
  chunks: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
  options: AtomicWriteOptions,
): Promise<void> {
  const openFile = options.openFile ?? open;
  const suffix = randomBytes(6).toString("hex");
  const temporary = join(dirname(target.path), `.${basename(target.path)}.${suffix}.tmp`);
  const handle = await openFile(temporary, "wx", target.mode);
  try {
    await writeChunks(handle, chunks, options.signal, true);
    await rename(temporary, target.path);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw cause;
  }
}

async function writeChunks(
  handle: FileHandle,
  chunks: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
  signal: AbortSignal | undefined,
  flush: boolean,
): Promise<void> {
  try {
    for await (const chunk of chunks) {
      throwIfAborted(signal);
      await handle.writeFile(chunk);
    }
    throwIfAborted(signal);
    if (flush) await handle.sync();
  } finally {
    await handle.close();
  }
}
