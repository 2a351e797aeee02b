import { Cursor } from "./cursor.ts";
import { memorySource } from "./memory-source.ts";
import { ObjectParser } from "./object-parser.ts";
import { isRef, type PdfObject } from "./objects.ts";
import { PdfProblem } from "./pdf-problem.ts";

/** A decoded object stream (ISO 32000-2 7.5.7). Its objects are parsed when asked for. */
export class ObjectStream {
  /** Object number and offset of each object, in order. */
  readonly index: readonly { readonly num: number; readonly at: number }[];
  private readonly bytes: Uint8Array;
  private readonly fileOffset: number;
  private readonly lenient: boolean;

  constructor(bytes: Uint8Array, count: PdfObject, first: PdfObject, fileOffset: number, lenient: boolean) {
    this.bytes = bytes;
    this.fileOffset = fileOffset;
    this.lenient = lenient;
    if (typeof count !== "number" || typeof first !== "number" || count < 0 || first < 0 || count > bytes.length) {
      throw this.broken("An object stream's dictionary makes no sense.");
    }
    this.index = this.readIndex(count, first);
  }

  get size(): number {
    return this.bytes.length + this.index.length * 64;
  }

  /** The object at `index`, which must be the one the cross-reference names. */
  object(num: number, index: number): PdfObject {
    const place = this.index[index];
    if (place === undefined || place.num !== num) {
      throw new PdfProblem("object-mismatch", `Object ${num} is not where the cross-reference says.`, this.fileOffset);
    }
    const parser = new ObjectParser(new Cursor(memorySource(this.bytes), place.at), this.lenient);
    try {
      const object = parser.parse();
      if (isRef(object) && object.num === num) {
        throw this.broken("An object refers to itself.");
      }
      return object;
    } catch (error) {
      // Offsets inside the decoded data mean nothing to a reader of the file.
      throw error instanceof PdfProblem ? new PdfProblem(error.code, error.message, this.fileOffset) : error;
    }
  }

  private readIndex(count: number, first: number): readonly { readonly num: number; readonly at: number }[] {
    const cursor = new Cursor(memorySource(this.bytes));
    const index: { readonly num: number; readonly at: number }[] = [];
    for (let position = 0; position < count; position += 1) {
      cursor.skipSpaceAndComments();
      const num = cursor.takeUnsigned();
      cursor.skipSpaceAndComments();
      const at = cursor.takeUnsigned();
      if (num === undefined || at === undefined || first + at > this.bytes.length) {
        throw this.broken("An object stream's index is damaged.");
      }
      index.push({ num, at: first + at });
    }
    return index;
  }

  private broken(message: string): PdfProblem {
    return new PdfProblem("object-broken", message, this.fileOffset);
  }
}
