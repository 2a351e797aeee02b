import type { ByteSource } from "./pdf-file.ts";

/** The first `size` bytes of a source: the file as it was when it ended there. Closing it leaves the source open. */
export function boundedSource(source: ByteSource, size: number): ByteSource {
  const end = Math.min(size, source.size);
  return {
    size: end,
    ...(source.tick === undefined ? {} : { tick: source.tick }),
    read: (offset, length) => source.read(offset, Math.max(0, Math.min(length, end - offset))),
    close() {
      // The whole source belongs to whoever opened it.
    },
  };
}
