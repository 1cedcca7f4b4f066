import { once } from "node:events";
import { createGzip } from "node:zlib";
import { throwIfAborted } from "../core/errors.js";

/** What takes the bytes of a file, in order, one call at a time; texts as UTF-8. */
export interface ByteSink {
  /** Resolves when more can be taken. */
  write(chunk: Uint8Array | string): Promise<void>;
  /** Ends the file: it is complete. */
  close(): Promise<void>;
  /** Gives up: as far as possible there is no trace of the file. After `close` it does nothing. */
  discard(): Promise<void>;
}

/** A sink into a stream that others own, such as stdout: it is not ended, and what is written cannot be taken back. */
export function makeStreamSink(stream: NodeJS.WritableStream, signal?: AbortSignal): ByteSink {
  return {
    write(chunk) {
      throwIfAborted(signal);
      return new Promise((resolve, reject) => {
        stream.write(chunk, (error) => (error ? reject(error) : resolve()));
      });
    },
    close: async () => {},
    discard: async () => {},
  };
}

/** A sink that compresses by gzip into another. The same bytes in give the same bytes out, however they are cut. */
export function makeGzipSink(sink: ByteSink): ByteSink {
  const gzip = createGzip();
  const pumping = (async () => {
    for await (const chunk of gzip) await sink.write(chunk as Uint8Array);
  })();
  pumping.catch(() => {}); // whoever writes or closes next is told
  return {
    async write(chunk) {
      if (!gzip.write(chunk)) await Promise.race([once(gzip, "drain"), pumping]);
    },
    async close() {
      gzip.end();
      await pumping;
      await sink.close();
    },
    async discard() {
      gzip.destroy();
      await sink.discard();
    },
  };
}
