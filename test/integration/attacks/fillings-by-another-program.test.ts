import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getDocument, VerbosityLevel } from "pdfjs-dist/legacy/build/pdf.mjs";
import { afterAll, describe, expect, test } from "vitest";

import { verifyFile } from "../../../electron/verify/verify-file.ts";
import type { FileReport } from "../../../shared/verification.ts";
import { baseDocument, BODIES, OBJECT } from "../../attacks/base-documents.ts";
import { bytesOfText, type RawDocument, swap } from "../../attacks/raw-document.ts";
import { CHECKED_AT } from "../../attacks/judge-attack.ts";
import { signRaw } from "../../attacks/sign-raw.ts";
import { makePki } from "../../attacks/test-authority.ts";

/** Forms that pdf.js fills in and saves by itself: neither our writer nor one of this test's own. */
const pki = await makePki();
const folder = mkdtempSync(join(tmpdir(), "sealdesk-filled-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Annotation {
  readonly id: string;
  readonly fieldName?: string;
}

async function fillAndJudge(
  document: RawDocument,
  values: Readonly<Record<string, string | boolean>>,
): Promise<FileReport> {
  const pdf = await getDocument({ data: bytesOfText(document.text), verbosity: VerbosityLevel.ERRORS }).promise;
  const page = await pdf.getPage(1);
  const annotations = (await page.getAnnotations()) as readonly Annotation[];
  for (const { id, fieldName } of annotations) {
    const value = values[fieldName ?? ""];
    if (value !== undefined) {
      pdf.annotationStorage.setValue(id, { value });
    }
  }
  const bytes = await pdf.saveDocument();
  await pdf.loadingTask.destroy();
  const path = join(folder, "filled.pdf");
  writeFileSync(path, bytes);
  return verifyFile(path, { trustAnchors: [pki.rootCertificate], at: CHECKED_AT });
}

const EMPTY_TEXT = swap(swap(BODIES[OBJECT.textField] ?? "", "/V (100)", ""), "/AP << /N 19 0 R >>", "");
const withFlags = (flags: number, more = ""): string => swap(EMPTY_TEXT, "<<", `<< /Ff ${flags} ${more}`);
const certified = (changes: Readonly<Record<number, string>> = {}): RawDocument =>
  signRaw(baseDocument(changes), pki.person, { certify: 2 });
const approved = (changes: Readonly<Record<number, string>> = {}): RawDocument =>
  signRaw(baseDocument(changes), pki.person);

const codesOf = ({ signatures }: FileReport): readonly string[] =>
  signatures.flatMap(({ reasons }) => reasons.map(({ code }) => code));

describe("what pdf.js fills in stays intact", () => {
  test.each([
    ["every field of a certified form", certified(), { Total: "2 500", Agree: true, Choice: "Two" }],
    ["a text in an empty field that nobody forbids", approved({ 8: EMPTY_TEXT }), { Total: "Ada Berg" }],
    ["a box that nobody forbids", approved(), { Agree: true }],
    [
      "several lines",
      certified({
        8: swap(withFlags(4096), "[10 10 90 30]", "[10 10 90 60]"),
        10: BODIES[30] ?? "",
        11: BODIES[30] ?? "",
        3: swap(BODIES[3] ?? "", "10 0 R 11 0 R ", ""),
        7: swap(BODIES[7] ?? "", "10 0 R 11 0 R ", ""),
      }),
      { Total: "Main Street 1\nSpringfield" },
    ],
    ["a comb", certified({ 8: withFlags(1 << 24, "/MaxLen 6") }), { Total: "250" }],
    ["a number", certified({ 8: swap(EMPTY_TEXT, "<<", "<< /Q 2") }), { Total: "-1,234.50" }],
  ] as const)("%s", async (_, document, values) => {
    const report = await fillAndJudge(document, values);
    expect(report.signatures.map(({ reasons, intact }) => (intact ? "intact" : reasons))).toEqual(["intact"]);
    expect(report.verdict).toBe("TOTAL-PASSED");
    expect(codesOf(report)).toContain("changes.form-filled");
  });
});

describe("what pdf.js fills in against the signatures is refused", () => {
  test.each([
    [
      "after a certification that permits nothing",
      signRaw(baseDocument(), pki.person, { certify: 1 }),
      "changes.not-permitted",
    ],
    ["in place of a value that the signer saw", approved(), "changes.value-replaced"],
    [
      "in a locked field",
      signRaw(baseDocument(), pki.person, { fieldEntries: "/Lock << /Type /SigFieldLock /Action /All >>" }),
      "changes.not-permitted",
    ],
  ] as const)("%s", async (_, document, code) => {
    const report = await fillAndJudge(document, { Total: "999" });
    expect(report.signatures.map(({ intact }) => intact)).toEqual([false]);
    expect(codesOf(report)).toContain(code);
  });
});
