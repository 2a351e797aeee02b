import { EXPANSION_FREE, MAX_DECODED_STREAM, MAX_EXPANSION } from "../limits.ts";
import { PdfProblem } from "../pdf-problem.ts";
import { ByteCollector } from "./byte-collector.ts";

const CLEAR = 256;
const END = 257;
const TABLE = 4096;

/** LZWDecode (ISO 32000-2 7.4.4.2); `earlyChange` as in its parameters, 1 when absent. */
export function decodeLzw(bytes: Uint8Array, earlyChange: 0 | 1): Uint8Array {
  const output = new ByteCollector(
    Math.min(MAX_DECODED_STREAM, Math.max(EXPANSION_FREE, bytes.length * MAX_EXPANSION)),
  );
  const prefix = new Uint16Array(TABLE);
  const suffix = new Uint8Array(TABLE);
  const lengths = new Uint16Array(TABLE);
  for (let code = 0; code < 256; code += 1) {
    suffix[code] = code;
    lengths[code] = 1;
  }
  const scratch = new Uint8Array(TABLE + 1);
  let next = 258;
  let width = 9;
  let previous = -1;
  let bits = 0;
  let held = 0;

  /** The bytes of a code, in `scratch`. */
  const expand = (code: number): number => {
    const length = lengths[code] ?? 0;
    let at = code;
    for (let index = length - 1; index >= 0; index -= 1) {
      scratch[index] = suffix[at] ?? 0;
      at = prefix[at] ?? 0;
    }
    return length;
  };

  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0xffffff;
    held += 8;
    if (held < width) {
      continue;
    }
    held -= width;
    const code = (bits >> held) & ((1 << width) - 1);
    if (code === END) {
      return output.bytes();
    }
    if (code === CLEAR) {
      next = 258;
      width = 9;
      previous = -1;
      continue;
    }
    if (
      code > next ||
      (code === next && previous < 0) ||
      (code >= next && next >= TABLE) ||
      (code > 257 && previous < 0)
    ) {
      throw new PdfProblem("filter-broken", "LZW data is damaged.");
    }
    let length: number;
    if (code < next) {
      length = expand(code);
    } else {
      length = expand(previous);
      scratch[length] = scratch[0] ?? 0;
      length += 1;
    }
    output.push(scratch.subarray(0, length));
    if (previous >= 0 && next < TABLE) {
      prefix[next] = previous;
      suffix[next] = scratch[0] ?? 0;
      lengths[next] = (lengths[previous] ?? 0) + 1;
      next += 1;
    }
    previous = code;
    // The next code is one bit wider once the table (with early change: one entry before) is full.
    const entries = next + earlyChange;
    width = entries >= 2048 ? 12 : entries >= 1024 ? 11 : entries >= 512 ? 10 : 9;
  }
  return output.bytes();
}
