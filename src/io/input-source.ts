import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { fileError, type SynthError, usageError } from "../core/errors.js";
import { isFolder } from "./file-error.js";
import type { ReadTableOptions } from "./read-options.js";

/** Where a table's bytes come from. */
export interface InputSource {
  /** The path, or "the input" for a stream; for messages. */
  readonly name: string;
  /** Bytes as they are stored, 0 where that is not known. */
  readonly byteCount: number;
  /** The bytes, decompressed, with how many stored bytes have been read so far; once. */
  chunks(): AsyncIterable<{ readonly bytes: Uint8Array; readonly doneBytes: number }>;
}

/**
 * The bytes of a file, or for the path "-" of `options.input`, decompressed where `isGzip`. Errors: E_FILE_IS_FOLDER,
 * E_USAGE_STREAM; while it is read E_FILE_GZIP for a damaged or cut gzip.
 */
export async function openSource(path: string, isGzip: boolean, options: ReadTableOptions): Promise<InputSource> {
  const { input } = options;
  if (path === "-") {
    if (input === undefined) throw usageError("E_USAGE_STREAM", '"-" stands for a stream, and none is given');
    return { name: "the input", byteCount: 0, chunks: () => readChunks(input, false, "the input") };
  }
  const found = await stat(path);
  if (found.isDirectory()) throw isFolder(path, "read");
  return { name: path, byteCount: found.size, chunks: () => readChunks(createReadStream(path), isGzip, path) };
}

/** All bytes of a source at once. */
export async function readAll(source: InputSource): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const { bytes } of source.chunks()) parts.push(bytes);
  return Buffer.concat(parts);
}

async function* readChunks(stream: AsyncIterable<Uint8Array | string>, isGzip: boolean, name: string) {
  let doneBytes = 0;
  async function* counted() {
    for await (const chunk of stream) {
      const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
      doneBytes += bytes.length;
      yield bytes;
    }
  }
  try {
    const chunks = isGzip ? decompress(counted()) : counted();
    for await (const bytes of chunks) yield { bytes, doneBytes };
  } catch (cause) {
    throw isZlibError(cause) ? damagedGzip(name, cause) : cause;
  }
}

function decompress(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const source = Readable.from(chunks);
  const gunzip = createGunzip();
  source.on("error", (cause) => gunzip.destroy(cause));
  return source.pipe(gunzip);
}

function isZlibError(cause: unknown): boolean {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  return code.startsWith("Z_");
}

function damagedGzip(path: string, cause: unknown): SynthError {
  return fileError("E_FILE_GZIP", `${path} is not a readable gzip file: it is damaged, cut off or something else`, {
    where: path,
    hint: "fetch the file again; without compression leave .gz out of its name",
    cause,
  });
}
