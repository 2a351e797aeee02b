import { expect, test } from "vitest";

import { renderJson } from "../../../electron/verify/render-json.ts";
import { renderText } from "../../../electron/verify/render-text.ts";
import { packageJson, packageText } from "../../../electron/verify/render-evidence.ts";
import type { EvidenceReport, FileReport } from "../../../shared/verification.ts";

const EVIDENCE: EvidenceReport = {
  signedText: "I sign",
  reasons: [{ offset: 12, message: "Page 3 was added.", code: "evidence.page-added" }],
  sealedBy: { intact: true, indication: "TOTAL-PASSED", signer: "Provbolaget AB", signature: 1 },
  changesAfter: "allowed",
  pagesNow: 3,
  document: { pages: 2, sha256: "ab12", size: 4711, name: "contract.pdf" },
  provenTime: "2026-11-20T12:00:00.000Z",
  person: { organisation: "Banken", personalNumber: "198001012384", name: "Anna\u001B[31m Andersson" },
  verdict: "passed",
  name: "bankid-evidence.json",
  kind: "bankid",
};
const report = (evidence: EvidenceReport, verdict: FileReport["verdict"]): FileReport => ({
  file: "a.pdf",
  verdict,
  reasons: [],
  signatures: [],
  evidence: [evidence],
});

test("who signed with BankID and who sealed stand in one sentence, each for what they did", () => {
  const text = renderText(report(EVIDENCE, "TOTAL-PASSED"));
  expect(text).toContain("a.pdf: TOTAL-PASSED, all signatures and the evidence about a person are valid");
  expect(text).toContain(
    "Signed with BankID (evidence) by Anna\uFFFD[31m Andersson at 2026-11-20T12:00:00.000Z, sealed by Provbolaget AB.",
  );
  expect(text).toContain('"contract.pdf", the first 4711 bytes, 2 of now 3 pages, SHA-256 ab12');
  expect(text).toContain("Page 3 was added. [evidence.page-added at byte 12]");
  expect(text).not.toContain("\u001B");
});

test.each([
  ["failed", "No person is proven to have signed."],
  ["undecided", "Whether a person signed is not certain."],
] as const)("evidence that %s makes the seal a proof of no person", (verdict, sentence) => {
  const text = renderText(report({ ...EVIDENCE, verdict }, "TOTAL-FAILED"));
  expect(text).toContain(`${sentence} Seal by Provbolaget AB; it proves nothing about a person.`);
  expect(text).toContain("person (claimed)");
  expect(text).not.toContain("Signed with BankID");
  expect(text).not.toContain("are valid");
});

test("evidence that nobody sealed says so", () => {
  const text = renderText(report({ ...EVIDENCE, sealedBy: null }, "INDETERMINATE"));
  expect(text).toContain("sealed by nobody.");
});

test("JSON has the evidence behind the fixed keys, its own keys in their order, and not the text", () => {
  const parsed = JSON.parse(renderJson(report(EVIDENCE, "TOTAL-PASSED"), { timeline: false })) as {
    readonly evidence: readonly object[];
  };
  expect(Object.keys(parsed)).toEqual(["file", "verdict", "reasons", "signatures", "evidence"]);
  expect(JSON.stringify(parsed.evidence[0])).toBe(
    '{"kind":"bankid","name":"bankid-evidence.json","verdict":"passed",' +
      '"person":{"name":"Anna\\u001b[31m Andersson","personalNumber":"198001012384","organisation":"Banken"},' +
      '"provenTime":"2026-11-20T12:00:00.000Z","document":{"name":"contract.pdf","size":4711,"sha256":"ab12","pages":2},' +
      '"pagesNow":3,"changesAfter":"allowed",' +
      '"sealedBy":{"signature":1,"signer":"Provbolaget AB","indication":"TOTAL-PASSED","intact":true},' +
      '"reasons":[{"code":"evidence.page-added","message":"Page 3 was added.","offset":12}]}',
  );
});

test("a package's report names both files", () => {
  const nothing = {
    ...EVIDENCE,
    verdict: "failed",
    person: null,
    document: null,
    changesAfter: null,
    sealedBy: null,
  } as const;
  expect(packageText("a.pdf", "a.zip", nothing)).toContain("a.pdf with a.zip: FAILED");
  expect(packageText("a.pdf", "a.zip", nothing)).toContain("no beginning of this file");
  expect(JSON.parse(packageJson("a.pdf", "a.zip", nothing))).toMatchObject({
    file: "a.pdf",
    package: "a.zip",
    evidence: { verdict: "failed", person: null, document: null, sealedBy: null },
  });
});
