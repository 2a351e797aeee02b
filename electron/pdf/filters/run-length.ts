import { MAX_DECODED_STREAM } from "../limits.ts";
import { PdfProblem } from "../pdf-problem.ts";
import { ByteCollector } from "./byte-collector.ts";

/** RunLengthDecode (ISO 32000-2 7.4.5). */
export function decodeRunLength(bytes: Uint8Array): Uint8Array {
  const output = new ByteCollector(MAX_DECODED_STREAM);
  for (let index = 0; index < bytes.length;) {
    const length = bytes[index] ?? 128;
    if (length === 128) {
      break;
    }
    if (length < 128) {
      const end = index + 2 + length;
      if (end > bytes.length) {
        throw new PdfProblem("filter-broken", "Run-length data is cut off.");
      }
      output.push(bytes.subarray(index + 1, end));
      index = end;
    } else {
      const byte = bytes[index + 1];
      if (byte === undefined) {
        throw new PdfProblem("filter-broken", "Run-length data is cut off.");
      }
      output.push(new Uint8Array(257 - length).fill(byte));
      index += 2;
    }
  }
  return output.bytes();
}
