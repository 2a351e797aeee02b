import { randomUUID } from "node:crypto";
import { appendFile, copyFile, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { DocumentRegistry } from "../../../electron/services/documents/document-registry.ts";
import { hasTool } from "../../interop/pades/run-tool.ts";
import { makePdf } from "../../interop/pades/made-pdfs.ts";
import { encryptWithQpdf, KINDS } from "../pdf/encryption/encrypted-files.ts";

const PASSWORD = "s\u00E9cret \u2013 32";

let folder: string;
let registry: DocumentRegistry;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sealdesk-registry-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  registry = new DocumentRegistry(randomUUID, () => undefined);
});

const view = (id: string) => registry.views().find((one) => one.id === id);

async function opened(path: string) {
  const outcome = await registry.open(path);
  if (!outcome.ok) throw new Error(outcome.failure.code);
  return outcome.value;
}

async function encrypted(user: string, kind: string, further: readonly string[] = []): Promise<string> {
  const [plain, path] = [join(folder, "plain.pdf"), join(folder, "contract.pdf")];
  await writeFile(plain, makePdf());
  const found = KINDS.find(({ title }) => title === kind)!;
  encryptWithQpdf(plain, path, { ...found, options: [...found.options, ...further] }, { user, owner: "owner" });
  return path;
}

describe("reading ranges of an opened document", () => {
  test("gives the bytes asked for, and at the end those that are there", async () => {
    const path = join(folder, "a.pdf");
    const bytes = Buffer.from(makePdf());
    await writeFile(path, bytes);
    const id = await opened(path);
    const middle = await registry.readRange(id, 10, 30);
    const end = await registry.readRange(id, bytes.length - 5, bytes.length + 100);
    expect(middle.ok && Buffer.compare(middle.value, bytes.subarray(10, 30))).toBe(0);
    expect(end.ok && Buffer.compare(end.value, bytes.subarray(-5))).toBe(0);
  });

  test.each<[string, (path: string) => Promise<unknown>, string]>([
    ["grew", (path) => appendFile(path, "more"), "document.changed-on-disk"],
    [
      "was replaced by an equal one",
      async (path) => {
        await copyFile(path, `${path}.new`);
        await rename(`${path}.new`, path);
      },
      "document.changed-on-disk",
    ],
    ["is gone", (path) => rm(path), "document.not-found"],
  ])("is refused when the file %s", async (_what, change, code) => {
    const path = join(folder, "a.pdf");
    await writeFile(path, makePdf());
    const id = await opened(path);
    await change(path);
    expect(await registry.readRange(id, 0, 10)).toMatchObject({ ok: false, failure: { code } });
  });
});

describe.skipIf(!hasTool("qpdf"))("an encrypted document (skipped without qpdf)", () => {
  test.each(["RC4 of 128 bits", "AES-128", "AES-256"])(
    "of kind %s is locked until its password is given",
    async (kind) => {
      // RC4 and AES-128 passwords are in PDFDocEncoding, which has no dash of this kind in Latin-1.
      const password = kind === "AES-256" ? PASSWORD : "secret 32";
      const id = await opened(await encrypted(password, kind));
      expect(view(id)).toMatchObject({ pages: 0, inspection: { refusal: { code: "document.encrypted" } } });
      expect(registry.isLocked(id)).toBe(true);

      const wrong = await registry.unlock(id, "wrong", []);
      expect(wrong).toEqual({
        ok: false,
        failure: { code: "document.wrong-password", params: { name: "contract.pdf" } },
      });
      expect(registry.isLocked(id)).toBe(true);

      expect(await registry.unlock(id, password, [])).toEqual({ ok: true, value: null });
      expect(view(id)).toMatchObject({ pages: 1, inspection: { refusal: null } });
      expect(registry.password(join(folder, "contract.pdf"))).toBe(password);
    },
  );

  test("does not lock again when a wrong password is typed for it later", async () => {
    const id = await opened(await encrypted(PASSWORD, "AES-256"));
    await registry.unlock(id, PASSWORD, []);
    expect(await registry.unlock(id, "wrong", [])).toMatchObject({ failure: { code: "document.wrong-password" } });
    expect(registry.isLocked(id)).toBe(false);
    expect(registry.password(join(folder, "contract.pdf"))).toBe(PASSWORD);
  });

  test("is in nothing that can be listed or printed, and is forgotten when the document is closed", async () => {
    const path = await encrypted(PASSWORD, "AES-256");
    const id = await opened(path);
    await registry.unlock(id, PASSWORD, []);
    const printed = [
      JSON.stringify(registry),
      JSON.stringify(registry.views()),
      JSON.stringify(registry.get(id)),
      inspect(registry, { depth: 10, showHidden: true }),
    ].join("\n");
    expect(printed).toContain("contract.pdf");
    expect(printed).not.toContain(PASSWORD);
    registry.close([id]);
    expect(registry.password(path)).toBeUndefined();
    expect(registry.isLocked(await opened(path))).toBe(true);
  });

  test("shares its password with the copy that was signed from it", async () => {
    const path = await encrypted(PASSWORD, "AES-256");
    const id = await opened(path);
    await registry.unlock(id, PASSWORD, []);
    const copy = join(folder, "contract-signed.pdf");
    await copyFile(path, copy);
    const result = await registry.open(copy, id);
    expect(result.ok && registry.isLocked(result.value)).toBe(false);
  });

  test("that its author closed to signing opens with the owner's password, not with another", async () => {
    const id = await opened(await encrypted("", "AES-256", ["--modify=none"]));
    expect(view(id)?.inspection.refusal).toMatchObject({ code: "document.signing-not-permitted" });
    expect(await registry.unlock(id, "wrong", [])).toMatchObject({ failure: { code: "document.wrong-password" } });
    expect(await registry.unlock(id, "owner", [])).toMatchObject({ ok: true });
    expect(view(id)?.inspection.refusal).toBeNull();
  });

  test("whose original is gone is opened by the copy that a run has made of it", async () => {
    const path = await encrypted(PASSWORD, "AES-256");
    const copy = join(folder, ".sealdesk-1.part");
    await rename(path, copy);
    const id = registry.placeholder("contract.pdf", path);
    expect(await registry.unlock(id, "wrong", [copy])).toMatchObject({ failure: { code: "document.wrong-password" } });
    expect(registry.password(path)).toBeUndefined();
    expect(await registry.unlock(id, PASSWORD, [copy])).toMatchObject({ ok: true });
    expect(registry.password(path)).toBe(PASSWORD);
    expect(await registry.unlock(registry.placeholder("b.pdf", join(folder, "b.pdf")), "x", [])).toMatchObject({
      failure: { code: "document.not-found" },
    });
  });
});
