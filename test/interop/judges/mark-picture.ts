import { deflateSync } from "node:zlib";
import { decodeMarkImage } from "../../../electron/pades/appearance/decode-mark-image.ts";
import type { MarkImage } from "../../../electron/pades/appearance/mark-image.ts";

/** A red triangle whose other half is see-through: 16 by 16, RGBA, through our own reader as a person's file would be. */
export function pictureWithAlpha(): MarkImage {
  const side = 16;
  const rows = Array.from({ length: side }, (_, y) => [
    0,
    ...Array.from({ length: side }, (__, x) => [200, 30, 30, x > y ? 0 : 255 - 8 * x]).flat(),
  ]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const image = decodeMarkImage(
    Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      chunk("IHDR", header),
      chunk("IDAT", deflateSync(Uint8Array.from(rows.flat()))),
      chunk("IEND", new Uint8Array()),
    ]),
  );
  if (!image.ok) {
    throw new Error(image.failure);
  }
  return image.value;
}

/** The check sum is left at zero: the reader does not look at it. */
function chunk(type: string, data: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, Buffer.from(type, "latin1"), data, Buffer.alloc(4)]);
}
