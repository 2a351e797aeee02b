import { describe, expect, test } from "vitest";
import { EVIDENCE_FILE_NAMES } from "../../../../../electron/evidence/bankid/evidence-file-names.ts";
import type { BankIdSigning } from "../../../../../electron/providers/provider.ts";
import { evidencePage } from "../../../../../electron/services/signing/evidence/evidence-page.ts";
import { packageName } from "../../../../../electron/services/signing/evidence/package-name.ts";
import { packageReadMe } from "../../../../../electron/services/signing/evidence/package-read-me.ts";

const entry = { name: "avtal.pdf", pages: 3, size: 1234, sha256: "0123456789abcdef".repeat(4) };
const signing = (name = "Anna Andersson", personalNumber: string | null = "198001012384"): BankIdSigning => ({
  kind: "bankid",
  evidence: { signature: "", ocspResponse: "" },
  visibleText: "",
  visibleFormat: null,
  hiddenData: "",
  report: {
    verdict: "passed",
    rules: [],
    problems: [],
    signer: { name, givenName: null, surname: null, personalNumber },
    signedAt: "2026-11-20T12:00:00.000Z",
    visibleText: null,
    visibleFormat: null,
    hiddenData: null,
    relyingParty: null,
    client: {},
    certificates: [],
  },
});
const page = (changes: Partial<Parameters<typeof evidencePage>[0]> = {}): string =>
  evidencePage({ signing: signing(), entry, documents: 1, organisation: "Provbolaget AB", practice: false, ...changes })
    .blocks.map(({ text }) => text)
    .join("\n");

describe("the evidence page", () => {
  test("says who, when, what, who sealed, and how to check", () => {
    const text = page();
    for (const words of [
      "Anna Andersson",
      "2026-11-20 12:00:00 UTC",
      "“avtal.pdf”",
      "3 pages, 1234 bytes",
      "0123 4567 89ab cdef\n0123 4567 89ab cdef\n0123 4567 89ab cdef\n0123 4567 89ab cdef",
      "Provbolaget AB",
      "sealdesk verify FILE",
      ...EVIDENCE_FILE_NAMES,
    ]) {
      expect(text).toContain(words);
    }
  });

  test("says that the person did not sign the PDF, and has no word of practice when it is none", () => {
    expect(page()).toContain("The person did not sign the PDF itself");
    expect(page()).not.toMatch(/practice|övning/iu);
    expect(page({ practice: true })).toMatch(/PRACTICE: not legally binding[^]*ÖVNING, inte juridiskt bindande/u);
  });

  test("hides the last four digits of the personal number, which pages carry far", () => {
    expect(page()).toContain("19800101-****");
    expect(page()).not.toContain("2384");
    expect(page({ signing: signing("Anna", null) })).not.toContain("Personal number");
  });

  test("tells of other documents under the same signature", () => {
    expect(page({ documents: 2 })).toContain("covers 1 other document");
    expect(page({ documents: 3 })).toContain("covers 2 other documents");
    expect(page()).not.toContain("other document");
  });

  test("lets no name begin a line, turn text round or hide", () => {
    const hostile = "Anna\n\u202EPRACTICE";
    const text = page({ signing: signing(hostile), organisation: hostile, entry: { ...entry, name: hostile } });
    expect(text).not.toMatch(/\u202E|^.?PRACTICE/mu);
    expect(packageReadMe(signing(hostile), { ...entry, name: hostile }, false)).not.toMatch(/\u202E|^.?PRACTICE/mu);
  });
});

describe("the package's READ-ME.txt", () => {
  const text = packageReadMe(signing(), entry, false);
  test("says in English and Swedish which document it is about and how to check", () => {
    const [english = "", swedish = ""] = text.split("-".repeat(64));
    for (const half of [english, swedish]) {
      for (const words of ["avtal.pdf", "1234 byte", entry.sha256, "Anna Andersson", "sealdesk evidence verify PA"]) {
        expect(half).toContain(words);
      }
    }
    expect(swedish).toContain("Det är ingen underskrift inne i PDF-filen");
  });

  test("has line ends that every editor knows, and says when it is practice", () => {
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/u);
    expect(text).not.toMatch(/practice|övning/iu);
    expect(packageReadMe(signing(), entry, true)).toMatch(/PRACTICE[^]*ÖVNING/u);
  });
});

describe("the package's name", () => {
  const item = { name: "avtal.pdf", outputFixed: false, outputPath: "/out/avtal-signed.pdf" };
  test.each([
    [item, [], "avtal-bankid.zip"],
    [item, ["avtal-bankid.zip"], "avtal-bankid-2.zip"],
    [item, ["avtal-bankid.zip", "avtal-bankid-2.zip"], "avtal-bankid-3.zip"],
    [{ ...item, name: "utan ändelse" }, [], "utan ändelse-bankid.zip"],
    [{ ...item, outputFixed: true, outputPath: "/out/result.pdf" }, [], "result-bankid.zip"],
    [{ ...item, outputFixed: true, outputPath: "/out/result-bankid.zip" }, [], "result-bankid.zip"],
  ])("%# is the document's, and free", (of, taken: readonly string[], expected) => {
    expect(packageName(of, (name) => taken.includes(name))).toBe(expected);
  });
});
