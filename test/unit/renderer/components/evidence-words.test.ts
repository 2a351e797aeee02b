import { describe, expect, test } from "vitest";
import {
  evidenceLook,
  evidenceTitle,
  isSeal,
  pagesText,
  sealedByText,
} from "../../../../renderer/components/signatures-panel/evidence-words.ts";
import { signatureBanner } from "../../../../renderer/components/viewer/signature-banner.ts";
import { documentView, evidenceReport } from "../../../harness/renderer/scenarios.ts";
import { sealedReport } from "../../../harness/renderer/signature-screens.ts";

const document = documentView(1, 10);
const bannerOf = (change: Parameters<typeof sealedReport>[0]) => signatureBanner(document, sealedReport(change));

describe("over the pages", () => {
  test("the person is said to have signed with BankID, and the organisation to have sealed", () => {
    expect(bannerOf({})).toEqual({
      tone: "good",
      sentences: ["Signed with BankID by Anna Åström. Sealed by Provbolaget AB."],
    });
  });

  test.each([
    ["failed", "bad"],
    ["undecided", "warn"],
  ] as const)("evidence that %s names nobody as signer, though the seal is valid", (verdict, tone) => {
    const banner = bannerOf({ verdict });
    expect(banner?.tone).toBe(tone);
    expect(banner?.sentences.join(" ")).not.toMatch(/Anna|Provbolaget|Signed by/u);
  });

  test("good evidence under a seal that does not hold is no valid file", () => {
    const report = { ...sealedReport(), verdict: "TOTAL-FAILED" } as const;
    expect(signatureBanner(document, report)).toMatchObject({ tone: "bad" });
  });
});

test("a name stands in the title only when it is proven", () => {
  expect(evidenceTitle(evidenceReport())).toBe("Signed with BankID by Anna Åström");
  expect(evidenceTitle(evidenceReport({ verdict: "failed" }))).not.toContain("Anna");
  expect(evidenceTitle(evidenceReport({ verdict: "undecided" }))).not.toContain("Anna");
});

test("only evidence that passed looks like something valid", () => {
  expect(evidenceLook("passed").tone).toBe("good");
  expect(evidenceLook("undecided").tone).toBe("warn");
  expect(evidenceLook("failed").tone).toBe("bad");
});

test("pages that were added are told apart from those that were signed", () => {
  expect(pagesText(evidenceReport())).toBe("Pages 1 to 3 of 4; what follows was added afterwards");
  expect(pagesText(evidenceReport({ pagesNow: 3 }))).toBe("All 3 pages");
  expect(pagesText(evidenceReport({ pagesNow: null }))).toBe("Unknown");
});

test("a seal that does not hold is not named without saying so", () => {
  const broken = { signature: 2, signer: null, indication: "TOTAL-FAILED", intact: false } as const;
  expect(sealedByText(evidenceReport())).toBe("Provbolaget AB (signature 1)");
  expect(sealedByText(evidenceReport({ sealedBy: broken }))).toMatch(/signature 2, which does not hold/u);
  expect(sealedByText(evidenceReport({ sealedBy: null }))).toBe("Nobody");
});

test("the signature over evidence is a seal, the others are not", () => {
  expect([1, 2].map((number) => isSeal(sealedReport(), number))).toEqual([true, false]);
});
