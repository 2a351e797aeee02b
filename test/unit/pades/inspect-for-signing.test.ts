import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { inspectForSigning } from "../../../electron/pades/inspect-for-signing.ts";
import { openFileSource } from "../../../electron/pdf/file-source.ts";
import { memorySource } from "../../../electron/pdf/memory-source.ts";
import { openPdf } from "../../../electron/pdf/open-pdf.ts";
import { makePdf } from "../../interop/pades/made-pdfs.ts";
import type { MadePdf } from "../../interop/pades/made-pdfs.ts";
import { makeLocalSigner } from "./local-signer.ts";
import { sign, workspace } from "./prepare.ts";

const inspect = (options: MadePdf) => inspectForSigning(openPdf(memorySource(makePdf(options))));

describe("what the signer should know before signing", () => {
  test("an ordinary file has nothing to tell", () => {
    expect(inspect({})).toEqual({
      signatures: [],
      emptyFields: [],
      certification: null,
      refusal: null,
      repaired: false,
      warnings: [],
    });
  });

  test("empty signature fields are listed with their page, counted from 1", () => {
    const { emptyFields } = inspect({ form: "with-signature-field" });
    expect(emptyFields).toEqual([
      { name: "Approval", page: 1, visible: true, reasons: null, reasonRequired: false, certification: null },
    ]);
  });

  test("a hidden field is not called visible", () => {
    const { emptyFields } = inspect({ form: "with-signature-field", fieldEntries: "/F 2" });
    expect(emptyFields).toMatchObject([{ visible: false }]);
  });

  test("our own signature is listed by the signer's common name", async () => {
    const where = await workspace(makePdf());
    await sign(where, await makeLocalSigner("Anna Larsson 198507099805"));
    const file = openPdf(openFileSource(where.staged));
    expect(inspectForSigning(file).signatures).toEqual([{ field: "Signature1", signer: "Anna Larsson" }]);
    file.close();
  });

  test("a broken signature is listed without a name", () => {
    const options = { form: "with-signature-field", fieldEntries: "/V << /Type /Sig /Contents <00> >>" } as const;
    expect(inspect(options).signatures).toEqual([{ field: "Approval", signer: null }]);
  });
});

const corpus = join(import.meta.dirname, "../../../../shared/corpus");
const present = existsSync(corpus);

/** Facts from the corpus manifest: what the file is, not what we found in it. */
describe.skipIf(!present)(`corpus files${present ? "" : " (skipped: ../shared/corpus is absent)"}`, () => {
  const inspectCorpus = (path: string) => {
    const file = openPdf(openFileSource(join(corpus, path)));
    try {
      return inspectForSigning(file);
    } finally {
      file.close();
    }
  };

  test.each([
    ["attacks/lo__bad-cert-p1.pdf", 1],
    ["valid/dss__pkcs7-no-message-digest.pdf", 1],
    ["valid/dss__fieldmdp-include.pdf", 2],
    ["valid/dss__certified-changes-permitted.pdf", 3],
    ["valid/lo__good-pades.pdf", null],
  ])("%s is certified at level %s", (path, certification) => {
    const inspection = inspectCorpus(path);
    expect(inspection.certification).toBe(certification);
    expect(inspection.refusal?.code).toBe(certification === 1 ? "document.certified-no-changes" : undefined);
  });

  test("a file that needs a password is refused with its own reason", () => {
    expect(inspectCorpus("structure/pdfbox__sign_me_protected.pdf").refusal).toEqual({ code: "document.encrypted" });
  });

  test.each([
    ["structure/dss__restricted_fields.pdf", 4],
    ["structure/dss__edition_protected_signing_allowed_with_field.pdf", 1],
  ])("an encrypted file that opens without a password is looked into: %s", (path, empty) => {
    const inspection = inspectCorpus(path);
    // Their permissions allow filling in, not making new fields (the maker's own tests say the same).
    expect(inspection.refusal).toBeNull();
    expect(inspection.emptyFields).toHaveLength(empty);
  });

  test("twelve signatures are found", () => {
    expect(inspectCorpus("valid/mkl2__twelve-stamps-signed.pdf").signatures).toHaveLength(12);
  });

  test("an XFA form is noticed", () => {
    expect(inspectCorpus("structure/plc__with_xfa_fields.pdf").warnings).toContainEqual({ code: "xfa" });
  });
});
