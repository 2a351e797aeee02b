import type { Result } from "../../../shared/result.ts";
import { failed, success } from "../../../shared/result.ts";
import { decodeJpegSamples } from "./jpeg-samples.ts";
import { readJpeg } from "./jpeg-segments.ts";
import { encodePng } from "./encode-png.ts";
import { MAXIMUM_FILE_BYTES } from "./mark-image.ts";
import type { MarkImageProblem, SampledImage } from "./mark-image.ts";
import { decodePng } from "./png-image.ts";
import { shrink, upright } from "./transform-image.ts";

export interface ImportedPicture {
  /** A plain PNG or JPEG: what document and preview both draw. */
  readonly bytes: Uint8Array;
  readonly type: "png" | "jpeg";
  readonly width: number;
  readonly height: number;
}

/** 10 cm at 300 dots an inch: no mark is larger. */
const LARGEST_SIDE = 1200;

/**
 * Turns a person's picture into what is stored: upright, of a sensible size, and without camera data (place, time, device).
 * A JPEG that is all of this already keeps its own pixels.
 */
export async function importPicture(bytes: Uint8Array): Promise<Result<ImportedPicture, MarkImageProblem>> {
  if (bytes.length > MAXIMUM_FILE_BYTES) {
    return failed("too-large");
  }
  if (bytes[0] === 0x89 && bytes[1] === 0x50) {
    const decoded = decodePng(bytes);
    return decoded.ok ? success(asPng(decoded.value, 1)) : decoded;
  }
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) {
    return failed("not-an-image");
  }
  // Decoded also when it is kept: a picture that cannot be shown is told now, not when the document is opened.
  const decoded = await decodeJpegSamples(bytes);
  const facts = readJpeg(bytes);
  if (!decoded.ok || facts === null) {
    return decoded.ok ? failed("damaged") : decoded;
  }
  const { width, height, components, orientation, stripped } = facts;
  const keeps = components !== 4 && orientation === 1 && Math.max(width, height) <= LARGEST_SIDE;
  return success(keeps ? { bytes: stripped, type: "jpeg", width, height } : asPng(decoded.value, orientation));
}

function asPng(image: SampledImage, orientation: number): ImportedPicture {
  const small = upright(shrink(image, LARGEST_SIDE), orientation);
  return { bytes: encodePng(small), type: "png", width: small.width, height: small.height };
}
