import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { digestRanges } from "../../../electron/pdf/range-digest.ts";
import { readRanges } from "../../../electron/pdf/read-ranges.ts";

const bytes = randomBytes(2_000_000);
let folder = "";
let path = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sealdesk-ranges-"));
  path = join(folder, "file");
  await writeFile(path, bytes);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function collect(ranges: Parameters<typeof readRanges>[1]): Promise<{ bytes: Buffer; endedAt: number | null }> {
  const parts: Buffer[] = [];
  const endedAt = await readRanges(path, ranges, (part) => void parts.push(Buffer.from(part)));
  return { bytes: Buffer.concat(parts), endedAt };
}

describe("reading ranges", () => {
  test.each([
    [[]],
    [[{ offset: 0, length: 0 }]],
    [[{ offset: 5, length: 1 }]],
    [[{ offset: 0, length: 2_000_000 }]],
    [
      [
        { offset: 0, length: 524_288 },
        { offset: 600_000, length: 1_048_577 },
      ],
    ],
    [
      [
        { offset: 1_999_999, length: 1 },
        { offset: 0, length: 0 },
        { offset: 10, length: 700_001 },
      ],
    ],
  ])("gives exactly the bytes of %j, in order", async (ranges) => {
    const expected = Buffer.concat(ranges.map(({ offset, length }) => bytes.subarray(offset, offset + length)));
    const got = await collect(ranges);
    expect(got.endedAt).toBeNull();
    expect(got.bytes.equals(expected)).toBe(true);
  });

  test("says where the file ended, and gives what there was", async () => {
    const got = await collect([{ offset: 1_000_000, length: 1_500_000 }]);
    expect(got.endedAt).toBe(2_000_000);
    expect(got.bytes.equals(bytes.subarray(1_000_000))).toBe(true);
    const few = await collect([
      { offset: 3, length: 4 },
      { offset: 1_999_990, length: 11 },
    ]);
    expect(few.endedAt).toBe(2_000_000);
    expect(few.bytes.equals(Buffer.concat([bytes.subarray(3, 7), bytes.subarray(1_999_990)]))).toBe(true);
  });

  test.skipIf(process.platform === "win32")("does not wait for a pipe that nobody writes to", async () => {
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    await expect(readRanges(pipe, [{ offset: 0, length: 10 }], () => undefined)).rejects.toThrow("ESPIPE");
  });

  test("begins nothing when it is aborted already", async () => {
    const few = readRanges(path, [{ offset: 0, length: 10 }], () => undefined, AbortSignal.abort(new Error("before")));
    await expect(few).rejects.toThrow("before");
  });

  test("stops when it is aborted", async () => {
    const controller = new AbortController();
    let calls = 0;
    const reading = readRanges(
      path,
      [{ offset: 0, length: 2_000_000 }],
      () => {
        calls += 1;
        controller.abort(new Error("enough"));
      },
      controller.signal,
    );
    await expect(reading).rejects.toThrow("enough");
    expect(calls).toBe(1);
  });

  test("passes on what the taker throws", async () => {
    const reading = readRanges(path, [{ offset: 0, length: 2_000_000 }], () => {
      throw new Error("full");
    });
    await expect(reading).rejects.toThrow("full");
  });

  test("passes on that there is no such file", async () => {
    await expect(readRanges(join(folder, "none"), [], () => undefined)).rejects.toThrow("ENOENT");
  });
});

test("the digest of ranges is that of their bytes", async () => {
  const expected = createHash("sha256").update(bytes.subarray(0, 600_000)).update(bytes.subarray(700_000)).digest();
  const done: number[] = [];
  const digest = await digestRanges(
    path,
    [
      { offset: 0, length: 600_000 },
      { offset: 700_000, length: 1_300_000 },
    ],
    { onProgress: (now) => done.push(now) },
  );
  expect(Buffer.from(digest).equals(expected)).toBe(true);
  expect(done.at(-1)).toBe(1_900_000);
  await expect(digestRanges(path, [{ offset: 0, length: 2_000_001 }])).rejects.toMatchObject({ code: "limit" });
});
