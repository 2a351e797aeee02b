import { isDigit, isRegular, isSpace } from "./characters.ts";
import type { Cursor } from "./cursor.ts";
import { MAX_NESTING, MAX_TOKENS_IN_OBJECT } from "./limits.ts";
import { type PdfArray, type PdfDict, type PdfObject, ref } from "./objects.ts";
import { PdfProblem } from "./pdf-problem.ts";
import { readHexString, readLiteralString, readName } from "./string-parser.ts";

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
    cursor.source.tick?.();
    cursor.skipSpaceAndComments();
    const byte = cursor.peek();
    switch (byte) {
      case 0x2f:
        return readName(cursor);
      case 0x28:
        return readLiteralString(cursor);
      case 0x5b:
        return this.array(depth);
      case 0x3c:
        return cursor.peekAt(1) === 0x3c ? this.dictionary(depth) : readHexString(cursor, this.lenient);
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
      const key = readName(cursor).name;
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
    if (["obj", "endobj", "endstream", "stream", "xref", "trailer"].some((word) => cursor.takeKeyword(word))) {
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

  private broken(message: string): PdfProblem {
    return new PdfProblem("object-broken", message, this.cursor.pos);
  }
}
