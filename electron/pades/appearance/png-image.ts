import { inflateSync } from "node:zlib";
import type { Result } from "../../../shared/result.ts";
import { failed, success } from "../../../shared/result.ts";
import { MAXIMUM_SIDE } from "./mark-image.ts";
import type { MarkImage, MarkImageProblem } from "./mark-image.ts";

interface PngHeader {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colourType: number;
  readonly interlaced: boolean;
}

interface PngFile {
  readonly header: PngHeader;
  readonly palette: Uint8Array;
  readonly transparency: Uint8Array | null;
  readonly pixels: Uint8Array;
}

/** Channels of each colour type (PNG, ISO/IEC 15948 table 11.1). */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Reads every kind of PNG but interlaced ones; 16-bit samples lose their low byte. Check sums are not checked. */
export function decodePng(bytes: Uint8Array): Result<MarkImage, MarkImageProblem> {
  const file = readChunks(bytes);
  if (typeof file === "string") {
    return failed(file);
  }
  const rows = unfilter(file);
  return rows === null ? failed("damaged") : success(toImage(file, rows));
}

function readChunks(bytes: Uint8Array): PngFile | MarkImageProblem {
  if (!SIGNATURE.every((byte, index) => bytes[index] === byte)) {
    return "not-an-image";
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const compressed: Uint8Array[] = [];
  let header: PngHeader | null = null;
  let palette = new Uint8Array();
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
  const expected = header.height * (1 + rowBytes(header));
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
  return {
    width: view.getUint32(0),
    height: view.getUint32(4),
    depth: view.getUint8(8),
    colourType: view.getUint8(9),
    interlaced: view.getUint8(12) !== 0,
  };
}

function checkHeader(header: PngHeader | null, palette: Uint8Array): MarkImageProblem | null {
  if (header === null || header.width === 0 || header.height === 0) {
    return "damaged";
  }
  if (header.width > MAXIMUM_SIDE || header.height > MAXIMUM_SIDE) {
    return "too-large";
  }
  const depths = header.colourType === 3 ? [1, 2, 4, 8] : header.colourType === 0 ? [1, 2, 4, 8, 16] : [8, 16];
  if (CHANNELS[header.colourType] === undefined || !depths.includes(header.depth)) {
    return "damaged";
  }
  if (header.colourType === 3 && palette.length < 3) {
    return "damaged";
  }
  return header.interlaced ? "unsupported" : null;
}

const bitsPerPixel = (header: PngHeader): number => (CHANNELS[header.colourType] ?? 1) * header.depth;
const rowBytes = (header: PngHeader): number => Math.ceil((header.width * bitsPerPixel(header)) / 8);

/** Undoes the row filters (ISO/IEC 15948 clause 9); null for an unknown filter. */
function unfilter({ header, pixels }: PngFile): Uint8Array | null {
  const length = rowBytes(header);
  const step = Math.max(1, bitsPerPixel(header) >> 3);
  const out = new Uint8Array(length * header.height);
  for (let row = 0; row < header.height; row += 1) {
    const filter = pixels[row * (length + 1)] ?? 0;
    if (filter > 4) {
      return null;
    }
    const from = row * (length + 1) + 1;
    const to = row * length;
    for (let index = 0; index < length; index += 1) {
      const left = index >= step ? (out[to + index - step] ?? 0) : 0;
      const up = row > 0 ? (out[to + index - length] ?? 0) : 0;
      const upLeft = row > 0 && index >= step ? (out[to + index - length - step] ?? 0) : 0;
      out[to + index] = (pixels[from + index] ?? 0) + predict(filter, left, up, upLeft);
    }
  }
  return out;
}

function predict(filter: number, left: number, up: number, upLeft: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4: {
      const estimate = left + up - upLeft;
      const [toLeft, toUp, toUpLeft] = [
        Math.abs(estimate - left),
        Math.abs(estimate - up),
        Math.abs(estimate - upLeft),
      ];
      if (toLeft <= toUp && toLeft <= toUpLeft) {
        return left;
      }
      return toUp <= toUpLeft ? up : upLeft;
    }
    default:
      return 0;
  }
}

function toImage(file: PngFile, rows: Uint8Array): MarkImage {
  const { width, height, colourType } = file.header;
  const channels = CHANNELS[colourType] ?? 1;
  const rgb = colourType === 2 || colourType === 3 || colourType === 6;
  const parts = rgb ? 3 : 1;
  const samples = new Uint8Array(width * height * parts);
  const alpha = new Uint8Array(width * height).fill(255);
  const read = sampleReader(file.header, rows);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const row = Math.trunc(pixel / width);
    const column = pixel % width;
    const raw = Array.from({ length: channels }, (_, channel) => read(row, column * channels + channel));
    const colour = colourType === 3 ? paletteColour(file, raw[0] ?? 0) : raw.map((value) => to8(value, file.header));
    samples.set(colour.slice(0, parts), pixel * parts);
    alpha[pixel] = alphaOf(file, raw, colour, channels);
  }
  return {
    width,
    height,
    colours: rgb ? "rgb" : "gray",
    data: { kind: "samples", bytes: samples },
    alpha: alpha.every((value) => value === 255) ? null : alpha,
  };
}

/** Samples as stored: 1 to 16 bits. */
function sampleReader(header: PngHeader, rows: Uint8Array): (row: number, sample: number) => number {
  const length = rowBytes(header);
  const { depth } = header;
  if (depth === 16) {
    return (row, sample) => {
      const at = row * length + sample * 2;
      return ((rows[at] ?? 0) << 8) | (rows[at + 1] ?? 0);
    };
  }
  if (depth === 8) {
    return (row, sample) => rows[row * length + sample] ?? 0;
  }
  const perByte = 8 / depth;
  const mask = (1 << depth) - 1;
  return (row, sample) => {
    const byte = rows[row * length + Math.trunc(sample / perByte)] ?? 0;
    return (byte >> (8 - depth * ((sample % perByte) + 1))) & mask;
  };
}

const to8 = (value: number, header: PngHeader): number =>
  header.depth === 16 ? value >> 8 : Math.round((value * 255) / ((1 << header.depth) - 1));

const paletteColour = (file: PngFile, index: number): readonly number[] =>
  [0, 1, 2].map((part) => file.palette[index * 3 + part] ?? 0);

function alphaOf(file: PngFile, raw: readonly number[], colour: readonly number[], channels: number): number {
  const { colourType } = file.header;
  if (colourType === 4 || colourType === 6) {
    return colour[channels - 1] ?? 255;
  }
  if (file.transparency === null) {
    return 255;
  }
  if (colourType === 3) {
    return file.transparency[raw[0] ?? 0] ?? 255;
  }
  // One colour, written with 16 bits a channel, stands for "transparent".
  const key = file.transparency;
  const matches = raw.every(
    (value, channel) => value === (((key[channel * 2] ?? 0) << 8) | (key[channel * 2 + 1] ?? 0)),
  );
  return matches ? 0 : 255;
}
