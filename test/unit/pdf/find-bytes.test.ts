import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openFileSource } from "../../../electron/pdf/file-source.ts";
import { findBytes, indexOfText } from "../../../electron/pdf/find-bytes.ts";
import { memorySource } from "../../../electron/pdf/memory-source.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sealdesk-find-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const KIB = 1024;

/** Places around every border: blocks of 64 KiB, far windows of 256 KiB behind the first block, the end of the file. */
const places = [0, 1, 64, 320, 576, 832]
  .flatMap((kib) => [-11, -10, -9, -5, -1, 0, 1].map((shift) => kib * KIB + shift))
  .filter((at) => at >= 0)
  .concat(900 * KIB - 10);

test("a text is found wherever it lies, in a file as in memory", async () => {
  for (const at of places) {
    const bytes = Buffer.alloc(900 * KIB, "/ByteRang_");
    bytes.write("/ByteRange", at, "latin1");
    const path = join(folder, "file");
    await writeFile(path, bytes);
    const source = openFileSource(path);
    try {
      const expected = bytes.indexOf("/ByteRange");
      expect(findBytes(source, "/ByteRange", 0)).toBe(expected);
      expect(findBytes(memorySource(bytes), "/ByteRange", 0)).toBe(expected);
      expect(findBytes(source, "/ByteRange", at)).toBe(at);
      expect(findBytes(source, "/ByteRange", at + 1)).toBe(-1);
      expect(findBytes(source, "/ByteRange", 0, at + 9)).toBe(-1);
      expect(findBytes(source, "/ByteRange", 0, at + 10)).toBe(at);
    } finally {
      source.close();
    }
  }
});

test("a text is found among many of its beginnings, and in none of them", () => {
  const beginnings = Buffer.from("/ByteR".repeat(500));
  expect(indexOfText(beginnings, "/ByteRange")).toBe(-1);
  expect(indexOfText(Buffer.concat([beginnings, Buffer.from("ange")]), "/ByteRange")).toBe(499 * 6);
  expect(indexOfText(Buffer.from("/ByteR/ByteRange"), "/ByteRange")).toBe(6);
  expect(indexOfText(Buffer.from("/ByteRang"), "/ByteRange")).toBe(-1);
});
