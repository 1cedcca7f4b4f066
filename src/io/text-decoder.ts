import { isAscii } from "node:buffer";
import type { SynthError } from "../core/errors.js";
import { findInvalidByte, makeUtf8Decoder } from "./utf8.js";

/** The encodings that delimited text and JSON lines are read in. */
export type TextEncoding = "UTF-8" | "UTF-16" | "Windows-1252";

export interface PieceDecoder {
  /** The text of the next bytes; characters that are cut are carried over. */
  decode(bytes: Uint8Array, isLast: boolean): string;
  /** What the bytes so far are taken for. */
  encoding(): TextEncoding;
}

/** Bytes that stand for no character in Windows-1252. */
const UNUSED = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

/**
 * Decodes a file in pieces: UTF-16 where it begins with that byte order mark, else UTF-8, with or without a mark. From the
 * first byte on that is no UTF-8 it is Windows-1252 (which Latin-1 is part of), if all before was ASCII. A mark is left out.
 * `decode` throws E_DATA_NOT_UTF8 with the offset of the first wrong byte for everything else: UTF-8 that is damaged or cut.
 */
export function makePieceDecoder(path: string): PieceDecoder {
  let begun = Buffer.alloc(0);
  let decoder: PieceDecoder | undefined;
  return {
    decode(bytes, isLast) {
      if (decoder !== undefined) return decoder.decode(bytes, isLast);
      begun = Buffer.concat([begun, bytes]);
      if (begun.length < 2 && !isLast) return "";
      decoder = isUtf16(begun) ? makeDecoder(utf16Of(begun), "UTF-16") : makeEightBitDecoder(path);
      return decoder.decode(begun, isLast);
    },
    encoding: () => decoder?.encoding() ?? "UTF-8",
  };
}

function isUtf16(bytes: Uint8Array): boolean {
  return bytes.length >= 2 && (bytes[0]! & bytes[1]!) === 0xfe && (bytes[0]! | bytes[1]!) === 0xff;
}

function utf16Of(bytes: Uint8Array): "utf-16le" | "utf-16be" {
  return bytes[0] === 0xff ? "utf-16le" : "utf-16be";
}

function makeDecoder(label: string, encoding: TextEncoding): PieceDecoder {
  const decoder = new TextDecoder(label);
  return { decode: (bytes, isLast) => decoder.decode(bytes, { stream: !isLast }), encoding: () => encoding };
}

function makeEightBitDecoder(path: string): PieceDecoder {
  const utf8 = makeUtf8Decoder(path);
  let other: PieceDecoder | undefined;
  let isAllAscii = true;
  return {
    decode(bytes, isLast) {
      if (other !== undefined) return other.decode(bytes, isLast);
      try {
        const text = utf8.decode(bytes, isLast);
        isAllAscii &&= isAscii(bytes);
        return text;
      } catch (cause) {
        const pending = utf8.pending();
        if (!isAllAscii || !couldBeWindows(pending)) throw cause as SynthError;
        other = makeDecoder("windows-1252", "Windows-1252");
        return other.decode(pending, isLast);
      }
    },
    encoding: () => other?.encoding() ?? "UTF-8",
  };
}

/** ASCII up to the first byte that is no UTF-8, no unused byte, and not merely cut off in the middle of a character. */
function couldBeWindows(bytes: Uint8Array): boolean {
  const wrong = findInvalidByte(bytes);
  const isCut = bytes[wrong]! >= 0xc2 && bytes.subarray(wrong + 1).every((byte) => (byte & 0xc0) === 0x80);
  return isAscii(bytes.subarray(0, wrong)) && !isCut && !bytes.some((byte) => UNUSED.has(byte));
}
