import { isDigit, isRegular, isSpace } from "./characters.ts";
import type { ByteSource } from "./pdf-file.ts";

const WINDOW = 64 * 1024;

/** A place in a source that moves forward byte by byte, reading aligned windows so that file blocks are not copied. */
export class Cursor {
  /** Absolute offset of the byte that `peek` returns. */
  pos: number;
  readonly source: ByteSource;
  private window: Uint8Array = new Uint8Array(0);
  private windowStart = 0;

  constructor(source: ByteSource, pos = 0) {
    this.source = source;
    this.pos = pos;
  }

  /** The byte here, or -1 behind the end. */
  peek(): number {
    return this.window[this.pos - this.windowStart] ?? this.refill(this.pos);
  }

  /** The byte `distance` further on, or -1. */
  peekAt(distance: number): number {
    return this.window[this.pos + distance - this.windowStart] ?? this.refill(this.pos + distance);
  }

  /** What has been read already from here on; at least one byte, unless this is behind the end. */
  ahead(): Uint8Array {
    return this.peek() < 0 ? new Uint8Array(0) : this.window.subarray(this.pos - this.windowStart);
  }

  /** The byte here, moving on; -1 behind the end. */
  next(): number {
    const byte = this.peek();
    this.pos += 1;
    return byte;
  }

  skipSpace(): void {
    while (isSpace(this.peek())) {
      this.pos += 1;
    }
  }

  /** White space and comments (ISO 32000-2 7.2.4). */
  skipSpaceAndComments(): void {
    for (;;) {
      this.skipSpace();
      if (this.peek() !== 0x25) {
        return;
      }
      this.skipLine();
    }
  }

  /** To the next CR or LF, which is not skipped. */
  skipLine(): void {
    for (let byte = this.peek(); byte >= 0 && byte !== 0x0a && byte !== 0x0d; byte = this.peek()) {
      this.pos += 1;
    }
  }

  /** One end of line: CR LF, CR or LF. */
  skipEndOfLine(): void {
    if (this.peek() === 0x0d) {
      this.pos += 1;
    }
    if (this.peek() === 0x0a) {
      this.pos += 1;
    }
  }

  /** True, and moved behind it, when exactly this text stands here and no regular character follows. */
  takeKeyword(text: string): boolean {
    for (let index = 0; index < text.length; index += 1) {
      if (this.peekAt(index) !== text.charCodeAt(index)) {
        return false;
      }
    }
    if (isRegular(this.peekAt(text.length))) {
      return false;
    }
    this.pos += text.length;
    return true;
  }

  /** Digits as a number; undefined, and not moved, when there are none or the value is not exact (above 2^53). */
  takeUnsigned(): number | undefined {
    const start = this.pos;
    let value = 0;
    while (isDigit(this.peek())) {
      // In this order every step stays exact below 2^53.
      value = value * 10 + (this.peek() - 0x30);
      this.pos += 1;
    }
    if (this.pos === start || !Number.isSafeInteger(value)) {
      this.pos = start;
      return undefined;
    }
    return value;
  }

  private refill(pos: number): number {
    if (pos < 0 || pos >= this.source.size) {
      return -1;
    }
    this.windowStart = pos - (pos % WINDOW);
    this.window = this.source.read(this.windowStart, WINDOW);
    return this.window[pos - this.windowStart] ?? -1;
  }
}
