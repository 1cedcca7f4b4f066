import { isUtf8 } from "node:buffer";
import { dataError } from "../core/errors.js";

export interface Utf8Decoder {
  decode(bytes: Uint8Array, isLast: boolean): string;
  /** The bytes of the last call, what was carried over to it included. */
  pending(): Uint8Array;
}

/**
 * A decoder of a file's chunks of bytes that never splits a character; a byte order mark is left out.
 * `decode` throws E_DATA_NOT_UTF8 with the offset of the first wrong byte (0 = the file's first).
 */
export function makeUtf8Decoder(path: string): Utf8Decoder {
  let offset = 0;
  let carried = Buffer.alloc(0);
  let joined = Buffer.alloc(0);
  return {
    pending: () => joined,
    decode(bytes, isLast) {
      joined = Buffer.concat([carried, bytes]);
      const cut = isLast ? joined.length : joined.length - countUnfinished(joined);
      const whole = joined.subarray(0, cut);
      if (!isUtf8(whole)) throw notUtf8(path, offset + findInvalidByte(whole));
      const text = whole.toString("utf8");
      const isStart = offset === 0;
      offset += cut;
      carried = joined.subarray(cut);
      return isStart && text.startsWith("\ufeff") ? text.slice(1) : text;
    },
  };
}

/** Where the first byte stands that is not part of a well-formed UTF-8 sequence (Unicode table 3-7), or -1. */
export function findInvalidByte(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return -1;
}

function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!;
  if (first < 0x80) return 1;
  const length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  if (length === 0 || at + length > bytes.length) return 0;
  const second = bytes[at + 1]!;
  if (first === 0xe0 && second < 0xa0) return 0;
  if (first === 0xed && second > 0x9f) return 0;
  if (first === 0xf0 && second < 0x90) return 0;
  if (first === 0xf4 && second > 0x8f) return 0;
  for (let i = 1; i < length; i++) if ((bytes[at + i]! & 0xc0) !== 0x80) return 0;
  return length;
}

/** Bytes at the end that begin a character whose rest may stand in the next chunk: 0..3. */
function countUnfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? back : 0;
  }
  return 0;
}

function notUtf8(path: string, offset: number): Error {
  return dataError("E_DATA_NOT_UTF8", `${path} is not UTF-8 text: the byte at offset ${offset} is wrong`, {
    where: `byte ${offset}`,
    hint: "save it as UTF-8; if it was UTF-8, it has been damaged or cut off",
  });
}
