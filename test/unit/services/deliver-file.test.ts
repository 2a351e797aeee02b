import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { deliverFile } from "../../../electron/services/documents/deliver-file.ts";

describe("delivering a file", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sealdesk-deliver-"));
    writeFileSync(join(folder, "staged.part"), "signed");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test("gives the staged file its name and leaves nothing else behind", async () => {
    expect(await deliverFile(join(folder, "staged.part"), join(folder, "out.pdf"))).toEqual({ ok: true, value: null });
    expect(readdirSync(folder)).toEqual(["out.pdf"]);
    expect(readFileSync(join(folder, "out.pdf"), "utf8")).toBe("signed");
  });

  test("never replaces a file: the name is taken, both files stay", async () => {
    writeFileSync(join(folder, "out.pdf"), "somebody else's");
    const outcome = await deliverFile(join(folder, "staged.part"), join(folder, "out.pdf"));
    expect(outcome).toMatchObject({ ok: false, failure: { code: "output.name-taken", params: { name: "out.pdf" } } });
    expect(readFileSync(join(folder, "out.pdf"), "utf8")).toBe("somebody else's");
    expect(readFileSync(join(folder, "staged.part"), "utf8")).toBe("signed");
  });

  test("says that the folder is gone", async () => {
    const outcome = await deliverFile(join(folder, "staged.part"), join(folder, "missing", "out.pdf"));
    expect(outcome).toMatchObject({ ok: false, failure: { code: "output.folder-missing" } });
  });
});
