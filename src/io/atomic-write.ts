import { randomBytes } from "node:crypto";
import { type FileHandle, open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { throwIfAborted } from "../core/errors.js";
import type { ByteSink } from "./byte-sink.js";
import { isFolder, toFileError } from "./file-error.js";

export interface AtomicWriteOptions {
  readonly signal?: AbortSignal | undefined;
  /** Opens the temporary file; tests pass one that fails. Default: `open` of node:fs/promises. */
  readonly openFile?: (path: string, flags: string, mode: number) => Promise<FileHandle>;
}

/**
 * Writes a file wholly or not at all, see openAtomicFile. On any error, one thrown by `chunks` included, and on abort the
 * temporary file is removed and what stood at `path` stays as it was.
 *
 * Errors: those of openAtomicFile; what `chunks` throws is passed on.
 */
export async function writeFileAtomically(
  path: string,
  chunks: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
  options: AtomicWriteOptions = {},
): Promise<void> {
  const file = await openAtomicFile(path, options);
  try {
    for await (const chunk of chunks) await file.write(chunk);
    await file.close();
  } catch (cause) {
    await file.discard();
    throw toFileError(cause, path, "write");
  }
}

/**
 * A file that appears whole when it is closed: what is written goes to a temporary name in the same folder, which is
 * fsynced and renamed into place; `discard` removes it and leaves what stood at `path`. A symbolic link is followed; a
 * device or a pipe is written directly.
 *
 * Errors, of opening, writing and closing: E_FILE_FOLDER_MISSING, E_FILE_IS_FOLDER, E_FILE_PERMISSION, E_FILE_DISK_FULL,
 * E_FILE_WRITE, E_INTERRUPTED. After one of writing or closing the file must be discarded.
 */
export async function openAtomicFile(path: string, options: AtomicWriteOptions = {}): Promise<ByteSink> {
  const explained = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      throwIfAborted(options.signal);
      return await work();
    } catch (cause) {
      throw toFileError(cause, path, "write");
    }
  };
  const file = await explained(() => openTarget(path, options));
  let isOpen = true;
  const closeHandle = async () => {
    if (isOpen) await file.handle.close();
    isOpen = false;
  };
  return {
    write: (chunk) => explained(() => file.handle.writeFile(chunk)),
    close: () =>
      explained(async () => {
        if (file.temporary !== undefined) await file.handle.sync();
        await closeHandle();
        if (file.temporary !== undefined) await rename(file.temporary, file.target);
      }),
    async discard() {
      await closeHandle();
      if (file.temporary !== undefined) await rm(file.temporary, { force: true });
    },
  };
}

interface OpenFile {
  readonly handle: FileHandle;
  readonly target: string;
  /** Undefined for a device, pipe or socket: there is nothing to rename. */
  readonly temporary?: string;
}

async function openTarget(path: string, options: AtomicWriteOptions): Promise<OpenFile> {
  const { target, mode, isSpecial } = await findTarget(path);
  if (isSpecial) return { handle: await open(target, "w"), target };
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString("hex")}.tmp`);
  return { handle: await (options.openFile ?? open)(temporary, "wx", mode), target, temporary };
}

async function findTarget(path: string): Promise<{ target: string; mode: number; isSpecial: boolean }> {
  try {
    const existing = await stat(path);
    if (existing.isDirectory()) throw isFolder(path, "write");
    return { target: await realpath(path), mode: existing.mode & 0o777, isSpecial: !existing.isFile() };
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") {
      return { target: path, mode: 0o666, isSpecial: false };
    }
    throw cause;
  }
}
