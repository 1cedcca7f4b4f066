import { createHash } from "node:crypto";
import { VERSION } from "../core/version.js";
import type { TrainingFinding } from "../gan/diagnostics/training-measures.js";
import { exportGenerator } from "../gan/export-generator.js";
import type { TrainingLog, TrainingOverlay } from "../gan/trained-generator.js";
import { type Manifest, MODEL_FORMAT_VERSION } from "./manifest.js";
import type { SynthModel } from "./model.js";
import { writeSafetensors } from "./safetensors.js";
import { packArchive } from "./zip-archive.js";

/**
 * A model as the bytes of model.synth: a zip of manifest.json, generator.onnx (the sampling network, for any ONNX runtime)
 * and weights.safetensors. Same model, same bytes.
 */
export function serializeModel(model: SynthModel): Uint8Array {
  const onnx = exportGenerator(model.generator);
  const weights = writeSafetensors(model.generator.weights);
  const manifest: Manifest = {
    format: "synth-model",
    version: MODEL_FORMAT_VERSION,
    producer: `synth ${VERSION}`,
    seed: model.seed,
    schema: model.schema,
    ...(model.constraints && { constraints: model.constraints }),
    encoding: model.encoding,
    config: model.config,
    generator: { fields: [...model.generator.fields], state: model.generator.state as Manifest["generator"]["state"] },
    training: writeLog(model.generator.log),
    privacy: model.privacy ?? { ledger: [] },
    files: { "generator.onnx": describeEntry(onnx), "weights.safetensors": describeEntry(weights) },
  };
  return packArchive({
    "manifest.json": new TextEncoder().encode(`${JSON.stringify(manifest, null, 1)}\n`),
    "generator.onnx": onnx,
    "weights.safetensors": weights,
  });
}

/** JSON has no NaN and no infinity: a measure that is not finite is written as null. */
function writeLog(log: TrainingLog): Manifest["training"] {
  const entries = log.entries.map((entry) => ({
    ...Object.fromEntries(
      Object.entries(entry).map(([name, value]) => [
        name,
        typeof value === "number" && !Number.isFinite(value) ? null : value,
      ]),
    ),
    phase: entry.phase,
    step: entry.step,
  }));
  return {
    entries,
    notes: [...log.notes],
    ...(log.ends && { ends: log.ends.map((end) => ({ ...end })) }),
    ...(log.findings && { findings: log.findings.map(writeFinding) }),
    ...(log.overlays && { overlays: log.overlays.map(copyOverlay) }),
    ...(log.diverged && { diverged: { ...log.diverged } }),
  };
}

function writeFinding(finding: TrainingFinding) {
  const evidence = Object.entries(finding.evidence).filter(([, value]) => Number.isFinite(value));
  return { ...finding, evidence: Object.fromEntries(evidence) };
}

function copyOverlay({ real, looks, ...others }: TrainingOverlay) {
  return { ...others, real: [...real], looks: looks.map(({ step, shares }) => ({ step, shares: [...shares] })) };
}

function describeEntry(bytes: Uint8Array): { bytes: number; sha256: string } {
  return { bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
}
