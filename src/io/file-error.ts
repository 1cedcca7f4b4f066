import { fileError, SynthError } from "../core/errors.js";

/**
 * The SynthError of a failed file operation: operating-system errors become `file` errors with a stable code and a
 * remedy; every other value (a SynthError included) is returned as it came.
 *
 * Codes: E_FILE_NOT_FOUND, E_FILE_IS_FOLDER, E_FILE_PERMISSION, E_FILE_FOLDER_MISSING, E_FILE_DISK_FULL, and
 * E_FILE_READ or E_FILE_WRITE for the rest.
 */
export function toFileError(cause: unknown, path: string, action: "read" | "write"): unknown {
  if (cause instanceof SynthError || !isSystemError(cause)) return cause;
  const details = (hint: string) => ({ hint, where: path, cause });
  switch (cause.code) {
    case "ENOENT":
      return action === "read"
        ? fileError("E_FILE_NOT_FOUND", `there is no file ${path}`, details("check the path"))
        : folderMissing(path, details("create the folder first"));
    case "ENOTDIR":
      return folderMissing(path, details("a part of the path is a file, not a folder: choose another path"));
    case "EISDIR":
      return isFolder(path, action, cause);
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return fileError("E_FILE_PERMISSION", `no permission to ${action} ${path}`, details(permissionHint(action)));
    case "ENOSPC":
    case "EDQUOT":
    case "EFBIG":
      return fileError(
        "E_FILE_DISK_FULL",
        `no space left to write ${path}`,
        details("free some space or write to another disk; nothing was left behind"),
      );
    default:
      return fileError(
        action === "read" ? "E_FILE_READ" : "E_FILE_WRITE",
        `cannot ${action} ${path} (${cause.code})`,
        details("check the path and the disk"),
      );
  }
}

/** The error of a path that is a folder where a file is needed: E_FILE_IS_FOLDER. */
export function isFolder(path: string, action: "read" | "write", cause?: unknown): SynthError {
  return fileError("E_FILE_IS_FOLDER", `${path} is a folder, not a file`, {
    hint: action === "read" ? "name the file in it that holds the table" : "add a file name",
    where: path,
    cause,
  });
}

function folderMissing(path: string, details: { hint: string; where: string; cause: unknown }): SynthError {
  return fileError("E_FILE_FOLDER_MISSING", `the folder of ${path} does not exist`, details);
}

function permissionHint(action: "read" | "write"): string {
  return action === "read" ? "make the file readable for this user" : "choose a folder this user may write to";
}

/** True for an error of the operating system, which has a code such as ENOENT. */
export function isSystemError(cause: unknown): cause is Error & { readonly code: string } {
  return cause instanceof Error && "code" in cause && typeof cause.code === "string" && "syscall" in cause;
}
