import { unzipSync, type Zippable, zipSync } from "fflate";
import { fileError, SynthError } from "../core/errors.js";

/** What an archive may hold at most; a model of ours holds far less. */
export interface ArchiveLimits {
  readonly maxEntries: number;
  /** Bytes of all entries together, unpacked. */
  readonly maxUnpackedBytes: number;
  /** Unpacked to packed bytes of one entry (entries under 1 MiB are free of it). */
  readonly maxRatio: number;
}

const LIMITS: ArchiveLimits = { maxEntries: 16, maxUnpackedBytes: 2 ** 30, maxRatio: 200 };

/** Packs named entries into a zip. No clock time and no owner stands in it: same entries, same bytes. */
export function packArchive(entries: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const zippable: Zippable = {};
  for (const [name, bytes] of Object.entries(entries)) {
    zippable[name] = [bytes, { level: 6, mtime: new Date(1980, 0, 1), os: 0 }];
  }
  return zipSync(zippable);
}

/**
 * The entries of a zip. Nothing is unpacked before the names and sizes of all entries were checked.
 * Throws E_FILE_MODEL_FOREIGN (not a zip), E_FILE_MODEL_TRUNCATED and E_FILE_MODEL_LIMIT.
 */
export function unpackArchive(bytes: Uint8Array, limits: ArchiveLimits = LIMITS): Record<string, Uint8Array> {
  if (bytes.length < 4 || bytes[0] !== 0x50 || bytes[1] !== 0x4b || bytes[2] !== 3 || bytes[3] !== 4) {
    throw fileError("E_FILE_MODEL_FOREIGN", "this is not a model file of synth", {
      hint: "give a file that `synth fit` or `synth share` wrote",
    });
  }
  const sizes = listEntries(bytes, limits);
  const entries = unzip(bytes, () => true);
  for (const [name, size] of sizes) if (entries[name]?.length !== size) throw truncated();
  return entries;
}

function listEntries(bytes: Uint8Array, limits: ArchiveLimits): Map<string, number> {
  const sizes = new Map<string, number>();
  let total = 0;
  unzip(bytes, ({ name, size, originalSize }) => {
    if (!/^[a-z0-9][a-z0-9_.-]{0,99}$/.test(name)) throw limit("an entry's name is not allowed");
    if (sizes.has(name)) throw limit("two entries have the same name");
    if (originalSize > 2 ** 20 && originalSize > limits.maxRatio * size) throw limit("an entry is packed too tightly");
    total += originalSize;
    sizes.set(name, originalSize);
    if (sizes.size > limits.maxEntries) throw limit(`it holds more than ${limits.maxEntries} entries`);
    if (total > limits.maxUnpackedBytes) throw limit(`it would unpack to more than ${limits.maxUnpackedBytes} bytes`);
    return false;
  });
  return sizes;
}

function unzip(
  bytes: Uint8Array,
  filter: (entry: { name: string; size: number; originalSize: number }) => boolean,
): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes, { filter });
  } catch (cause) {
    throw cause instanceof SynthError ? cause : truncated(cause);
  }
}

function truncated(cause?: unknown): SynthError {
  return fileError("E_FILE_MODEL_TRUNCATED", "the model file is cut off or damaged", {
    hint: "fetch the file again, or fit the model again",
    cause,
  });
}

function limit(what: string): SynthError {
  return fileError("E_FILE_MODEL_LIMIT", `the model file is refused: ${what}`, {
    hint: "give a file that `synth fit` or `synth share` wrote",
  });
}
