export interface PngHeader {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colourType: number;
  readonly channels: number;
  /** 0: none, 1: Adam7. */
  readonly interlace: number;
}

/** A reduced image: pixel (x, y) of it is pixel (startX + x * stepX, startY + y * stepY) of the picture. */
export interface PngPass {
  readonly startX: number;
  readonly startY: number;
  readonly stepX: number;
  readonly stepY: number;
  readonly width: number;
  readonly height: number;
}

/** Adam7 (ISO/IEC 15948 8.2): start and step of the seven passes. */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** The reduced images in the order in which they are stored; empty ones are not stored at all. */
export function pngPasses({ width, height, interlace }: PngHeader): readonly PngPass[] {
  const table = interlace === 0 ? ([[0, 0, 1, 1]] as const) : ADAM7;
  return table
    .map(([startX, startY, stepX, stepY]) => ({
      startX,
      startY,
      stepX,
      stepY,
      width: Math.ceil((width - startX) / stepX),
      height: Math.ceil((height - startY) / stepY),
    }))
    .filter((pass) => pass.width > 0 && pass.height > 0);
}

export const bitsPerPixel = (header: PngHeader): number => header.channels * header.depth;

export const rowBytes = (header: PngHeader, width: number): number => Math.ceil((width * bitsPerPixel(header)) / 8);
