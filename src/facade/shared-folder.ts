import { randomBytes } from "node:crypto";
import { access, constants, mkdir, rename, rm, rmdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { fileError, throwIfAborted } from "../core/errors.js";
import { toFileError } from "../io/file-error.js";
import { WITHHELD_FILES } from "./private-files.js";
import { listFolder, removeEmptyFolders, replaceFolder } from "./replace-folder.js";
import type { SharedTable } from "./share.js";
import { isEarlierOutput, OUR_FILES, writeSharedFiles } from "./shared-files.js";

/** A folder that does not exist yet: `write` makes it appear whole, `discard` leaves no trace of it. */
export interface PendingFolder {
  write(
    shared: SharedTable,
    options: { readonly source: string; readonly signal?: AbortSignal },
  ): Promise<WrittenFolder>;
  discard(): Promise<void>;
}

/** What `write` left behind. */
export interface WrittenFolder {
  /** The folder that was asked for; that name and `-NOT-SHAREABLE` where the release policy is not met. */
  readonly folder: string;
  readonly files: readonly string[];
  /** The folder of an earlier run under the other name, which this run replaces. */
  readonly replaced?: string;
  /** Under differential privacy: what it does not cover, in a folder beside, whose name ends in `-report-not-private`. */
  readonly withheld?: { readonly folder: string; readonly files: readonly string[] };
}

/**
 * Claims the place of a shared folder before any work is done for it: its parents are made, and a hidden folder beside it
 * takes the files until all are written. What does not meet its release policy gets a name that ends in `-NOT-SHAREABLE`; the
 * report of a table under differential privacy goes to a folder of its own. One output has one folder: an earlier run's, under
 * either name, and its report, make way for the new one. Throws E_FILE_FOLDER_NOT_EMPTY when one of the folders holds files of
 * others (`force` writes among them), E_FILE_PERMISSION, E_FILE_FOLDER_MISSING, E_USAGE_OUTPUT.
 */
export async function openSharedFolder(path: string, options: { force?: boolean } = {}): Promise<PendingFolder> {
  const [marked, reportPlace] = [nameBeside(path, "NOT-SHAREABLE"), nameBeside(path, "report-not-private")];
  for (const place of [path, marked]) await requireOurs(place, OUR_FILES, options.force === true);
  await requireOurs(reportPlace, WITHHELD_FILES, options.force === true);
  const parent = dirname(resolve(path));
  const temporary = join(parent, `.${basename(resolve(path))}.${randomBytes(6).toString("hex")}.tmp`);
  const aside = `${temporary}.report`;
  let firstMade: string | undefined;
  try {
    firstMade = await mkdir(parent, { recursive: true });
    await mkdir(temporary);
    for (const place of [path, marked, reportPlace])
      if ((await listFolder(place)) !== undefined) await access(place, constants.W_OK);
  } catch (cause) {
    await rm(temporary, { recursive: true, force: true });
    throw toFileError(cause, path, "write");
  }
  let isOpen = true;
  const discard = async () => {
    if (!isOpen) return;
    isOpen = false;
    await rm(temporary, { recursive: true, force: true });
    await rm(aside, { recursive: true, force: true });
    if (firstMade !== undefined) await removeEmptyFolders(parent, firstMade);
  };
  return {
    discard,
    async write(shared, { source, signal }) {
      const isShareable = shared.report.release.shareable;
      const [folder, other] = isShareable ? [path, marked] : [marked, path];
      try {
        const places = { folder: temporary, withheld: aside, withheldName: basename(reportPlace) };
        const { names, withheld } = await writeSharedFiles(places, shared, source, signal);
        throwIfAborted(signal);
        await putReport(aside, reportPlace, withheld);
        const replaced = await swapIn(temporary, folder, other, names);
        isOpen = false;
        const filesIn = (place: string, all: readonly string[]) => all.map((name) => join(place, name));
        return {
          folder,
          files: filesIn(folder, names),
          ...(replaced ? { replaced: other } : {}),
          ...(withheld.length > 0 && { withheld: { folder: reportPlace, files: filesIn(reportPlace, withheld) } }),
        };
      } catch (cause) {
        await discard();
        throw toFileError(cause, path, "write");
      }
    },
  };
}

/** The name of a folder beside another: its name and an ending. */
function nameBeside(path: string, ending: string): string {
  const isNamed = !["", ".", ".."].includes(basename(path));
  return `${isNamed ? join(dirname(path), basename(path)) : resolve(path)}-${ending}`;
}

async function requireOurs(path: string, ours: readonly string[], force: boolean): Promise<void> {
  if (force || isOurs(await listFolder(path), ours)) return;
  throw fileError("E_FILE_FOLDER_NOT_EMPTY", `the folder ${path} holds other files`, {
    where: path,
    hint: "choose another folder, or let --force write among them",
  });
}

function isOurs(names: readonly string[] = [], ours: readonly string[] = OUR_FILES): boolean {
  return names.every((name) => ours.includes(name));
}

/** Puts the report beside the folder that must not hold it; where there is none, that of an earlier run goes. */
async function putReport(temporary: string, place: string, names: readonly string[]): Promise<void> {
  const present = (await listFolder(place)) ?? [];
  if (names.length > 0 && isOurs(present, WITHHELD_FILES)) return replaceFolder(temporary, place);
  const stale = present.filter((name) => isOurs([name], WITHHELD_FILES));
  await removeOurFiles(place, stale);
  for (const name of names) await rename(join(temporary, name), join(place, name));
  if (names.length > 0) await rmdir(temporary);
  else if (stale.length > 0 && stale.length === present.length) await rmdir(place);
}

/**
 * Puts the new folder in its place and takes an earlier output under the other name away; true where there was one. It steps
 * aside first, so that the two are never beside each other, and comes back where the new one cannot be put in place.
 */
async function swapIn(temporary: string, folder: string, other: string, names: readonly string[]): Promise<boolean> {
  const otherNames = await listFolder(other);
  const isEarlier = isEarlierOutput(otherNames);
  const aside = `${temporary}.earlier`;
  const stepsAside = isEarlier && isOurs(otherNames);
  if (stepsAside) await rename(other, aside);
  try {
    const isWhole = isOurs(await listFolder(folder));
    await (isWhole ? replaceFolder(temporary, folder) : moveFiles(temporary, folder, names));
  } catch (cause) {
    if (stepsAside) await rename(aside, other);
    throw cause;
  }
  if (stepsAside) await rm(aside, { recursive: true, force: true });
  else if (isEarlier) await removeOurFiles(other, OUR_FILES);
  return isEarlier;
}

/** Into a folder that holds files of others: those stay, ours of an earlier run do not. */
async function moveFiles(temporary: string, folder: string, names: readonly string[]): Promise<void> {
  const stale = OUR_FILES.filter((name) => !names.includes(name));
  const present = (await listFolder(folder)) ?? [];
  if (isEarlierOutput(present)) await removeOurFiles(folder, stale);
  for (const name of names) await rename(join(temporary, name), join(folder, name));
  await rmdir(temporary);
}

async function removeOurFiles(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) await rm(join(folder, name), { force: true });
}
