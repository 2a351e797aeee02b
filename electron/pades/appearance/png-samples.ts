import type { SampledImage } from "./mark-image.ts";
import type { PngFile } from "./png-image.ts";
import { bitsPerPixel, pngPasses, rowBytes } from "./png-passes.ts";
import type { PngHeader, PngPass } from "./png-passes.ts";

/** Undoes filters and interlacing and gives 8-bit samples; null for an unknown filter. Linear in pixels. */
export function toSamples(file: PngFile): SampledImage | null {
  const { header, pixels } = file;
  const { width, height, colourType } = header;
  const rgb = colourType === 2 || colourType === 3 || colourType === 6;
  const target = {
    samples: new Uint8Array(width * height * (rgb ? 3 : 1)),
    alpha: new Uint8Array(width * height).fill(255),
  };
  let offset = 0;
  for (const pass of pngPasses(header)) {
    const length = rowBytes(header, pass.width);
    const rows = unfilter(pixels.subarray(offset, offset + pass.height * (length + 1)), header, pass);
    if (rows === null) {
      return null;
    }
    spread(file, pass, rows, target);
    offset += pass.height * (length + 1);
  }
  return {
    width,
    height,
    colours: rgb ? "rgb" : "gray",
    data: { kind: "samples", bytes: target.samples },
    alpha: target.alpha.every((value) => value === 255) ? null : target.alpha,
  };
}

/** Undoes the row filters (ISO/IEC 15948 clause 9). */
function unfilter(stored: Uint8Array, header: PngHeader, pass: PngPass): Uint8Array | null {
  const length = rowBytes(header, pass.width);
  const step = Math.max(1, bitsPerPixel(header) >> 3);
  const out = new Uint8Array(length * pass.height);
  for (let row = 0; row < pass.height; row += 1) {
    const filter = stored[row * (length + 1)] ?? 0;
    if (filter > 4) {
      return null;
    }
    const from = row * (length + 1) + 1;
    const to = row * length;
    for (let index = 0; index < length; index += 1) {
      const left = index >= step ? (out[to + index - step] ?? 0) : 0;
      const up = row > 0 ? (out[to + index - length] ?? 0) : 0;
      const upLeft = row > 0 && index >= step ? (out[to + index - length - step] ?? 0) : 0;
      out[to + index] = (stored[from + index] ?? 0) + predict(filter, left, up, upLeft);
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
      const toLeft = Math.abs(estimate - left);
      const toUp = Math.abs(estimate - up);
      const toUpLeft = Math.abs(estimate - upLeft);
      if (toLeft <= toUp && toLeft <= toUpLeft) {
        return left;
      }
      return toUp <= toUpLeft ? up : upLeft;
    }
    default:
      return 0;
  }
}

interface Target {
  readonly samples: Uint8Array;
  readonly alpha: Uint8Array;
}

/** Puts the pixels of one pass where they belong. */
function spread(file: PngFile, pass: PngPass, rows: Uint8Array, { samples, alpha }: Target): void {
  const { header } = file;
  const { channels, colourType } = header;
  const read = sampleReader(header, rows, rowBytes(header, pass.width));
  const scale = 255 / ((1 << header.depth) - 1);
  const to8 = (value: number): number => (header.depth === 16 ? value >> 8 : Math.round(value * scale));
  const parts = colourType === 0 || colourType === 4 ? 1 : 3;
  for (let y = 0; y < pass.height; y += 1) {
    for (let x = 0; x < pass.width; x += 1) {
      const at = (pass.startY + y * pass.stepY) * header.width + pass.startX + x * pass.stepX;
      const first = read(y, x * channels);
      if (colourType === 3) {
        for (let part = 0; part < 3; part += 1) {
          samples[at * 3 + part] = file.palette[first * 3 + part] ?? 0;
        }
        alpha[at] = file.transparency?.[first] ?? 255;
        continue;
      }
      for (let part = 0; part < parts; part += 1) {
        samples[at * parts + part] = to8(part === 0 ? first : read(y, x * channels + part));
      }
      if (channels > parts) {
        alpha[at] = to8(read(y, x * channels + parts));
      } else if (
        file.transparency !== null &&
        isKey(file.transparency, parts, (part) => read(y, x * channels + part))
      ) {
        alpha[at] = 0;
      }
    }
  }
}

/** One colour, written with 16 bits a channel, stands for "transparent" (ISO/IEC 15948 11.3.2). */
function isKey(key: Uint8Array, parts: number, sample: (part: number) => number): boolean {
  for (let part = 0; part < parts; part += 1) {
    if (sample(part) !== (((key[part * 2] ?? 0) << 8) | (key[part * 2 + 1] ?? 0))) {
      return false;
    }
  }
  return true;
}

/** Samples as stored: 1 to 16 bits. */
function sampleReader(header: PngHeader, rows: Uint8Array, length: number): (row: number, sample: number) => number {
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
