import { readdir, rename, rm, rmdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { usageError } from "../core/errors.js";
import { toFileError } from "../io/file-error.js";

/** An earlier folder steps aside for the moment of two renames, so that no reader sees a mixture. */
export async function replaceFolder(temporary: string, target: string): Promise<void> {
  const old = `${temporary}.old`;
  const hadOld = await rename(target, old).then(
    () => true,
    (cause: NodeJS.ErrnoException) => {
      if (cause.code === "ENOENT") return false;
      throw cause;
    },
  );
  try {
    await rename(temporary, target);
  } catch (cause) {
    if (hadOld) await rename(old, target);
    throw cause;
  }
  if (hadOld) await rm(old, { recursive: true, force: true });
}

/** The names in a folder; undefined when there is none. Throws E_USAGE_OUTPUT where it is a file, E_FILE_*. */
export async function listFolder(path: string): Promise<readonly string[] | undefined> {
  try {
    if (!(await stat(path)).isDirectory()) {
      throw usageError("E_USAGE_OUTPUT", `${path} is a file; the output is a folder`, {
        where: path,
        hint: "choose another name",
      });
    }
    return await readdir(path);
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined;
    throw toFileError(cause, path, "write");
  }
}

/** Removes the folders that were made for an output, innermost first, as long as they are empty. */
export async function removeEmptyFolders(from: string, outermost: string): Promise<void> {
  for (let folder = from; folder.startsWith(outermost); folder = dirname(folder)) {
    if ((await readdir(folder)).length > 0) return;
    await rmdir(folder);
  }
}
