/** A picture, ready to be written as an image XObject. */
export interface MarkImage {
  readonly width: number;
  readonly height: number;
  readonly colours: "gray" | "rgb";
  /** "jpeg": the file as it is (DCTDecode). "samples": 8 bits a component, row by row. */
  readonly data: { readonly kind: "jpeg" | "samples"; readonly bytes: Uint8Array };
  /** One byte a pixel, 255 opaque; null when nothing is transparent. */
  readonly alpha: Uint8Array | null;
}

/** A picture as samples. */
export interface SampledImage extends MarkImage {
  readonly data: { readonly kind: "samples"; readonly bytes: Uint8Array };
}

/** Why a picture cannot be used in a mark. */
export type MarkImageProblem = "not-an-image" | "unsupported" | "too-large" | "damaged";

/** SECURITY: a few kilobytes of PNG can stand for gigabytes of pixels. Telephones take pictures of 4000 by 3000. */
const MAXIMUM_SIDE = 8192;
const MAXIMUM_PIXELS = 24_000_000;
export const MAXIMUM_FILE_BYTES = 16 * 1024 * 1024;

export const tooLarge = ({ width, height }: { readonly width: number; readonly height: number }): boolean =>
  width > MAXIMUM_SIDE || height > MAXIMUM_SIDE || width * height > MAXIMUM_PIXELS;
