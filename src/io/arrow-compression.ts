import { CompressionType, compressionRegistry } from "apache-arrow";
import { decompress } from "fzstd";
import { decompressFrameSync } from "lz4-napi";

/**
 * Teaches apache-arrow to read LZ4 and ZSTD buffers. What a codec returns is copied: apache-arrow needs memory of its
 * own that starts at an aligned byte, and fzstd returns a view of a longer buffer.
 */
export function registerArrowCodecs(): void {
  compressionRegistry.set(CompressionType.LZ4_FRAME, {
    decode: (bytes) => new Uint8Array(decompressFrameSync(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length))),
  });
  compressionRegistry.set(CompressionType.ZSTD, { decode: (bytes) => decompress(bytes).slice() });
}
