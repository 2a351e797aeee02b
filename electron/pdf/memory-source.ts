import type { ByteSource } from "./pdf-file.ts";

/** Bytes that are already in memory as a source. The array is not copied and must not change while it is read. */
export function memorySource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read(offset, length) {
      const start = Math.min(Math.max(0, offset), bytes.length);
      return bytes.subarray(start, Math.min(bytes.length, start + Math.max(0, length)));
    },
    close() {
      // Nothing is held.
    },
  };
}
