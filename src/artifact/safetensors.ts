import { z } from "zod";
import { fileError } from "../core/errors.js";
import type { Weight } from "../gan/trained-generator.js";

/** Largest header that is read, bytes. */
const MAX_HEADER_BYTES = 16 * 2 ** 20;

const tensorHeader = z.strictObject({
  dtype: z.literal("F32"),
  shape: z.array(z.number().int().min(0)).max(8),
  data_offsets: z.tuple([z.number().int().min(0), z.number().int().min(0)]),
});
const fileHeader = z.record(z.string(), tensorHeader);

/**
 * Named float32 tensors in the safetensors format (https://huggingface.co/docs/safetensors): the header's length (8 bytes,
 * little endian), a JSON header, then the tensors one after the other. Same weights, same bytes: names are sorted and the
 * header is padded with spaces to a multiple of 8.
 */
export function writeSafetensors(weights: Readonly<Record<string, Weight>>): Uint8Array {
  const names = Object.keys(weights).sort();
  let offset = 0;
  const header: Record<string, unknown> = {};
  for (const name of names) {
    const { shape, data } = weights[name]!;
    header[name] = { dtype: "F32", shape, data_offsets: [offset, offset + data.byteLength] };
    offset += data.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const headerLength = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(8 + headerLength + offset).fill(0x20, 8, 8 + headerLength);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(headerLength), true);
  bytes.set(json, 8);
  let at = 8 + headerLength;
  for (const name of names) {
    for (const value of weights[name]!.data) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  }
  return bytes;
}

/** The named tensors of a safetensors file that holds float32 only. Throws E_FILE_MODEL_WEIGHTS. */
export function readSafetensors(bytes: Uint8Array): Record<string, Weight> {
  const { header, dataStart } = readHeader(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // An empty tensor starts where the next one does: by the start, then by the end.
  const spans = Object.entries(header).sort(
    ([, { data_offsets: a }], [, { data_offsets: b }]) => a[0] - b[0] || a[1] - b[1],
  );
  const weights: Record<string, Weight> = Object.create(null);
  let expected = 0;
  for (const [name, { shape, data_offsets: span }] of spans) {
    const count = shape.reduce((product, size) => product * size, 1);
    if (span[0] !== expected || span[1] - span[0] !== 4 * count || dataStart + span[1] > bytes.length) {
      throw broken(`tensor "${name}" does not lie where its header says`);
    }
    const data = new Float32Array(count);
    for (let i = 0; i < count; i++) data[i] = view.getFloat32(dataStart + span[0] + 4 * i, true);
    weights[name] = { shape, data };
    expected = span[1];
  }
  if (dataStart + expected !== bytes.length) throw broken("bytes are left over after the last tensor");
  return { ...weights };
}

function readHeader(bytes: Uint8Array): { header: z.infer<typeof fileHeader>; dataStart: number } {
  if (bytes.length < 8) throw broken("the header is cut off");
  const length = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  if (length > BigInt(Math.min(MAX_HEADER_BYTES, bytes.length - 8))) throw broken("the header is cut off or too long");
  const dataStart = 8 + Number(length);
  const parsed = fileHeader.safeParse(parseJson(bytes.subarray(8, dataStart)));
  if (!parsed.success) throw broken("the header is not one of float32 tensors");
  return { header: parsed.data, dataStart };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw broken("the header is not JSON", cause);
  }
}

function broken(what: string, cause?: unknown): Error {
  return fileError("E_FILE_MODEL_WEIGHTS", `weights.safetensors is broken: ${what}`, {
    where: "weights.safetensors",
    hint: "fit the model again, or fetch the file again",
    cause,
  });
}
