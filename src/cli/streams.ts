/** Where the command line writes and what it knows of its surroundings; tests pass their own. */
export interface Streams {
  /** Where a table named "-" comes from. */
  readonly stdin?: NodeJS.ReadableStream;
  /** Data and results. */
  readonly stdout: NodeJS.WritableStream;
  /** Everything for people. */
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds on a clock that only goes forward. */
  readonly now: () => number;
  /** Aborted when the person presses Ctrl-C, or for READER_GONE. */
  readonly signal: AbortSignal;
}

/** The signal's reason where nobody reads stdout any more: the work ends, and is no failure. */
export const READER_GONE = Symbol("the reader of stdout has gone");

/** Colours are for terminals that have not said no (https://no-color.org). */
export function wantsColor(streams: Streams): boolean {
  const { NO_COLOR, TERM } = streams.env;
  return streams.stderr.isTTY === true && (NO_COLOR === undefined || NO_COLOR === "") && TERM !== "dumb";
}

/** Resolves once the stream has taken the text; rejects when the reader has gone. */
export function writeText(stream: NodeJS.WritableStream, text: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => (error ? reject(error) : resolve()));
  });
}
