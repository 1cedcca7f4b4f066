import { randomBytes } from "node:crypto";
import { access, constants, mkdir, readdir, rename, rm, rmdir, stat } from "node:fs/promises";
import { basename, dirname, extname, join, resolve } from "node:path";
import { serializeModel } from "../artifact/save-model.js";
import { fileError, throwIfAborted, usageError } from "../core/errors.js";
import { VERSION } from "../core/version.js";
import { changedSettings } from "../gan/resolve-config.js";
import { writeFileAtomically } from "../io/atomic-write.js";
import { toFileError } from "../io/file-error.js";
import { writeTable } from "../io/write-table.js";
import { renderReadme } from "../report/render-readme.js";
import { renderReport } from "../report/render-report.js";
import { serializeReport } from "../report/report-json.js";
import type { SharedTable } from "./share.js";

/** The files of a shared folder. */
export const SHARED_FILES = [
  "synthetic.csv",
  "model.synth",
  "report.html",
  "report.json",
  "schema.json",
  "README.md",
] as const;

/** A folder that does not exist yet: `commit` makes it appear whole, `discard` leaves no trace of it. */
export interface PendingFolder {
  write(shared: SharedTable, options: { readonly source: string; readonly signal?: AbortSignal }): Promise<void>;
  discard(): Promise<void>;
}

/**
 * Claims the place of a shared folder before any work is done for it: its parents are made, and a hidden folder beside it
 * takes the files until all are written. Throws E_FILE_FOLDER_NOT_EMPTY when the folder holds files of others (`force` writes
 * among them), E_FILE_PERMISSION, E_FILE_FOLDER_MISSING, E_FILE_NOT_FOLDER.
 */
export async function openSharedFolder(path: string, options: { force?: boolean } = {}): Promise<PendingFolder> {
  const target = resolve(path);
  const existing = await listFolder(target);
  const isOurs = existing?.every((name) => (SHARED_FILES as readonly string[]).includes(name)) ?? true;
  if (!isOurs && options.force !== true) {
    throw fileError("E_FILE_FOLDER_NOT_EMPTY", `the folder ${path} holds other files`, {
      where: path,
      hint: "choose another folder, or let --force write among them",
    });
  }
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString("hex")}.tmp`);
  let firstMade: string | undefined;
  try {
    firstMade = await mkdir(dirname(target), { recursive: true });
    await mkdir(temporary);
    if (existing !== undefined) await access(target, constants.W_OK);
  } catch (cause) {
    throw toFileError(cause, path, "write");
  }
  let isOpen = true;
  const discard = async () => {
    if (!isOpen) return;
    isOpen = false;
    await rm(temporary, { recursive: true, force: true });
    if (firstMade !== undefined) await removeEmptyFolders(dirname(target), firstMade);
  };
  return {
    discard,
    async write(shared, { source, signal }) {
      try {
        await writeFiles(temporary, shared, source, signal);
        throwIfAborted(signal);
        await (isOurs ? replaceFolder(temporary, target) : moveFiles(temporary, target));
        isOpen = false;
      } catch (cause) {
        await discard();
        throw toFileError(cause, path, "write");
      }
    },
  };
}

async function writeFiles(folder: string, shared: SharedTable, source: string, signal?: AbortSignal): Promise<void> {
  const options = signal === undefined ? {} : { signal };
  const write = (name: (typeof SHARED_FILES)[number], content: string | Uint8Array) =>
    writeFileAtomically(join(folder, name), [content], options);
  await writeTable(shared.synthetic, join(folder, "synthetic.csv"), options);
  await write("model.synth", serializeModel(shared.model));
  await write("report.html", renderReport(shared.report, { title: titleOf(source) }));
  await write("report.json", serializeReport(shared.report));
  await write("schema.json", `${JSON.stringify(shared.model.schema, null, 2)}\n`);
  await write("README.md", readmeOf(shared, source));
}

function readmeOf({ model, requested, report, synthetic }: SharedTable, source: string): string {
  const { preset } = requested;
  const settings = changedSettings(requested).map(([path, value]) => ` --set ${path}=${JSON.stringify(value)}`);
  return renderReadme(report, {
    name: titleOf(source),
    rows: synthetic.rowCount,
    columns: synthetic.columns.length,
    command: `synth share ${source} --preset ${preset} --seed ${model.seed}${settings.join("")}`,
    seed: model.seed,
    version: VERSION,
    preset,
    minCategoryCount: model.config.encoding.minCategoryCount,
    omitted: model.encoding.columns.filter((column) => column.kind === "omitted"),
    notes: model.generator.log.notes,
  });
}

/** A table's name without its extension. */
function titleOf(source: string): string {
  return basename(source, extname(source));
}

/** The names in a folder; undefined when there is none. */
async function listFolder(path: string): Promise<readonly string[] | undefined> {
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

/** An earlier output steps aside for the moment of two renames, so that no reader sees a mixture. */
async function replaceFolder(temporary: string, target: string): Promise<void> {
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

async function moveFiles(temporary: string, target: string): Promise<void> {
  for (const name of SHARED_FILES) await rename(join(temporary, name), join(target, name));
  await rmdir(temporary);
}

/** Removes the folders that were made for the output, innermost first, as long as they are empty. */
async function removeEmptyFolders(from: string, outermost: string): Promise<void> {
  for (let folder = from; folder.startsWith(outermost); folder = dirname(folder)) {
    if ((await readdir(folder)).length > 0) return;
    await rmdir(folder);
  }
}
