import { hexValue, isSpace } from "../characters.ts";
import { PdfProblem } from "../pdf-problem.ts";

const broken = (filter: string): PdfProblem => new PdfProblem("filter-broken", `${filter} data is damaged.`);

/** ASCIIHexDecode (ISO 32000-2 7.4.2). */
export function decodeAsciiHex(bytes: Uint8Array): Uint8Array {
  const result = new Uint8Array(Math.ceil(bytes.length / 2));
  let digits = 0;
  for (const byte of bytes) {
    if (byte === 0x3e) {
      break;
    }
    const value = hexValue(byte);
    if (value >= 0) {
      const index = digits >> 1;
      result[index] = (result[index] ?? 0) | (digits % 2 === 0 ? value << 4 : value);
      digits += 1;
    } else if (!isSpace(byte)) {
      throw broken("ASCIIHex");
    }
  }
  return result.subarray(0, Math.ceil(digits / 2));
}

/** ASCII85Decode (ISO 32000-2 7.4.3). */
export function decodeAscii85(bytes: Uint8Array): Uint8Array {
  const result = new Uint8Array(bytes.length * 4);
  let length = 0;
  let group = 0;
  let count = 0;
  const flush = (outputs: number): void => {
    if (group > 0xffffffff) {
      throw broken("ASCII85");
    }
    for (let index = 0; index < outputs; index += 1) {
      result[length] = Math.floor(group / 256 ** (3 - index)) & 0xff;
      length += 1;
    }
    group = 0;
    count = 0;
  };
  for (const byte of bytes) {
    if (byte === 0x7e) {
      break;
    }
    if (byte === 0x7a && count === 0) {
      flush(4);
    } else if (byte >= 0x21 && byte <= 0x75) {
      group = group * 85 + byte - 0x21;
      count += 1;
      if (count === 5) {
        flush(4);
      }
    } else if (!isSpace(byte)) {
      throw broken("ASCII85");
    }
  }
  if (count === 1) {
    throw broken("ASCII85");
  }
  if (count > 1) {
    const outputs = count - 1;
    for (; count < 5; count += 1) {
      group = group * 85 + 84;
    }
    flush(outputs);
  }
  return result.subarray(0, length);
}
