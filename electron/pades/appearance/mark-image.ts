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

/** Why a picture cannot be used in a mark. */
export type MarkImageProblem = "not-an-image" | "unsupported" | "too-large" | "damaged";

/** SECURITY: a few kilobytes of PNG can stand for gigabytes of pixels. */
export const MAXIMUM_SIDE = 2048;
export const MAXIMUM_FILE_BYTES = 8 * 1024 * 1024;
