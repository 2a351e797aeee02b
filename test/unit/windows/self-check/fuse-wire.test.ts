import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FUSES, fuseFile, readFuseWires } from "../../../../electron/windows/self-check/fuse-wire.ts";

/** As @electron/fuses and Electron's documentation "Electron Fuses" have them. */
const SENTINEL = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";
const CHUNK = 4 * 1024 * 1024;

/** A wire behind its sentinel: version, length, one byte for each fuse. */
function wire(states: string, version = 1, length = states.length): Buffer {
  return Buffer.concat([Buffer.from(SENTINEL), Buffer.from([version, length]), Buffer.from(states, "latin1")]);
}

describe("the fuses of an executable", () => {
  let folder = "";
  let files = 0;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "sealdesk-fuses-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const read = (...parts: readonly Uint8Array[]) => {
    const path = join(folder, `electron-${(files += 1)}`);
    writeFileSync(path, Buffer.concat(parts));
    return readFuseWires(path);
  };
  const filler = (length: number) => Buffer.alloc(length, 0xcc);

  test("are read in order, each state as its own", async () => {
    const [only, ...more] = (await read(filler(1_000), wire("01r\x9001010"), filler(1_000))) ?? [];
    expect(more).toEqual([]);
    expect(only).toEqual(["off", "on", "removed", "unknown", "off", "on", "off", "on", "off"]);
    expect(FUSES).toHaveLength(9);
    expect(FUSES[0]).toBe("RunAsNode");
  });

  test.each([CHUNK - 1, CHUNK - 16, CHUNK - 31, CHUNK - 32, CHUNK, 2 * CHUNK - 5])(
    "are found where pieces of the file meet (sentinel at %i)",
    async (at) => {
      expect(await read(filler(at), wire("010"), filler(100))).toEqual([["off", "on", "off"]]);
    },
  );

  test("of a universal program are two wires", async () => {
    expect(await read(filler(500), wire("10"), filler(CHUNK), wire("00"))).toEqual([
      ["on", "off"],
      ["off", "off"],
    ]);
  });

  test("at the very end of a file are read to their end", async () => {
    expect(await read(wire("0".repeat(255)))).toEqual([Array.from({ length: 255 }, () => "off")]);
  });

  test.each([
    ["no sentinel", [filler(2_000)]],
    ["an empty file", []],
    ["a version that nobody knows", [wire("0101", 2)]],
    ["a length of nothing", [wire("", 1, 0)]],
    ["a wire that is cut off", [wire("01", 1, 9)]],
    ["a sentinel at the very end", [Buffer.from(SENTINEL)]],
    ["one good wire and one that is cut off", [wire("000"), filler(50), wire("0", 1, 40)]],
  ] as const)("are not read from %s", async (_what, parts) => {
    expect(await read(...parts)).toBeNull();
  });

  test("are not read from a file that is not there, nor from a folder", async () => {
    expect(await readFuseWires(join(folder, "none"))).toBeNull();
    expect(await readFuseWires(folder)).toBeNull();
  });

  test("lie in the framework on macOS, and in the executable elsewhere", () => {
    expect(fuseFile("/Applications/Sealdesk.app/Contents/MacOS/Sealdesk", "darwin")).toBe(
      "/Applications/Sealdesk.app/Contents/Frameworks/Electron Framework.framework/Electron Framework",
    );
    expect(fuseFile("/opt/Sealdesk/sealdesk", "linux")).toBe("/opt/Sealdesk/sealdesk");
  });
});
