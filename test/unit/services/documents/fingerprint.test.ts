import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readFingerprint, readUnchanged } from "../../../../electron/services/documents/fingerprint.ts";

describe("what is no ordinary file", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "sealdesk-fingerprint-"));
    mkdirSync(join(folder, "folder.pdf"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const code = async (path: string) => {
    const outcome = await readFingerprint(path);
    return outcome.ok ? "read" : outcome.failure.code;
  };

  test.skipIf(process.platform === "win32")("is refused at once, also a pipe that nobody writes to", async () => {
    const pipe = join(folder, "pipe.pdf");
    execFileSync("mkfifo", [pipe]);
    symlinkSync(pipe, join(folder, "link.pdf"));
    // As many as Node has threads for files, and more: none of them may be left waiting.
    const paths = Array.from({ length: 12 }, (_, index) => join(folder, index % 2 === 0 ? "pipe.pdf" : "link.pdf"));
    expect(new Set(await Promise.all(paths.map(code)))).toEqual(new Set(["document.not-readable"]));
    const nothing = { size: 1, modifiedNanoseconds: "0", inode: "0" };
    expect(await readUnchanged(pipe, nothing, 0, 1)).toMatchObject({ failure: { code: "document.not-readable" } });
    expect(await code("/dev/zero")).toBe("document.not-readable");
  });

  test("is refused: a folder, a name that no system takes, and one that is not there", async () => {
    expect(await code(join(folder, "folder.pdf"))).toBe("document.not-readable");
    expect(await code(join(folder, "a\0.pdf"))).toBe("document.not-readable");
    expect(await code(join(folder, "none.pdf"))).toBe("document.not-found");
    expect(await code("")).toBe("document.not-found");
  });

  test("is not an ordinary file's trouble", async () => {
    writeFileSync(join(folder, "a.pdf"), "1234");
    expect(await readFingerprint(join(folder, "a.pdf"))).toMatchObject({ ok: true, value: { size: 4 } });
  });
});
