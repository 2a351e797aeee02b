import { closeSync, constants, fstatSync, openSync, readSync, statSync } from "node:fs";
import type { ByteSource } from "./pdf-file.ts";
import { PdfProblem } from "./pdf-problem.ts";

const BLOCK = 64 * 1024;
/** 4 MiB of cache, whatever the size of the file. */
const MAX_BLOCKS = 64;
/** Longer reads (streams) go past the cache, so that one of them does not push everything else out. */
const UNCACHED = 256 * 1024;

/**
 * A file as a source, read on demand in cached blocks. Throws the file system's own error when the file cannot be
 * opened or read, `PdfProblem("not-a-pdf")` for a folder or a device; a file that became shorter meanwhile reads as if it ended there.
 * `limit` gives the source's `tick` for a file of this size.
 */
export function openFileSource(path: string, limit?: (size: number) => () => void): ByteSource {
  // SECURITY: opening a pipe would wait for a writer that never comes; a folder cannot be read.
  if (!statSync(path).isFile()) {
    throw notRegular();
  }
  // SECURITY: what was a file may be a pipe by now. Windows knows no such flag, and no pipes among its files.
  const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const facts = fstatSync(descriptor);
    if (!facts.isFile()) {
      throw notRegular();
    }
    return new FileSource(descriptor, facts.size, limit?.(facts.size));
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

const notRegular = (): PdfProblem => new PdfProblem("not-a-pdf", "This is not a regular file.");

class FileSource implements ByteSource {
  readonly size: number;
  readonly tick?: () => void;
  private readonly descriptor: number;
  /** In order of last use. Blocks are replaced, never overwritten: views that were handed out stay what they were. */
  private readonly blocks = new Map<number, Uint8Array>();
  private last = -1;
  private lastBlock: Uint8Array = new Uint8Array(0);
  private open = true;

  constructor(descriptor: number, size: number, tick: (() => void) | undefined) {
    this.descriptor = descriptor;
    this.size = size;
    if (tick !== undefined) {
      this.tick = tick;
    }
  }

  read(offset: number, length: number): Uint8Array {
    this.tick?.();
    const start = Math.min(Math.max(0, offset), this.size);
    const end = Math.min(this.size, start + Math.max(0, length));
    const first = Math.floor(start / BLOCK);
    if (end <= (first + 1) * BLOCK) {
      return this.block(first).subarray(start - first * BLOCK, end - first * BLOCK);
    }
    if (end - start > UNCACHED) {
      return this.readFrom(start, end - start);
    }
    const result = new Uint8Array(end - start);
    let filled = 0;
    for (let index = first; start + filled < end; index += 1) {
      const from = start + filled - index * BLOCK;
      const part = this.block(index).subarray(from, Math.min(BLOCK, end - index * BLOCK));
      if (part.length === 0) {
        return result.subarray(0, filled);
      }
      result.set(part, filled);
      filled += part.length;
    }
    return result;
  }

  readInto(offset: number, target: Uint8Array): number {
    this.tick?.();
    const start = Math.min(Math.max(0, offset), this.size);
    return this.readFully(target.subarray(0, this.size - start), start);
  }

  close(): void {
    if (this.open) {
      this.open = false;
      this.blocks.clear();
      this.last = -1;
      closeSync(this.descriptor);
    }
  }

  private block(index: number): Uint8Array {
    if (index === this.last) {
      return this.lastBlock;
    }
    let block = this.blocks.get(index);
    if (block === undefined) {
      block = this.readFrom(index * BLOCK, Math.min(BLOCK, this.size - index * BLOCK));
      const oldest = this.blocks.size >= MAX_BLOCKS ? this.blocks.keys().next().value : undefined;
      if (oldest !== undefined) {
        this.blocks.delete(oldest);
      }
    } else {
      this.blocks.delete(index);
    }
    this.blocks.set(index, block);
    this.last = index;
    this.lastBlock = block;
    return block;
  }

  private readFrom(position: number, length: number): Uint8Array {
    const bytes = new Uint8Array(Math.max(0, length));
    return bytes.subarray(0, this.readFully(bytes, position));
  }

  private readFully(bytes: Uint8Array, position: number): number {
    let filled = 0;
    while (filled < bytes.length) {
      const count = readSync(this.descriptor, bytes, filled, bytes.length - filled, position + filled);
      if (count === 0) {
        break;
      }
      filled += count;
    }
    return filled;
  }
}
