import { inflateSync } from "node:zlib";
import type { Result } from "../../../shared/result.ts";
import { failed, success } from "../../../shared/result.ts";
import { tooLarge } from "./mark-image.ts";
import type { MarkImageProblem, SampledImage } from "./mark-image.ts";
import { pngPasses, rowBytes } from "./png-passes.ts";
import type { PngHeader } from "./png-passes.ts";
import { toSamples } from "./png-samples.ts";

export interface PngFile {
  readonly header: PngHeader;
  readonly palette: Uint8Array;
  readonly transparency: Uint8Array | null;
  readonly pixels: Uint8Array;
}

/** Channels of each colour type (PNG, ISO/IEC 15948 table 11.1). */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Reads every kind of PNG; 16-bit samples lose their low byte. Check sums are not checked. */
export function decodePng(bytes: Uint8Array): Result<SampledImage, MarkImageProblem> {
  const file = readChunks(bytes);
  if (typeof file === "string") {
    return failed(file);
  }
  const image = toSamples(file);
  return image === null ? failed("damaged") : success(image);
}

function readChunks(bytes: Uint8Array): PngFile | MarkImageProblem {
  if (!SIGNATURE.every((byte, index) => bytes[index] === byte)) {
    return "not-an-image";
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const compressed: Uint8Array[] = [];
  let header: PngHeader | null = null;
  let palette: Uint8Array = new Uint8Array();
  let transparency: Uint8Array | null = null;
  for (let offset = 8; offset + 12 <= bytes.length;) {
    const length = view.getUint32(offset);
    const type = String.fromCodePoint(...bytes.subarray(offset + 4, offset + 8));
    const data = bytes.slice(offset + 8, offset + 8 + length);
    if (type === "IHDR" && data.length >= 13) {
      header = readHeader(data);
    } else if (type === "PLTE") {
      palette = data;
    } else if (type === "tRNS") {
      transparency = data;
    } else if (type === "IDAT") {
      compressed.push(data);
    } else if (type === "IEND") {
      break;
    }
    offset += 12 + length;
  }
  const problem = checkHeader(header, palette);
  if (problem !== null || header === null) {
    return problem ?? "damaged";
  }
  const expected = pngPasses(header).reduce(
    (sum, { width, height }) => sum + height * (1 + rowBytes(header, width)),
    0,
  );
  try {
    // SECURITY: the output limit stops a deflate bomb.
    const pixels = inflateSync(Buffer.concat(compressed), { maxOutputLength: expected + 1024 });
    return pixels.length < expected ? "damaged" : { header, palette, transparency, pixels };
  } catch {
    return "damaged";
  }
}

function readHeader(data: Uint8Array): PngHeader {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const colourType = view.getUint8(9);
  return {
    width: view.getUint32(0),
    height: view.getUint32(4),
    depth: view.getUint8(8),
    colourType,
    channels: CHANNELS[colourType] ?? 0,
    interlace: view.getUint8(12),
  };
}

function checkHeader(header: PngHeader | null, palette: Uint8Array): MarkImageProblem | null {
  if (header === null || header.width === 0 || header.height === 0) {
    return "damaged";
  }
  if (tooLarge(header)) {
    return "too-large";
  }
  const depths = header.colourType === 3 ? [1, 2, 4, 8] : header.colourType === 0 ? [1, 2, 4, 8, 16] : [8, 16];
  if (header.channels === 0 || !depths.includes(header.depth) || header.interlace > 1) {
    return "damaged";
  }
  return header.colourType === 3 && palette.length < 3 ? "damaged" : null;
}
