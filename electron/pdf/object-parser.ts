import { hexValue, isDigit, isRegular, isSpace } from "./characters.ts";
import type { Cursor } from "./cursor.ts";
import { MAX_NESTING, MAX_STRING_BYTES, MAX_TOKENS_IN_OBJECT } from "./limits.ts";
import { type PdfArray, type PdfDict, type PdfName, type PdfObject, type PdfString, ref } from "./objects.ts";
import { PdfProblem } from "./pdf-problem.ts";

const INTEGER = /^[+-]?\d+$/;
const REAL = /^[+-]?(?:\d+\.\d*|\.\d+)$/;

/**
 * Reads direct objects (ISO 32000-2 7.3) at a cursor. Strict: whatever two readers could understand differently is a
 * `PdfProblem`. Lenient, for the repair of broken files only: odd numbers and stray tokens are passed over.
 */
export class ObjectParser {
  readonly cursor: Cursor;
  private readonly lenient: boolean;
  private tokens = 0;

  constructor(cursor: Cursor, lenient = false) {
    this.cursor = cursor;
    this.lenient = lenient;
  }

  /** The object at the cursor, which is moved behind it. A stream is read as its dictionary only. */
  parse(depth = 0): PdfObject {
    const { cursor } = this;
    this.tokens += 1;
    if (depth > MAX_NESTING || this.tokens > MAX_TOKENS_IN_OBJECT) {
      throw new PdfProblem("limit", "The object is nested too deeply or too large.", cursor.pos);
    }
    cursor.skipSpaceAndComments();
    const byte = cursor.peek();
    switch (byte) {
      case 0x2f:
        return this.name();
      case 0x28:
        return this.literalString();
      case 0x5b:
        return this.array(depth);
      case 0x3c:
        return cursor.peekAt(1) === 0x3c ? this.dictionary(depth) : this.hexString();
      default:
        return isDigit(byte) ? this.numberOrReference() : this.word();
    }
  }

  /** A dictionary, or a problem of the given kind. */
  parseDictionary(): PdfDict {
    this.cursor.skipSpaceAndComments();
    if (this.cursor.peek() !== 0x3c || this.cursor.peekAt(1) !== 0x3c) {
      throw this.broken("A dictionary was expected.");
    }
    return this.dictionary(0);
  }

  private dictionary(depth: number): PdfDict {
    const { cursor } = this;
    const entries = new Map<string, PdfObject>();
    const duplicates: string[] = [];
    cursor.pos += 2;
    for (;;) {
      cursor.skipSpaceAndComments();
      const byte = cursor.peek();
      if (byte === 0x3e && cursor.peekAt(1) === 0x3e) {
        cursor.pos += 2;
        return { kind: "dict", entries, duplicates };
      }
      if (byte !== 0x2f) {
        if (!this.lenient || byte < 0 || !this.skipStrayToken()) {
          throw this.broken("A dictionary key is not a name, or the dictionary has no end.");
        }
        continue;
      }
      const key = this.name().name;
      if (entries.has(key)) {
        duplicates.push(key);
      }
      entries.set(key, this.parse(depth + 1));
    }
  }

  private array(depth: number): PdfArray {
    const { cursor } = this;
    const items: PdfObject[] = [];
    cursor.pos += 1;
    for (;;) {
      cursor.skipSpaceAndComments();
      if (cursor.peek() === 0x5d) {
        cursor.pos += 1;
        return items;
      }
      items.push(this.parse(depth + 1));
    }
  }

  private name(): PdfName {
    const { cursor } = this;
    cursor.pos += 1;
    let text = "";
    for (let byte = cursor.peek(); isRegular(byte); byte = cursor.peek()) {
      cursor.pos += 1;
      if (byte === 0x23) {
        const high = hexValue(cursor.peek());
        const low = high < 0 ? -1 : hexValue(cursor.peekAt(1));
        // ISO 32000-2 7.3.5: two hexadecimal digits; PDF 1.1 had no escapes, so a lone number sign stands for itself.
        if (low >= 0) {
          cursor.pos += 2;
          byte = high * 16 + low;
        }
      }
      text += String.fromCharCode(byte);
      this.checkLength(text.length);
    }
    return { kind: "name", name: text };
  }

  private literalString(): PdfString {
    const { cursor } = this;
    const bytes: number[] = [];
    let open = 1;
    cursor.pos += 1;
    for (;;) {
      const byte = cursor.next();
      this.checkLength(bytes.length);
      if (byte < 0) {
        throw this.broken("A string has no end.");
      } else if (byte === 0x5c) {
        this.escape(bytes);
      } else if (byte === 0x0d) {
        // ISO 32000-2 7.3.4.2: an end of line inside a string reads as LF, however it is written.
        if (cursor.peek() === 0x0a) {
          cursor.pos += 1;
        }
        bytes.push(0x0a);
      } else if (byte === 0x28) {
        open += 1;
        bytes.push(byte);
      } else if (byte === 0x29) {
        open -= 1;
        if (open === 0) {
          return { kind: "string", bytes: Uint8Array.from(bytes), form: "literal" };
        }
        bytes.push(byte);
      } else {
        bytes.push(byte);
      }
    }
  }

