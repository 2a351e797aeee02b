import { crc32, deflateSync } from "node:zlib";
import type { SampledImage } from "./mark-image.ts";

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** The plainest PNG of a picture (ISO/IEC 15948): 8 bits, no colour management, nothing beside the pixels. */
export function encodePng(image: SampledImage): Uint8Array {
  const { width, height, alpha, data } = image;
  const parts = image.colours === "gray" ? 1 : 3;
  const channels = parts + (alpha === null ? 0 : 1);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, (parts === 3 ? 2 : 0) + (alpha === null ? 0 : 4), 0, 0, 0], 8);
  // Filter 1 (Sub) on every row: flat colours of signatures become zeros.
  const rows = new Uint8Array(height * (1 + width * channels));
  for (let y = 0; y < height; y += 1) {
    const begin = y * (1 + width * channels);
    rows[begin] = 1;
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x;
      for (let channel = 0; channel < channels; channel += 1) {
        const value = sample(data.bytes, alpha, at, parts, channel);
        const left = x === 0 ? 0 : sample(data.bytes, alpha, at - 1, parts, channel);
        rows[begin + 1 + x * channels + channel] = value - left;
      }
    }
  }
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", new Uint8Array()),
  ]);
}

const sample = (bytes: Uint8Array, alpha: Uint8Array | null, at: number, parts: number, channel: number): number =>
  channel < parts ? (bytes[at * parts + channel] ?? 0) : (alpha?.[at] ?? 255);

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
