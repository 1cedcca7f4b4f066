import { throwIfAborted } from "../core/errors.js";
import type { InputSource } from "./input-source.js";
import type { ReadTableOptions } from "./read-options.js";
import { makePieceDecoder, type TextEncoding } from "./text-decoder.js";

/** A part of a file's text. */
export interface TextPiece {
  readonly text: string;
  readonly encoding: TextEncoding;
  readonly isLast: boolean;
}

/**
 * The text of a source in pieces: the first has at least `firstCharacters` if the file has them, the last is marked and may
 * be empty. Sends progress. Errors: those of makePieceDecoder and of the source, E_INTERRUPTED.
 */
export async function* readTextPieces(
  source: InputSource,
  firstCharacters: number,
  options: ReadTableOptions,
): AsyncGenerator<TextPiece> {
  const decoder = makePieceDecoder(source.name);
  let text = "";
  let isBegun = false;
  for await (const { bytes, doneBytes } of source.chunks()) {
    throwIfAborted(options.signal);
    text += decoder.decode(bytes, false);
    const total = Math.max(source.byteCount, doneBytes);
    options.onProgress?.({ kind: "progress", stage: "read", done: doneBytes, total, unit: "bytes" });
    isBegun ||= text.length >= firstCharacters;
    if (!isBegun) continue;
    yield { text, encoding: decoder.encoding(), isLast: false };
    text = "";
  }
  const rest = text + decoder.decode(new Uint8Array(0), true);
  yield { text: rest, encoding: decoder.encoding(), isLast: true };
}
