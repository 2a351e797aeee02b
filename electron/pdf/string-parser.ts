import { hexValue, isRegular, latin1 } from "./characters.ts";
import type { Cursor } from "./cursor.ts";
import { MAX_STRING_BYTES } from "./limits.ts";
import type { PdfName, PdfString } from "./objects.ts";
import { PdfProblem } from "./pdf-problem.ts";

/** A name, with the cursor on its slash (ISO 32000-2 7.3.5). */
export function readName(cursor: Cursor): PdfName {
  cursor.pos += 1;
  let text = "";
  for (let byte = cursor.peek(); isRegular(byte); byte = cursor.peek()) {
    cursor.pos += 1;
    if (byte === 0x23) {
      const high = hexValue(cursor.peek());
      const low = high < 0 ? -1 : hexValue(cursor.peekAt(1));
      // Two hexadecimal digits; PDF 1.1 had no escapes, so a lone number sign stands for itself.
      if (low >= 0) {
        cursor.pos += 2;
        byte = high * 16 + low;
      }
    }
    text += String.fromCharCode(byte);
    checkLength(cursor, text.length);
  }
  return { kind: "name", name: text };
}

/** A literal string, with the cursor on its opening parenthesis (ISO 32000-2 7.3.4.2). */
export function readLiteralString(cursor: Cursor): PdfString {
  const bytes: number[] = [];
  const pieces: Uint8Array[] = [];
  let open = 1;
  cursor.pos += 1;
  for (;;) {
    const byte = cursor.next();
    setAside(cursor, bytes, pieces);
    if (byte < 0) {
      throw new PdfProblem("object-broken", "A string has no end.", cursor.pos);
    } else if (byte === 0x5c) {
      readEscape(cursor, bytes);
    } else if (byte === 0x0d) {
      // An end of line inside a string reads as LF, however it is written.
      if (cursor.peek() === 0x0a) {
        cursor.pos += 1;
      }
      bytes.push(0x0a);
    } else {
      open += byte === 0x28 ? 1 : byte === 0x29 ? -1 : 0;
      if (open === 0) {
        return { kind: "string", bytes: joined(bytes, pieces), form: "literal" };
      }
      bytes.push(byte);
    }
  }
}

/** What `n`, `r`, `t`, `b` and `f` stand for behind a backslash. */
const ESCAPES: ReadonlyMap<number, number> = new Map([
  [0x6e, 0x0a],
  [0x72, 0x0d],
  [0x74, 0x09],
  [0x62, 0x08],
  [0x66, 0x0c],
]);

/** Behind a backslash (ISO 32000-2 table 3). */
function readEscape(cursor: Cursor, bytes: number[]): void {
  const byte = cursor.next();
  const escaped = ESCAPES.get(byte);
  if (escaped !== undefined) {
    bytes.push(escaped);
  } else if (byte === 0x0d) {
    if (cursor.peek() === 0x0a) {
      cursor.pos += 1;
    }
  } else if (isOctal(byte)) {
    let value = byte - 0x30;
    for (let digits = 1; digits < 3 && isOctal(cursor.peek()); digits += 1) {
      value = value * 8 + cursor.next() - 0x30;
    }
    // High-order overflow is ignored, as the table says.
    bytes.push(value & 0xff);
  } else if (byte >= 0 && byte !== 0x0a) {
    bytes.push(byte);
  }
}

const isOctal = (byte: number): boolean => byte >= 0x30 && byte <= 0x37;

/** A hexadecimal string, with the cursor on its angle bracket (ISO 32000-2 7.3.4.3). Lenient: other characters are skipped. */
export function readHexString(cursor: Cursor, lenient: boolean): PdfString {
  const pieces: Uint8Array[] = [];
  let length = 0;
  let left = "";
  cursor.pos += 1;
  for (;;) {
    // By stretches: the value of a signature has tens of thousands of digits.
    const ahead = cursor.ahead();
    const close = ahead.indexOf(0x3e);
    const run = close < 0 ? ahead : ahead.subarray(0, close);
    const decoded = left === "" ? allHex(run) : undefined;
    if (decoded !== undefined && close >= 0 && pieces.length === 0) {
      cursor.pos += run.length + 1;
      checkLength(cursor, decoded.length);
      return { kind: "string", bytes: ownBytes(decoded), form: "hex" };
    }
    const digits = decoded === undefined ? left + hexDigits(cursor, run, lenient) : "";
    const whole = digits.length - (digits.length % 2);
    pieces.push(decoded ?? Buffer.from(digits.slice(0, whole), "hex"));
    left = digits.slice(whole);
    length += decoded?.length ?? whole / 2;
    cursor.pos += run.length;
    checkLength(cursor, length);
    if (close >= 0) {
      cursor.pos += 1;
      return {
        kind: "string",
        bytes: joined([], [...pieces, Buffer.from(left === "" ? "" : `${left}0`, "hex")]),
        form: "hex",
      };
    }
    if (ahead.length === 0) {
      throw new PdfProblem("object-broken", "A hexadecimal string has no end.", cursor.pos);
    }
  }
}

/** The bytes, when the run is nothing but an even number of digits, as the long ones are; undefined otherwise. */
function allHex(run: Uint8Array): Buffer | undefined {
  // Node reads digits up to the first character that is none.
  const decoded = Buffer.from(latin1(run), "hex");
  return decoded.length * 2 === run.length ? decoded : undefined;
}

/** Not a view into memory that Node shares out among small buffers. */
const ownBytes = (bytes: Buffer): Uint8Array =>
  bytes.buffer.byteLength === bytes.length ? new Uint8Array(bytes.buffer) : new Uint8Array(bytes);

function hexDigits(cursor: Cursor, run: Uint8Array, lenient: boolean): string {
  const text = latin1(run);
  if (/^[0-9A-Fa-f]*$/u.test(text)) {
    return text;
  }
  const stranger = lenient ? -1 : text.search(/[^0-9A-Fa-f\0\t\n\f\r ]/u);
  if (stranger >= 0) {
    throw new PdfProblem("object-broken", "A hexadecimal string holds something else.", cursor.pos + stranger + 1);
  }
  return text.replaceAll(/[^0-9A-Fa-f]/gu, "");
}

/** A list of numbers takes eight times the memory of the bytes, so a long string is set aside piece by piece. */
const PIECE = 64 * 1024;

function setAside(cursor: Cursor, bytes: number[], pieces: Uint8Array[]): void {
  if (bytes.length >= PIECE) {
    pieces.push(Uint8Array.from(bytes));
    bytes.length = 0;
    checkLength(cursor, pieces.length * PIECE);
  }
}

const joined = (bytes: readonly number[], pieces: readonly Uint8Array[]): Uint8Array =>
  pieces.length === 0 ? Uint8Array.from(bytes) : new Uint8Array(Buffer.concat([...pieces, Uint8Array.from(bytes)]));

function checkLength(cursor: Cursor, length: number): void {
  if (length > MAX_STRING_BYTES) {
    throw new PdfProblem("limit", "A string or name is too long.", cursor.pos);
  }
}
