import { constants, inflateSync } from "node:zlib";
import { EXPANSION_FREE, MAX_DECODED_STREAM, MAX_EXPANSION } from "../limits.ts";
import { PdfProblem } from "../pdf-problem.ts";

/**
 * FlateDecode (ISO 32000-2 7.4.4). Bytes behind the compressed data are ignored, as every reader does. Lenient: data
 * that is cut off gives what can be read.
 */
export function decodeFlate(bytes: Uint8Array, lenient: boolean): Uint8Array {
  if (bytes.length === 0) {
    return bytes;
  }
  // SECURITY: zlib stops at this many bytes, so that a decompression bomb costs little.
  const maxOutputLength = Math.min(MAX_DECODED_STREAM, Math.max(EXPANSION_FREE, bytes.length * MAX_EXPANSION));
  try {
    return inflateSync(bytes, {
      maxOutputLength,
      finishFlush: lenient ? constants.Z_SYNC_FLUSH : constants.Z_FINISH,
    });
  } catch (error) {
    if (error instanceof RangeError) {
      throw new PdfProblem("limit", "A compressed stream grows beyond every measure.");
    }
    throw new PdfProblem("filter-broken", "Compressed data is damaged.");
  }
}
