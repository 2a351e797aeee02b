import type { Result } from "../../../shared/result.ts";
import { failed } from "../../../shared/result.ts";
import { decodeJpeg } from "./jpeg-image.ts";
import { MAXIMUM_FILE_BYTES } from "./mark-image.ts";
import type { MarkImage, MarkImageProblem } from "./mark-image.ts";
import { decodePng } from "./png-image.ts";

/** Reads a PNG or a JPEG. Never throws for a bad picture. */
export function decodeMarkImage(bytes: Uint8Array): Result<MarkImage, MarkImageProblem> {
  if (bytes.length > MAXIMUM_FILE_BYTES) {
    return failed("too-large");
  }
  if (bytes[0] === 0x89 && bytes[1] === 0x50) {
    return decodePng(bytes);
  }
  if (bytes[0] === 0xff && bytes[1] === 0xd8) {
    return decodeJpeg(bytes);
  }
  return failed("not-an-image");
}
