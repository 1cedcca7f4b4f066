import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileError } from "../core/errors.js";

/**
 * The Parquet files of a folder, or of a pattern with `*` in the file's name (`part-*.parquet`), by name; undefined for every
 * other path. Throws E_FILE_NOT_FOUND where a pattern matches nothing.
 */
export async function findParts(path: string): Promise<readonly string[] | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) {
    const parts = await listFiles(path, /\.parquet$/i);
    return parts.length === 0 ? undefined : parts;
  }
  if (found !== undefined || !basename(path).includes("*")) return undefined;
  const pieces = basename(path).split("*").map(escapePattern);
  const parts = await listFiles(dirname(path), new RegExp(`^${pieces.join(".*")}$`));
  if (parts.length > 0) return parts;
  throw fileError("E_FILE_NOT_FOUND", `no file matches ${path}`, { where: path, hint: "check the pattern" });
}

async function listFiles(folder: string, pattern: RegExp): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((name) => pattern.test(name) && !name.startsWith("."));
  return names.sort().map((name) => join(folder, name));
}

function escapePattern(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
}
