import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { link, rename } from "node:fs/promises";
import { deliverFile } from "../../../electron/services/documents/deliver-file.ts";
import type { DeliveryFiles } from "../../../electron/services/documents/deliver-file.ts";

describe("delivering a file", () => {
  let folder: string;
  const deliver = (name: string, files?: DeliveryFiles, original = "no-original.pdf") =>
    deliverFile(join(folder, "staged.part"), join(folder, name), join(folder, original), files);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sealdesk-deliver-"));
    writeFileSync(join(folder, "staged.part"), "signed", { mode: 0o600 });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test("gives the staged file its name and leaves nothing else behind", async () => {
    expect(await deliver("out.pdf")).toEqual({ ok: true, value: null });
    expect(readdirSync(folder)).toEqual(["out.pdf"]);
    expect(readFileSync(join(folder, "out.pdf"), "utf8")).toBe("signed");
  });

  test("never replaces a file: the name is taken, both files stay", async () => {
    writeFileSync(join(folder, "out.pdf"), "somebody else's");
    const outcome = await deliver("out.pdf");
    expect(outcome).toMatchObject({ ok: false, failure: { code: "output.name-taken", params: { name: "out.pdf" } } });
    expect(readFileSync(join(folder, "out.pdf"), "utf8")).toBe("somebody else's");
    expect(readFileSync(join(folder, "staged.part"), "utf8")).toBe("signed");
  });

  test("says that the folder is gone", async () => {
    const outcome = await deliver(join("missing", "out.pdf"));
    expect(outcome).toMatchObject({ ok: false, failure: { code: "output.folder-missing" } });
  });

  test.skipIf(process.platform === "win32").each([
    [0o640, 0o640],
    [0o444, 0o644],
    [0o755, 0o644],
    [0o600, 0o600],
  ])("lets those read it who may read an original with permissions %o", async (original, expected) => {
    writeFileSync(join(folder, "original.pdf"), "x");
    chmodSync(join(folder, "original.pdf"), original);
    await deliver("out.pdf", undefined, "original.pdf");
    expect(statSync(join(folder, "out.pdf")).mode & 0o777).toBe(expected);
  });

  test("stays its owner's alone when the original is gone", async () => {
    await deliver("out.pdf");
    expect(statSync(join(folder, "out.pdf")).mode & 0o777).toBe(process.platform === "win32" ? 0o666 : 0o600);
  });

  const systemError = (code: string): Error => Object.assign(new Error(code), { code, syscall: "link" });
  const noLinks: DeliveryFiles = { link: () => Promise.reject(systemError("EPERM")), rename };

  test("works where there are no hard links, and does not replace anything there either", async () => {
    writeFileSync(join(folder, "taken.pdf"), "somebody else's");
    expect(await deliver("taken.pdf", noLinks)).toMatchObject({ ok: false, failure: { code: "output.name-taken" } });
    expect(readFileSync(join(folder, "taken.pdf"), "utf8")).toBe("somebody else's");
    expect(await deliver("out.pdf", noLinks)).toEqual({ ok: true, value: null });
    expect(readdirSync(folder)).toEqual(["out.pdf", "taken.pdf"]);
    expect(readFileSync(join(folder, "out.pdf"), "utf8")).toBe("signed");
  });

  test("takes the reserved name back when there is no room to rename", async () => {
    const full: DeliveryFiles = { ...noLinks, rename: () => Promise.reject(systemError("ENOSPC")) };
    expect(await deliver("out.pdf", full)).toMatchObject({ ok: false, failure: { code: "output.disk-full" } });
    expect(readdirSync(folder)).toEqual(["staged.part"]);
  });

  test("does not write through a link that leads nowhere", async () => {
    symlinkSync(join(folder, "nowhere"), join(folder, "out.pdf"));
    const files: DeliveryFiles = { link, rename };
    expect(await deliver("out.pdf", files)).toMatchObject({ ok: false, failure: { code: "output.name-taken" } });
  });
});
