/** What must be known of a JPEG before its pixels are looked at (ITU-T T.81 annex B). */
export interface JpegFacts {
  readonly width: number;
  readonly height: number;
  readonly components: number;
  /** Baseline, extended or progressive Huffman coding with 8 bits: what DCTDecode knows (ISO 32000-2 7.4.8). */
  readonly plain: boolean;
  /** An Adobe segment: the inks of a CMYK picture are then stored inverted. */
  readonly adobe: boolean;
  /** EXIF orientation, 1 to 8; 1: upright. */
  readonly orientation: number;
  /** The file without comments and camera data: no place, no time, no serial number goes into a document. */
  readonly stripped: Uint8Array;
}

/** Null: not to be understood as a JPEG. */
export function readJpeg(bytes: Uint8Array): JpegFacts | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept: Uint8Array[] = [bytes.subarray(0, 2)];
  let frame: Pick<JpegFacts, "width" | "height" | "components" | "plain"> | null = null;
  let orientation = 1;
  let adobe = false;
  for (let offset = 2; offset + 4 <= bytes.length;) {
    if (bytes[offset] !== 0xff) {
      return null;
    }
    const marker = bytes[offset + 1] ?? 0;
    if (marker === 0xff) {
      offset += 1;
      continue;
    }
    const length = view.getUint16(offset + 2);
    const end = offset + 2 + length;
    if (length < 2 || end > bytes.length) {
      return null;
    }
    const segment = bytes.subarray(offset, end);
    if (marker === 0xda) {
      kept.push(bytes.subarray(offset));
      return frame === null ? null : { ...frame, orientation, adobe, stripped: Buffer.concat(kept) };
    }
    if (isFrameHeader(marker) && length >= 8) {
      frame = {
        height: view.getUint16(offset + 5),
        width: view.getUint16(offset + 7),
        components: view.getUint8(offset + 9),
        plain: marker <= 0xc2 && view.getUint8(offset + 4) === 8,
      };
    }
    if (marker === 0xe1) {
      orientation = exifOrientation(segment.subarray(4)) ?? orientation;
    }
    adobe ||= marker === 0xee && new TextDecoder("latin1").decode(segment.subarray(4, 9)) === "Adobe";
    if (!isRemark(marker)) {
      kept.push(segment);
    }
    offset = end;
  }
  return null;
}

/** SOF0 to SOF15 without DHT (C4), JPG (C8) and DAC (CC). */
const isFrameHeader = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/** APP1 to APP15 but for Adobe's APP14, and comments. */
const isRemark = (marker: number): boolean => (marker >= 0xe1 && marker <= 0xef && marker !== 0xee) || marker === 0xfe;

/** Tag 0x0112 of the first directory (Exif 2.32, 4.6.4). */
function exifOrientation(data: Uint8Array): number | null {
  if (new TextDecoder("latin1").decode(data.subarray(0, 6)) !== "Exif\0\0" || data.length < 14) {
    return null;
  }
  const tiff = new DataView(data.buffer, data.byteOffset + 6, data.byteLength - 6);
  const little = tiff.getUint16(0) === 0x4949;
  const directory = tiff.getUint32(4, little);
  if (directory + 2 > tiff.byteLength) {
    return null;
  }
  const count = tiff.getUint16(directory, little);
  for (let index = 0; index < count; index += 1) {
    const entry = directory + 2 + index * 12;
    if (entry + 12 > tiff.byteLength) {
      return null;
    }
    if (tiff.getUint16(entry, little) === 0x0112) {
      const value = tiff.getUint16(entry + 8, little);
      return value >= 1 && value <= 8 ? value : null;
    }
  }
  return null;
}
