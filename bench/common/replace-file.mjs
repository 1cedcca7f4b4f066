import { renameSync, writeFileSync } from "node:fs";

/** Writes a text file whole or not at all. */
export function replaceFile(path, text) {
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}