  /** Behind a backslash (ISO 32000-2 table 3). */
  private escape(bytes: number[]): void {
    const { cursor } = this;
    const byte = cursor.next();
    const simple = "nrtbf".indexOf(String.fromCharCode(byte));
    if (simple >= 0) {
      bytes.push([0x0a, 0x0d, 0x09, 0x08, 0x0c][simple] ?? 0);
    } else if (byte === 0x0d) {
      if (cursor.peek() === 0x0a) {
        cursor.pos += 1;
      }
    } else if (byte >= 0x30 && byte <= 0x37) {
      let value = byte - 0x30;
      for (let digits = 1; digits < 3 && cursor.peek() >= 0x30 && cursor.peek() <= 0x37; digits += 1) {
        value = value * 8 + cursor.next() - 0x30;
      }
      bytes.push(value & 0xff);
    } else if (byte >= 0 && byte !== 0x0a) {
      bytes.push(byte);
    }
  }

  private hexString(): PdfString {
    const { cursor } = this;
    const bytes: number[] = [];
    let high = -1;
    cursor.pos += 1;
    for (;;) {
      const byte = cursor.next();
      this.checkLength(bytes.length);
      if (byte === 0x3e) {
        if (high >= 0) {
          bytes.push(high * 16);
        }
        return { kind: "string", bytes: Uint8Array.from(bytes), form: "hex" };
      }
      const value = hexValue(byte);
      if (value >= 0) {
        if (high < 0) {
          high = value;
        } else {
          bytes.push(high * 16 + value);
          high = -1;
        }
      } else if (byte < 0 || !(isSpace(byte) || this.lenient)) {
        throw this.broken("A hexadecimal string holds something else.");
      }
    }
  }

  private numberOrReference(): PdfObject {
    const { cursor } = this;
    const start = cursor.pos;
    const first = cursor.takeUnsigned();
    if (first === undefined || isRegular(cursor.peek())) {
      cursor.pos = start;
      return this.word();
    }
    const behind = cursor.pos;
    cursor.skipSpaceAndComments();
    const second = cursor.takeUnsigned();
    if (second !== undefined && isSpace(cursor.peek())) {
      cursor.skipSpaceAndComments();
      if (cursor.takeKeyword("R")) {
        return ref(first, second);
      }
    }
    cursor.pos = behind;
    return first;
  }

  /** A number or a keyword. */
  private word(): PdfObject {
    const { cursor } = this;
    const start = cursor.pos;
    let text = "";
    while (isRegular(cursor.peek()) && cursor.pos - start < 4096) {
      text += String.fromCharCode(cursor.next());
    }
    switch (text) {
      case "null":
        return null;
      case "true":
        return true;
      case "false":
        return false;
      default:
        return this.number(text, start);
    }
  }

  private number(text: string, start: number): PdfObject {
    if (INTEGER.test(text)) {
      const value = Number(text);
      // Beyond 2^53 a number is no longer exact: kept as it is written.
      return Number.isSafeInteger(value) ? value + 0 : { kind: "real", value, text };
    }
    if (REAL.test(text)) {
      return { kind: "real", value: Number(text), text };
    }
    if (this.lenient && /^[+\-.\d]/.test(text)) {
      const value = Number.parseFloat(text.replace(/^[+-]*(?=[+-])/, ""));
      return Number.isFinite(value) ? { kind: "real", value, text: String(value) } : 0;
    }
    this.cursor.pos = start;
    throw this.broken("Something stands here that is no object.");
  }

  private skipStrayToken(): boolean {
    const { cursor } = this;
    const start = cursor.pos;
    // These end the object: the dictionary was cut off.
    if (["endobj", "endstream", "stream", "xref", "trailer"].some((word) => cursor.takeKeyword(word))) {
      cursor.pos = start;
      return false;
    }
    this.tokens += 1;
    while (isRegular(cursor.peek())) {
      cursor.pos += 1;
    }
    if (cursor.pos === start) {
      cursor.pos += 1;
    }
    return true;
  }

  private checkLength(length: number): void {
    if (length > MAX_STRING_BYTES) {
      throw new PdfProblem("limit", "A string or name is too long.", this.cursor.pos);
    }
  }

  private broken(message: string): PdfProblem {
    return new PdfProblem("object-broken", message, this.cursor.pos);
  }
}
