import type { SampledImage } from "./mark-image.ts";

/**
 * Turns and mirrors a picture as its EXIF orientation says (Exif 2.32 4.6.4: where the 0th row and column of what is stored
 * are to be seen).
 */
export function upright(image: SampledImage, orientation: number): SampledImage {
  if (orientation <= 1 || orientation > 8) {
    return image;
  }
  const { width, height } = image;
  const swapped = orientation >= 5;
  const [seenWidth, seenHeight] = swapped ? [height, width] : [width, height];
  const source = (x: number, y: number): number => {
    const column = [0, x, width - 1 - x, width - 1 - x, x, y, y, width - 1 - y, width - 1 - y][orientation] ?? x;
    const row = [0, y, y, height - 1 - y, height - 1 - y, x, height - 1 - x, height - 1 - x, x][orientation] ?? y;
    return row * width + column;
  };
  const parts = image.colours === "gray" ? 1 : 3;
  const samples = new Uint8Array(image.data.bytes.length);
  const alpha = image.alpha === null ? null : new Uint8Array(image.alpha.length);
  for (let y = 0; y < seenHeight; y += 1) {
    for (let x = 0; x < seenWidth; x += 1) {
      const [from, to] = [source(x, y), y * seenWidth + x];
      for (let part = 0; part < parts; part += 1) {
        samples[to * parts + part] = image.data.bytes[from * parts + part] ?? 0;
      }
      if (alpha !== null) {
        alpha[to] = image.alpha?.[from] ?? 255;
      }
    }
  }
  return { ...image, width: seenWidth, height: seenHeight, data: { kind: "samples", bytes: samples }, alpha };
}

/** Averages down to at most `side` pixels on the longer side: more than a mark on paper can show. */
export function shrink(image: SampledImage, side: number): SampledImage {
  const factor = Math.max(image.width, image.height) / side;
  if (factor <= 1) {
    return image;
  }
  const width = Math.max(1, Math.round(image.width / factor));
  const height = Math.max(1, Math.round(image.height / factor));
  const parts = image.colours === "gray" ? 1 : 3;
  const samples = new Uint8Array(width * height * parts);
  const alpha = image.alpha === null ? null : new Uint8Array(width * height);
  const columns = spans(image.width, width);
  for (const [y, [top, bottom]] of spans(image.height, height).entries()) {
    for (const [x, [left, right]] of columns.entries()) {
      average(image, { left, right, top, bottom }, parts, samples, alpha, y * width + x);
    }
  }
  return { ...image, width, height, data: { kind: "samples", bytes: samples }, alpha };
}

const spans = (from: number, to: number): readonly (readonly [number, number])[] =>
  Array.from({ length: to }, (_, index) => {
    const begin = Math.floor((index * from) / to);
    return [begin, Math.max(begin + 1, Math.floor(((index + 1) * from) / to))] as const;
  });

interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Colours weigh as much as they are opaque, else the colour under invisible pixels would shine through. */
function average(
  image: SampledImage,
  { left, right, top, bottom }: Area,
  parts: number,
  samples: Uint8Array,
  alpha: Uint8Array | null,
  to: number,
): void {
  const sums = [0, 0, 0];
  let weight = 0;
  for (let row = top; row < bottom; row += 1) {
    for (let column = left; column < right; column += 1) {
      const at = row * image.width + column;
      const opacity = image.alpha?.[at] ?? 255;
      weight += opacity;
      for (let part = 0; part < parts; part += 1) {
        sums[part] = (sums[part] ?? 0) + (image.data.bytes[at * parts + part] ?? 0) * opacity;
      }
    }
  }
  for (let part = 0; part < parts; part += 1) {
    samples[to * parts + part] = weight === 0 ? 255 : Math.round((sums[part] ?? 0) / weight);
  }
  if (alpha !== null) {
    alpha[to] = Math.round(weight / ((right - left) * (bottom - top)));
  }
}
