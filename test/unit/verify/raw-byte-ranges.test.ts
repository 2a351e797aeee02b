import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openFileSource } from "../../../electron/pdf/file-source.ts";
import { rawByteRanges } from "../../../electron/verify/stray-signatures.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sealdesk-marks-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const MIB = 1024 * 1024;
const PART = MIB / 2;

async function marksIn(bytes: Buffer, from?: number): Promise<readonly number[]> {
  const path = join(folder, "file");
  await writeFile(path, bytes);
  const source = openFileSource(path);
  try {
    return await rawByteRanges(path, source, from === undefined ? {} : { from });
  } finally {
    source.close();
  }
}

test.each([
  ["small", MIB],
  ["large", 6 * MIB + 7],
])("every mark of a %s file is found once, wherever parts of it end", async (_size, length) => {
  const places = [0, PART - 10, PART - 9, PART - 1, PART, PART + 30, length - 10]
    .concat(length > 5 * MIB ? [4 * MIB - 5, 5 * MIB - 3] : [])
    .toSorted((a, b) => a - b)
    .filter((at, index, all) => index === 0 || at - (all[index - 1] ?? 0) >= 10);
  const bytes = Buffer.alloc(length, "/ByteRang ");
  for (const at of places) {
    bytes.write("/ByteRange", at, "latin1");
  }
  expect(await marksIn(bytes)).toEqual(places);
  expect(await marksIn(bytes, PART)).toEqual(places.filter((at) => at >= PART));
});

test("a file full of marks costs no more than the most that are looked at", async () => {
  expect(await marksIn(Buffer.alloc(6 * MIB, "/ByteRange"))).toHaveLength(1000);
});
