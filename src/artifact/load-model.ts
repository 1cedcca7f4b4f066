import { createHash } from "node:crypto";
import { fileError, type SynthError } from "../core/errors.js";
import type { Field } from "../encode/field.js";
import type { PhaseEnd, TrainingLog } from "../gan/trained-generator.js";
import { type Manifest, MODEL_FORMAT_VERSION, manifestHeadSchema, manifestSchema } from "./manifest.js";
import type { SynthModel } from "./model.js";
import { readSafetensors } from "./safetensors.js";
import { unpackArchive } from "./zip-archive.js";

/**
 * The model in the bytes of a model.synth. Throws E_FILE_MODEL_FOREIGN, E_FILE_MODEL_TRUNCATED, E_FILE_MODEL_LIMIT,
 * E_FILE_MODEL_NEWER, E_FILE_MODEL_MANIFEST, E_FILE_MODEL_WEIGHTS.
 */
export function deserializeModel(bytes: Uint8Array): SynthModel {
  const entries = unpackArchive(bytes);
  const manifest = readManifest(entries["manifest.json"]);
  for (const [name, expected] of Object.entries(manifest.files)) checkEntry(name, entries[name], expected);
  const { generator } = manifest;
  return {
    schema: manifest.schema,
    ...(manifest.constraints && { constraints: manifest.constraints }),
    encoding: manifest.encoding,
    config: manifest.config,
    seed: manifest.seed,
    ...("epsilon" in manifest.privacy && { privacy: manifest.privacy }),
    generator: {
      config: manifest.config.model,
      fields: generator.fields as readonly Field[],
      weights: readSafetensors(entries["weights.safetensors"]!),
      state: generator.state,
      log: readLog(manifest.training),
    },
  };
}

function readManifest(bytes: Uint8Array | undefined): Manifest {
  if (bytes === undefined) throw foreign("it has no manifest.json");
  const content = parseJson(bytes);
  const head = manifestHeadSchema.safeParse(content);
  if (!head.success) throw foreign("its manifest.json is another program's");
  if (head.data.version > MODEL_FORMAT_VERSION) {
    throw fileError(
      "E_FILE_MODEL_NEWER",
      `the model has format version ${head.data.version}; this program reads up to ${MODEL_FORMAT_VERSION}`,
      { where: "manifest.json", hint: "update synth" },
    );
  }
  const parsed = manifestSchema.safeParse(content);
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path.join(".") ?? "";
    throw fileError("E_FILE_MODEL_MANIFEST", `manifest.json is not valid at "${path}"`, {
      where: "manifest.json",
      hint: "fetch the file again, or fit the model again",
      cause: parsed.error,
    });
  }
  return parsed.data;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw foreign("its manifest.json is not JSON", cause);
  }
}

function checkEntry(name: string, bytes: Uint8Array | undefined, expected: { bytes: number; sha256: string }): void {
  const intact =
    bytes?.length === expected.bytes && createHash("sha256").update(bytes).digest("hex") === expected.sha256;
  if (!intact) {
    throw fileError("E_FILE_MODEL_TRUNCATED", `${name} of the model file is missing, cut off or damaged`, {
      where: name,
      hint: "fetch the file again, or fit the model again",
    });
  }
}

function readLog(training: Manifest["training"]): TrainingLog {
  const entries = training.entries.map((entry) => {
    const measures = Object.entries(entry).map(([name, value]) => [name, value ?? Number.NaN]);
    return { ...Object.fromEntries(measures), phase: entry.phase, step: entry.step };
  });
  const { notes, findings, overlays, diverged } = training;
  return {
    entries,
    notes,
    ...(training.ends && { ends: training.ends.map(readEnd) }),
    ...(findings && { findings }),
    ...(overlays && { overlays }),
    ...(diverged && { diverged }),
  };
}

function readEnd({ kept, ...end }: NonNullable<Manifest["training"]["ends"]>[number]): PhaseEnd {
  return kept === undefined ? end : { ...end, kept };
}

function foreign(what: string, cause?: unknown): SynthError {
  return fileError("E_FILE_MODEL_FOREIGN", `this is not a model file of synth: ${what}`, {
    hint: "give a file that `synth fit` or `synth share` wrote",
    cause,
  });
}
