/** Characters of a text file that are written at once. */
const CHUNK_CHARACTERS = 65_536;

/** Gathers lines into chunks whose cuts do not depend on how the rows came. */
export interface TextChunker {
  /** The chunks that are full with `count` more lines; `lineOf` gives a line by its number from 0. */
  add(count: number, lineOf: (index: number) => string): Iterable<string>;
  /** What has not made a full chunk. */
  rest(): Iterable<string>;
}

/** A chunker that begins with `start`, e.g. a header line. */
export function makeTextChunker(start: string): TextChunker {
  let pending = start;
  return {
    *add(count, lineOf) {
      for (let index = 0; index < count; index++) {
        pending += lineOf(index);
        if (pending.length < CHUNK_CHARACTERS) continue;
        yield pending;
        pending = "";
      }
    },
    *rest() {
      if (pending !== "") yield pending;
      pending = "";
    },
  };
}
