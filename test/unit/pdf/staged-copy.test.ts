import { createHash, randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openFileSource } from "../../../electron/pdf/file-source.ts";
import { digestRanges } from "../../../electron/pdf/range-digest.ts";
import { stageCopy } from "../../../electron/pdf/staged-copy.ts";

let folder = "";
let original = "";
const bytes = randomBytes(3 * 1024 * 1024 + 17);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sealdesk-copy-"));
  original = join(folder, "original.bin");
  writeFileSync(original, bytes);
  chmodSync(original, 0o444);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a staged copy", () => {
  test("holds the same bytes and can be written to although the original cannot", async () => {
    const target = join(folder, "copy.bin");
    await stageCopy(original, target);
    expect(Buffer.compare(readFileSync(target), bytes)).toBe(0);
    expect(statSync(target).mode & 0o200).toBe(0o200);
  });

  test("never replaces a file", async () => {
    const target = join(folder, "taken.bin");
    writeFileSync(target, "mine");
    await expect(stageCopy(original, target)).rejects.toMatchObject({ code: "EEXIST" });
    expect(readFileSync(target, "utf8")).toBe("mine");
  });

  test("is not left behind when it is aborted", async () => {
    const target = join(folder, "aborted.bin");
    const controller = new AbortController();
    const copy = stageCopy(original, target, { signal: controller.signal });
    controller.abort(new Error("enough"));
    await expect(copy).rejects.toThrow("enough");
    expect(existsSync(target)).toBe(false);
  });
});

describe("a digest over ranges", () => {
  test("is the SHA-256 of the ranges in their order, and says how far it is", async () => {
    const ranges = [
      { offset: 5, length: 1024 * 1024 + 3 },
      { offset: 2 * 1024 * 1024, length: 1024 * 1024 },
    ];
    const expected = createHash("sha256");
    for (const { offset, length } of ranges) {
      expected.update(bytes.subarray(offset, offset + length));
    }
    const progress: number[] = [];
    const digest = await digestRanges(original, ranges, { onProgress: (done, total) => progress.push(done / total) });
    expect(Buffer.from(digest).toString("hex")).toBe(expected.digest("hex"));
    expect(progress.at(-1)).toBe(1);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  });

  test("refuses a range outside the file and stops when aborted", async () => {
    await expect(digestRanges(original, [{ offset: bytes.length - 1, length: 2 }])).rejects.toMatchObject({
      code: "limit",
    });
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(digestRanges(original, [{ offset: 0, length: 10 }], { signal })).rejects.toThrow("enough");
  });
});

describe("a file as a source", () => {
  test("is refused when it is a folder", () => {
    expect(() => openFileSource(folder)).toThrow(expect.objectContaining({ name: "PdfProblem", code: "not-a-pdf" }));
  });

  test("gives any piece of the file, cut at its end", () => {
    const source = openFileSource(original);
    for (const [offset, length] of [
      [0, 10],
      [65_530, 12],
      [65_536, 65_536],
      [100_000, 200_000],
      [10, 1_000_000],
      [bytes.length - 5, 50],
      [bytes.length + 5, 50],
      [-3, 4],
    ] as const) {
      const start = Math.max(0, offset);
      expect(Buffer.compare(source.read(offset, length), bytes.subarray(start, start + length))).toBe(0);
    }
    source.close();
    source.close();
  });
});
