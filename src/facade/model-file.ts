import { readFile } from "node:fs/promises";
import { deserializeModel } from "../artifact/load-model.js";
import type { SynthModel } from "../artifact/model.js";
import { serializeModel } from "../artifact/save-model.js";
import { writeFileAtomically } from "../io/atomic-write.js";
import { toFileError } from "../io/file-error.js";

/** Writes a model file, wholly or not at all. Throws E_FILE_*. */
export async function saveModel(
  model: SynthModel,
  path: string,
  options: { signal?: AbortSignal } = {},
): Promise<void> {
  await writeFileAtomically(path, [serializeModel(model)], options);
}

/** Reads a model file. Throws E_FILE_* and E_FILE_MODEL_*. */
export async function loadModel(path: string): Promise<SynthModel> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw toFileError(cause, path, "read");
  }
  return deserializeModel(bytes);
}
