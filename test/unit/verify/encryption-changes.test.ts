import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join, dirname } from "node:path";
import { describe, expect, test } from "vitest";
import { IncrementalUpdate } from "../../../electron/pdf/incremental-update.ts";
import { memorySource } from "../../../electron/pdf/memory-source.ts";
import { dict, isDict, isRef, name } from "../../../electron/pdf/objects.ts";
import type { PdfObject } from "../../../electron/pdf/objects.ts";
import { openPdf } from "../../../electron/pdf/open-pdf.ts";
import { serializeObject } from "../../../electron/pdf/serialize.ts";
import { verifyFile } from "../../../electron/verify/verify-file.ts";
import { makeLocalSigner } from "../pades/local-signer.ts";
import { sign, workspace } from "../pades/prepare.ts";
import { simplePdf, streamBody } from "../pdf/build-pdf.ts";
import { hasTool } from "../pdf/corpus-files.ts";
import { encryptWithQpdf, KINDS } from "../pdf/encryption/encrypted-files.ts";

const PLAIN = simplePdf(1, {
  objects: { 3: "<</Type/Page/Parent 2 0 R/Contents 8 0 R>>", 8: streamBody("0 0 m 1 1 l S") },
});

/** A signed document that opens without a password. */
async function signedDocument(title: string): Promise<string> {
  const where = await workspace(PLAIN);
  const source = join(dirname(where.source), "encrypted.pdf");
  encryptWithQpdf(
    where.source,
    source,
    KINDS.find((kind) => kind.title === title)!,
    { user: "", owner: "owner" },
  );
  await sign({ ...where, source }, await makeLocalSigner());
  return where.staged;
}

/** Appends a revision with another encryption dictionary. */
async function changeEncryption(path: string, changes: Readonly<Record<string, PdfObject>>): Promise<void> {
  const file = openPdf(memorySource(await readFile(path)));
  const reference = file.trailer.entries.get("Encrypt");
  const old = file.resolve(reference);
  if (!isRef(reference) || !isDict(old)) {
    throw new Error("qpdf writes the dictionary as an object");
  }
  const update = new IncrementalUpdate(file);
  update.setRaw(reference, [serializeObject(dict(new Map([...old.entries, ...Object.entries(changes)])))]);
  await appendFile(path, update.render().bytes);
}

const judge = (path: string) => verifyFile(path, { trustAnchors: [] });

describe.skipIf(!hasTool("qpdf"))("a signature in an encrypted document (skipped without qpdf)", () => {
  test("is intact as it was signed", async () => {
    const report = await judge(await signedDocument("AES-256"));
    expect(report.signatures).toMatchObject([{ intact: true, coverage: "whole-file", changesAfter: "none" }]);
  });

  test.each([
    ["the permissions", { P: -1 }],
    ["the filter of streams", { StmF: name("Identity") }],
    ["the filter of strings", { StrF: name("Identity") }],
    ["the encrypted copy of the permissions", { Perms: null }],
  ])("is broken when a later revision changes %s", async (_, changes) => {
    const path = await signedDocument("AES-256");
    await changeEncryption(path, changes);
    const report = await judge(path);
    expect(report.verdict).toBe("TOTAL-FAILED");
    expect(report.signatures).toMatchObject([{ intact: false, changesAfter: "forbidden" }]);
    expect(report.signatures[0]!.reasons.map(({ code }) => code)).toContain("changes.encryption");
  });

  test.each([
    ["/Encrypt ", "/Encrypx ", "TOTAL-FAILED"],
    // The key of older encryptions depends on it: without it nothing can be read, so nothing can be called good.
    ["/ID [<", "/ID [<00", "INDETERMINATE"],
  ])("is not called good when the trailer of a later revision changes %s", async (from, to, verdict) => {
    const path = await signedDocument("AES-128");
    const bytes = await readFile(path);
    const update = new IncrementalUpdate(openPdf(memorySource(bytes)));
    update.set(update.allocate(), 5);
    const appended = Buffer.from(update.render().bytes).toString("latin1");
    expect(appended).toContain(from);
    await writeFile(path, Buffer.concat([bytes, Buffer.from(appended.replace(from, to), "latin1")]));
    const report = await judge(path);
    expect(report.verdict).toBe(verdict);
    expect(report.signatures.every(({ intact }) => !intact)).toBe(true);
  });
});
