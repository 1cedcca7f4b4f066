import { access, constants, stat } from "node:fs/promises";
import { dirname } from "node:path";
import type { SynthModel } from "../artifact/model.js";
import { serializeModel } from "../artifact/save-model.js";
import { writeFileAtomically } from "../io/atomic-write.js";
import { isFolder, toFileError } from "../io/file-error.js";
import { fileFormatOf } from "../io/table-format.js";
import type { CommandContext } from "./command-runner.js";

/** Asks, before any work, whether a file can be written: its folder exists and may be written to. Throws E_FILE_*. */
export async function claimFile(path: string): Promise<void> {
  try {
    const existing = await stat(path).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === "ENOENT") return undefined;
      throw cause;
    });
    if (existing?.isDirectory()) throw isFolder(path, "write");
    if (existing === undefined || existing.isFile()) await access(dirname(path), constants.W_OK);
  } catch (cause) {
    throw toFileError(cause, path, "write");
  }
}

/** claimFile for a table: `format` or its extension must name a format as well. Throws E_FILE_*, E_USAGE_FORMAT. */
export async function claimTable(path: string, format?: string): Promise<void> {
  fileFormatOf(path, format);
  await claimFile(path);
}

/** Writes a model file; returns its size in bytes. */
export async function saveModelAt(model: SynthModel, path: string, context: CommandContext): Promise<number> {
  const bytes = serializeModel(model);
  await writeFileAtomically(path, [bytes], { signal: context.signal });
  return bytes.length;
}

/** Writes a text file, wholly or not at all. */
export async function writeTextFile(path: string, text: string, context: CommandContext): Promise<void> {
  await writeFileAtomically(path, [text], { signal: context.signal });
}
