/** Start and end of image, and any start of frame but the ones that are none (ITU-T T.81 annex B, table B.1). */
const START = [0xff, 0xd8, 0xff] as const;
const NO_FRAME: ReadonlySet<number> = new Set([0xc4, 0xc8, 0xcc]);
const START_OF_SCAN = 0xda;

/** Whether this is a JPEG with a picture in it: its segments can be followed to a frame and a scan. */
export function isJpeg(bytes: Uint8Array): boolean {
  if (START.some((byte, index) => bytes[index] !== byte)) {
    return false;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let hasFrame = false;
  let at = 2;
  while (at + 4 <= bytes.length && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      // Fill bytes may stand before a marker.
      at += 1;
      continue;
    }
    if (marker === START_OF_SCAN) {
      return hasFrame;
    }
    hasFrame ||= marker >= 0xc0 && marker <= 0xcf && !NO_FRAME.has(marker);
    at += 2 + view.getUint16(at + 2);
  }
  return false;
}
