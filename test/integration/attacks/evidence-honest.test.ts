import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

import { verifyFile } from "../../../electron/verify/verify-file.ts";
import type { FileReport } from "../../../shared/verification.ts";
import { baseDocument, OBJECT } from "../../attacks/base-documents.ts";
import { attach, EVIDENCE_CHECKED_AT, filesOf, makeEvidencePki, textsAbout } from "../../attacks/evidence-documents.ts";
import { bytesOfText, type RawDocument, stream } from "../../attacks/raw-document.ts";
import { PART, signRaw } from "../../attacks/sign-raw.ts";
import { makeTimestamp } from "../../attacks/test-cms.ts";

const { pki, people } = await makeEvidencePki();
const folder = mkdtempSync(join(tmpdir(), "sealdesk-evidence-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const judge = (document: RawDocument): Promise<FileReport> => {
  const path = join(folder, "file.pdf");
  writeFileSync(path, bytesOfText(document.text));
  return verifyFile(path, {
    trustAnchors: [pki.rootCertificate],
    bankIdRoots: [people.root.certificate],
    at: EVIDENCE_CHECKED_AT,
  });
};

const evidenceFor = (document: RawDocument): Map<string, Uint8Array> => filesOf(people, textsAbout([document.text]));
const original = baseDocument();
const attached = (document = original, page?: string): RawDocument =>
  attach(document, evidenceFor(document), page === undefined ? {} : { page });
const sealed = (document: RawDocument): RawDocument => signRaw(document, pki.other, { field: "Seal" });
const stamped = (document: RawDocument): RawDocument =>
  signRaw(document, pki.stampAuthority, {
    field: "Stamp1",
    type: "DocTimeStamp",
    subFilter: "ETSI.RFC3161",
    value: (imprint) => makeTimestamp(imprint, pki.stampAuthority, "2026-11-21T00:00:00Z"),
  });

describe("evidence under a seal proves who signed", () => {
  test.each([
    ["with a table", () => sealed(attached())],
    ["with a page about it", () => sealed(attached(original, "Anna Andersson signed"))],
    ["of a document with cross-reference streams", () => sealed(attached(baseDocument({}, { style: "packed" })))],
    [
      "added with object streams",
      () => sealed(attach(original, evidenceFor(original), { revision: { style: "packed" }, page: "Anna" })),
    ],
    ["with a timestamp over everything", () => stamped(sealed(attached(original, "Anna")))],
    [
      "with a visible seal on the page about it",
      () => {
        const document = attached(original, "Anna");
        return signRaw(document, pki.other, { field: "Seal", page: document.size - 3, rectangle: "20 20 100 40" });
      },
    ],
    [
      "in a field that the document had for it",
      () =>
        signRaw(attached(), pki.other, {
          existing: OBJECT.emptySignature,
          appearance: stream("0 0 80 20 re S", "/Type /XObject /Subtype /Form /BBox [0 0 80 20]"),
        }),
    ],
    [
      "of a document without its last line end",
      () => {
        const cut = { ...original, text: original.text.slice(0, -1) };
        return sealed(attach({ ...cut, text: `${cut.text}\n` }, evidenceFor(cut)));
      },
    ],
    [
      "of a document with words behind its end",
      () => {
        const longer = { ...original, text: `${original.text}<!-- sent by a web server -->\n` };
        return sealed(attached(longer));
      },
    ],
    ["of a document that had been signed before", () => sealed(attached(signRaw(original, pki.person)))],
    [
      "with an update of the document's information",
      () =>
        sealed(
          attach(original, evidenceFor(original), {
            objects: () => ({ [PART.info]: "<< /Title (Contract) /ModDate (D:20261120120500Z) >>" }),
          }),
        ),
    ],
  ])("%s", async (_, build) => {
    const report = await judge(build());
    expect(report.evidence).toMatchObject([
      {
        kind: "bankid",
        name: "bankid-evidence.json",
        verdict: "passed",
        person: { name: "Anna Andersson", personalNumber: "198001012384", organisation: null },
        provenTime: "2026-11-20T12:00:00.000Z",
        sealedBy: { signer: "Bob", intact: true, indication: "TOTAL-PASSED" },
        changesAfter: "allowed",
      },
    ]);
  });
});

test("a sealed file with good evidence passes as a whole", async () => {
  const report = await judge(sealed(attached(original, "Anna")));
  expect(report).toMatchObject({ verdict: "TOTAL-PASSED", reasons: [] });
  expect(report.evidence?.[0]).toMatchObject({
    document: { name: "contract.pdf", size: original.text.length, pages: 2 },
    pagesNow: 3,
    reasons: [{ code: "evidence.page-added", message: "Page 3 was added afterwards and not signed by the person." }],
  });
  expect(report.timeline?.map(({ events }) => events[0]?.code)).toEqual([
    "timeline.created",
    "timeline.evidence",
    "timeline.signed",
  ]);
});

test("two people's evidence under one seal is told of each, tied to what each of them signed", async () => {
  const first = attached(original, "Anna");
  const rename = (name: string): string => name.replace(".", "-2.");
  const second = attach(first, filesOf(people, textsAbout([first.text], { pages: 3 })), { page: "Beata", rename });
  const report = await judge(sealed(second));
  expect(report.verdict).toBe("TOTAL-PASSED");
  expect(report.evidence?.map(({ name, verdict, document }) => [name, verdict, document?.size])).toEqual([
    ["bankid-evidence.json", "passed", original.text.length],
    ["bankid-evidence-2.json", "passed", first.text.length],
  ]);
});

test("a second person's evidence over a seal is told, and breaks the seal that it follows", async () => {
  const first = sealed(attached(original, "Anna"));
  const rename = (name: string): string => name.replace(".", "-2.");
  const files = filesOf(people, textsAbout([first.text], { pages: 3 }));
  const report = await judge(signRaw(attach(first, files, { rename }), pki.person, { field: "Seal2" }));
  expect(report.evidence?.map(({ verdict, sealedBy }) => [verdict, sealedBy?.signature])).toEqual([
    ["passed", 2],
    ["passed", 2],
  ]);
  expect(report.signatures.map(({ indication }) => indication)).toEqual(["TOTAL-FAILED", "TOTAL-PASSED"]);
  expect(report.verdict).toBe("TOTAL-FAILED");
});

test("evidence without a seal proves the person, and the file is not certain", async () => {
  const report = await judge(attached());
  expect(report).toMatchObject({
    verdict: "INDETERMINATE",
    signatures: [],
    evidence: [{ verdict: "passed", sealedBy: null }],
    reasons: [{ code: "evidence.not-sealed" }],
  });
});

test("without a BankID root nobody vouches for the person", async () => {
  const path = join(folder, "no-root.pdf");
  writeFileSync(path, bytesOfText(sealed(attached()).text));
  const report = await verifyFile(path, { trustAnchors: [pki.rootCertificate], at: EVIDENCE_CHECKED_AT });
  expect(report).toMatchObject({
    verdict: "INDETERMINATE",
    signatures: [{ indication: "TOTAL-PASSED" }],
    evidence: [{ verdict: "undecided", reasons: [{ code: "bankid.root" }] }],
  });
});

test("a document with other attachments carries no evidence", async () => {
  const report = await judge(signRaw(original, pki.person));
  expect(report).not.toHaveProperty("evidence");
});
