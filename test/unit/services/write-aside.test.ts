import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { writeAside } from "../../../electron/services/documents/write-aside.ts";

describe("a file that is written aside", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "sealdesk-aside-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test("replaces what was there only when it is whole", async () => {
    const path = join(folder, "trail.jsonl");
    await writeFile(path, "the earlier one");
    function* spoilt(): Generator<string> {
      yield "x".repeat(300_000);
      throw Object.assign(new Error("disk I/O error"), { code: "EIO", syscall: "read" });
    }
    expect(await writeAside(path, spoilt())).toMatchObject({ ok: false, failure: { code: "output.not-writable" } });
    expect(await readFile(path, "utf8")).toBe("the earlier one");
    expect(await readdir(folder)).toEqual(["trail.jsonl"]);
    expect(await writeAside(path, ["one", "two"])).toEqual({ ok: true, value: null });
    expect(await readFile(path, "utf8")).toBe("one\ntwo\n");
    // Windows has no such bits; there the person's folder protects it.
    expect(process.platform === "win32" ? 0 : (await stat(path)).mode & 0o077).toBe(0);
  });

  test("is not written through a link that somebody has put in its way", async () => {
    const path = join(folder, "trail.jsonl");
    const victim = join(folder, "victim");
    await writeFile(victim, "mine");
    await symlink(victim, `${path}.${process.pid}.part`);
    await symlink(victim, path);
    expect(await writeAside(path, ["one"])).toEqual({ ok: true, value: null });
    expect(await readFile(victim, "utf8")).toBe("mine");
    expect(await readFile(path, "utf8")).toBe("one\n");
  });

  test("says that the folder is gone", async () => {
    expect(await writeAside(join(folder, "gone", "trail.jsonl"), ["one"])).toMatchObject({
      ok: false,
      failure: { code: "output.folder-missing", params: { name: "trail.jsonl" } },
    });
  });
});
