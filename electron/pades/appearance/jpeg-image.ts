import type { Result } from "../../../shared/result.ts";
import { failed, success } from "../../../shared/result.ts";
import { tooLarge } from "./mark-image.ts";
import type { MarkImage, MarkImageProblem } from "./mark-image.ts";

/**
 * Finds size and number of components in a JPEG's frame header (ITU-T T.81 B.2.2); the picture itself goes into the
 * PDF as it is. CMYK is refused: without its profile the colours are anybody's guess.
 */
export function decodeJpeg(bytes: Uint8Array): Result<MarkImage, MarkImageProblem> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = 2;
  while (offset + 10 <= bytes.length) {
    if (bytes[offset] !== 0xff) {
      return failed("damaged");
    }
    const marker = bytes[offset + 1] ?? 0;
    if (marker === 0xff) {
      offset += 1;
      continue;
    }
    if (isFrameHeader(marker)) {
      return fromFrame(view, offset, bytes);
    }
    offset += 2 + view.getUint16(offset + 2);
  }
  return failed("damaged");
}

/** SOF0 to SOF15 without DHT (C4), JPG (C8) and DAC (CC). */
const isFrameHeader = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

function fromFrame(view: DataView, offset: number, bytes: Uint8Array): Result<MarkImage, MarkImageProblem> {
  const marker = view.getUint8(offset + 1);
  const precision = view.getUint8(offset + 4);
  const height = view.getUint16(offset + 5);
  const width = view.getUint16(offset + 7);
  const components = view.getUint8(offset + 9);
  // ISO 32000-2 7.4.8: DCTDecode knows baseline and progressive Huffman coding with 8 bits.
  if (marker > 0xc2 || precision !== 8 || (components !== 1 && components !== 3)) {
    return failed("unsupported");
  }
  if (width === 0 || height === 0) {
    return failed("damaged");
  }
  if (tooLarge({ width, height })) {
    return failed("too-large");
  }
  return success({
    width,
    height,
    colours: components === 1 ? "gray" : "rgb",
    data: { kind: "jpeg", bytes },
    alpha: null,
  });
}
