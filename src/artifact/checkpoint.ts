import { createHash } from "node:crypto";
import { z } from "zod";
import { fileError, type SynthError } from "../core/errors.js";
import type { StateArray, TrainingState } from "../gan/training/training-state.js";

/** The format version that this program writes and reads. */
const CHECKPOINT_VERSION = 1;

/** The state of an interrupted training: weights, optimizers, random streams, log. No row and no cell. */
export interface Checkpoint {
  /** What the training was of, by name; a training goes on from checkpoints of the same only. */
  readonly fingerprint: Readonly<Record<string, string>>;
  readonly phase: string;
  readonly state: TrainingState;
}

const KINDS = { Float32Array, Float64Array, Int32Array, Uint32Array, Uint16Array, Uint8Array } as const;

const headerSchema = z.strictObject({
  fingerprint: z.record(z.string(), z.string()),
  phase: z.string(),
  values: z.record(z.string(), z.unknown()),
  arrays: z.array(
    z.strictObject({
      name: z.string(),
      kind: z.enum(["Float32Array", "Float64Array", "Int32Array", "Uint32Array", "Uint16Array", "Uint8Array"]),
      length: z.number().int().min(0),
    }),
  ),
});

/**
 * A checkpoint as bytes: a line with the format, its version and the SHA-256 of what follows; a line of JSON; the arrays one
 * after the other, as the machine has them in memory. What goes on changing in the state is copied here.
 */
export function serializeCheckpoint({ fingerprint, phase, state }: Checkpoint): Uint8Array {
  const arrays = Object.entries(state.arrays);
  const header: z.infer<typeof headerSchema> = {
    fingerprint: { ...fingerprint },
    phase,
    values: { ...state.values },
    arrays: arrays.map(([name, array]) => ({ name, kind: kindOf(array), length: array.length })),
  };
  const json = Buffer.from(`${JSON.stringify(header, (_, value) => markNumber(value))}\n`);
  const firstBytes = firstLine("0".repeat(64)).length;
  const bytes = new Uint8Array(arrays.reduce((sum, [, { byteLength }]) => sum + byteLength, firstBytes + json.length));
  bytes.set(json, firstBytes);
  let at = firstBytes + json.length;
  for (const [, { buffer, byteOffset, byteLength }] of arrays) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  bytes.set(Buffer.from(firstLine(hashOf(bytes.subarray(firstBytes)))));
  return bytes;
}

/** The checkpoint in such bytes. Throws E_RESUME_FOREIGN, E_RESUME_NEWER, E_RESUME_BROKEN. */
export function deserializeCheckpoint(bytes: Uint8Array): Checkpoint {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const match = /^synth-checkpoint (\d{1,9}) ([0-9a-f]{64})\n/.exec(content.subarray(0, 100).toString("latin1"));
  if (match === null) throw foreign(content);
  const [line, version, hash] = match;
  if (Number(version) !== CHECKPOINT_VERSION) throw otherVersion(Number(version));
  const body = content.subarray(line.length);
  if (hashOf(body) !== hash) throw broken();
  const end = body.indexOf(10);
  const header = headerSchema.safeParse(parseJson(body.subarray(0, end)));
  if (!header.success) throw broken();
  const { fingerprint, phase, values, arrays } = header.data;
  return { fingerprint, phase, state: { values, arrays: readArrays(body.subarray(end + 1), arrays) } };
}

function readArrays(data: Buffer, described: z.infer<typeof headerSchema>["arrays"]): Record<string, StateArray> {
  let at = 0;
  const entries = described.map(({ name, kind, length }): [string, StateArray] => {
    const array = new KINDS[kind](at > data.length ? 0 : length);
    const part = data.subarray(at, at + array.byteLength);
    if (part.length !== array.byteLength) throw broken();
    new Uint8Array(array.buffer).set(part);
    at += array.byteLength;
    return [name, array];
  });
  if (at !== data.length) throw broken();
  return Object.fromEntries(entries);
}

function firstLine(hash: string): string {
  return `synth-checkpoint ${CHECKPOINT_VERSION} ${hash}\n`;
}

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function kindOf(array: StateArray): keyof typeof KINDS {
  return array.constructor.name as keyof typeof KINDS;
}

/** JSON has no NaN and no infinity: these stand as `{ "$number": "NaN" }`. */
function markNumber(value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? { $number: String(value) } : value;
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString(), (_, value) => {
      const marked = typeof value === "object" && value !== null && typeof value.$number === "string";
      return marked ? Number(value.$number) : value;
    });
  } catch (cause) {
    throw broken(cause);
  }
}

const BEGIN_ANEW = "to begin anew, run the command without --resume";

function foreign(content: Buffer): SynthError {
  if (content.subarray(0, 17).toString("latin1") === "synth-checkpoint ") return broken();
  return fileError("E_RESUME_FOREIGN", "this is not a checkpoint of synth", { hint: BEGIN_ANEW });
}

function otherVersion(version: number): SynthError {
  return fileError(
    "E_RESUME_NEWER",
    `the checkpoint has format version ${version}; this program reads ${CHECKPOINT_VERSION}`,
    { hint: `go on with the version of synth that wrote it; ${BEGIN_ANEW}` },
  );
}

function broken(cause?: unknown): SynthError {
  return fileError("E_RESUME_BROKEN", "the checkpoint is cut off or damaged", { hint: BEGIN_ANEW, cause });
}
