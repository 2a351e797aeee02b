import { readFileSync, writeSync } from "node:fs";

/** The case that is being tried, with its length in front: one write is much cheaper than a new file. */
export function writeCurrent(descriptor: number, bytes: Uint8Array): void {
  const head = Buffer.alloc(4);
  head.writeUInt32LE(bytes.length);
  writeSync(descriptor, Buffer.concat([head, bytes]), null, null, 0);
}

/** Undefined when no case was tried. */
export function readCurrent(path: string): Uint8Array | undefined {
  const held = readFileSync(path);
  return held.length < 4 ? undefined : held.subarray(4, 4 + held.readUInt32LE(0));
}
