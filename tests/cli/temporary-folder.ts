import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/** A folder for one test file, removed after it. */
export function makeTemporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "synth-test-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Everything below a folder, hidden files included, sorted. */
export function listAll(folder: string): string[] {
  return readdirSync(folder, { recursive: true }).map(String).sort();
}
